using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PushHost.Providers;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Checks what a caller says about a device. Empty texts count as absent, since clients send them for fields they leave blank.</summary>
internal static class DeviceRules
{
    public const string DefaultKind = "alert";
    public const int MaxTags = 100;
    private const int MaxText = 255;
    private const int MaxJsonBytes = 4096;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks a device that names its provider and token; null, with faults, when it is refused.</summary>
    public static CheckedDevice? Whole(DeviceMembers members, PushProviders providers, long now, Validation validation)
    {
        var faultsBefore = validation.Errors.Count;
        var provider = providers.Named(members.Provider, "provider", validation);
        var values = Check(members, provider, now, validation);
        var token = Token(provider, members.RegistrationId, values.Kind ?? DefaultKind, values.ProviderData, validation);
        return validation.Errors.Count == faultsBefore ? new CheckedDevice(provider!.Name, token!, values) : null;
    }

    /// <summary>Checks every member but provider and token, and adds what is wrong to <paramref name="validation"/>.</summary>
    /// <param name="members">What the caller said.</param>
    /// <param name="provider">The provider, for its environments; null when it is itself at fault.</param>
    /// <param name="now">Unix milliseconds: nobody was seen later than now.</param>
    /// <param name="validation">Takes the faults.</param>
    public static DeviceValues Check(DeviceMembers members, IPushProviderFactory? provider, long now, Validation validation) => new()
    {
        Kind = Kind(members.Kind, validation),
        DeviceId = Text("deviceId", members.DeviceId, MaxText, validation),
        Name = Text("name", members.Name, MaxText, validation),
        UserId = Text("userId", members.UserId, MaxText, validation),
        IsActive = members.IsActive,
        Tags = Tags(members.Tags, validation),
        Locale = Locale(members.Locale, validation),
        TimeZone = TimeZone(members.TimeZone, validation),
        Environment = Environment(members.Environment, provider, validation),
        BundleId = Text("bundleId", members.BundleId, MaxText, validation),
        AppVersion = Text("appVersion", members.AppVersion, 64, validation),
        Attributes = JsonText("attributes", members.Attributes, validation),
        ProviderData = JsonText("providerData", members.ProviderData, validation),
        LastSeenAt = members.LastSeenAt is { } seen ? Math.Min(seen.ToUnixTimeMilliseconds(), now) : null,
    };

    /// <summary>Checks a token by its provider and gives its canonical form; null, with a fault, when it is refused.</summary>
    /// <remarks>Null also when the provider is null, being itself at fault: only whether there is a token can be told then.</remarks>
    public static string? Token(
        IPushProviderFactory? provider, string? registrationId, string kind, string? providerData, Validation validation, string field = "registrationId")
    {
        if (string.IsNullOrEmpty(registrationId))
        {
            validation.Fault(field, "NotEmpty", "is missing: the token that the gateway gave the phone");
            return null;
        }
        if (provider is null)
            return null;
        var check = Canonical(provider, new RegistrationForm(registrationId, kind, providerData));
        if (check.Canonical is not null)
            return check.Canonical;
        validation.Fault(check.FieldName == "registrationId" ? field : check.FieldName!, "InvalidRegistrationId", check.Message!);
        return null;
    }

    /// <summary>What a provider says of a token. What no text is that can be stored is no token, whatever it says.</summary>
    public static RegistrationCheck Canonical(IPushProviderFactory provider, RegistrationForm registration)
    {
        var check = provider.CheckRegistration(registration);
        return Faults.HasControls(check.Canonical) ? RegistrationCheck.Refuse("registrationId", "holds control characters") : check;
    }

    /// <summary>Tags in the stored form; null when absent or at fault.</summary>
    public static string? Tags(List<string>? tags, Validation validation)
    {
        if (tags is null)
            return null;
        // By index, since what is wrong with a tag may be that it is null.
        if (tags.FindIndex(tag => !TagExpression.IsTag(tag)) is var bad and >= 0)
        {
            validation.Fault("tags", "InvalidTag", $"'{Short(tags[bad])}' is not a tag: 1 to 120 of the characters A-Z a-z 0-9 _ . : @ # -");
            return null;
        }
        var distinct = tags.Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count > MaxTags)
        {
            validation.Fault("tags", "Length", $"has {distinct.Count} tags, and a device takes {MaxTags}");
            return null;
        }
        return string.Join(' ', distinct.Order(StringComparer.Ordinal));
    }

    /// <summary>A text of bounded length without control characters; null when absent or empty.</summary>
    public static string? Text(string field, string? value, int most, Validation validation)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (value.Length > most)
            validation.Fault(field, "Length", $"has {value.Length} characters, and takes {most}");
        else
            validation.NoControls(field, value);
        return value;
    }

    /// <summary>Text that is safe to repeat in a message.</summary>
    public static string Short(string? value) => value is null ? "null" : value.Length <= 60 ? value : value[..60] + "…";

    private static string? Kind(string? value, Validation validation)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (value.Length > 40 || !value.All(char.IsAsciiLetterOrDigit))
            validation.Fault("kind", "InvalidKind", $"is '{Short(value)}', and must be 1 to 40 letters and digits, such as alert or voip");
        return value;
    }

    private static string? Locale(string? value, Validation validation)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        var tag = value.Replace('_', '-');
        if (tag.Length > 35 || !tag.Split('-').All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit)) || !char.IsAsciiLetter(tag[0]))
            validation.Fault("locale", "InvalidLocale", $"is '{Short(value)}', and must be a BCP 47 tag such as en or pt-BR");
        return tag;
    }

    private static string? TimeZone(string? value, Validation validation)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (value.Length > 64 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+' or ':'))
            validation.Fault("timeZone", "InvalidTimeZone", $"is '{Short(value)}', and must be an IANA name such as Europe/Lisbon, or an offset such as GMT+02:00");
        return value;
    }

    private static string? Environment(string? value, IPushProviderFactory? provider, Validation validation)
    {
        if (string.IsNullOrEmpty(value) || provider is null)
            return null;
        var known = provider.Environments.FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            var right = provider.Environments.Count == 0 ? "has no environments" : $"takes {string.Join(" or ", provider.Environments)}";
            validation.Fault("environment", "InvalidEnvironment", string.Create(CultureInfo.InvariantCulture, $"is '{Short(value)}', and {provider.Name} {right}"));
        }
        return known;
    }

    private static string? JsonText(string field, Dictionary<string, object?>? value, Validation validation)
    {
        if (value is null)
            return null;
        var text = JsonSerializer.Serialize(value, Json);
        var bytes = System.Text.Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxJsonBytes)
            validation.Fault(field, "Length", $"is {bytes} bytes of JSON, and takes {MaxJsonBytes}");
        return text;
    }
}

/// <summary>A device that names its provider and token, checked and in canonical form.</summary>
internal readonly record struct CheckedDevice(string Provider, string RegistrationId, DeviceValues Values);
