using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Checks the audience of a request.</summary>
internal static class AudienceRules
{
    /// <summary>The most entries of all lists together.</summary>
    public const int MaxListed = 50_000;

    public static AudienceSpec Check(Audience? to, PushProviders providers, DateTimeOffset now, Validation validation)
    {
        if (to is null)
        {
            validation.Fault("to", "NotEmpty", "is missing: give all, tags or at least one list");
            return new AudienceSpec();
        }
        var spec = new AudienceSpec
        {
            Ids = Distinct(to.Ids),
            Registrations = Registrations(to.RegistrationIds, providers, validation),
            UserIds = Texts(to.UserIds, "to.userIds", validation),
            DeviceIds = Texts(to.DeviceIds, "to.deviceIds", validation),
            Tags = string.IsNullOrEmpty(to.Tags) ? null : to.Tags,
            Providers = Providers(to.Providers, providers, validation),
            SeenSince = to.LastSeenWithin is { } within ? SeenSince(within, now) : null,
        };
        // An empty list is a list: it names nobody, which is not the same as naming no list.
        var lists = to.Ids is not null || to.RegistrationIds is not null || to.UserIds is not null || to.DeviceIds is not null;
        if (to.LastSeenWithin < TimeSpan.Zero)
            validation.Fault("to.lastSeenWithin", "Range", "is negative, and must be a duration such as P30D");
        if (to.Tags is { Length: 0 })
            validation.Fault("to.tags", "NotEmpty", "is empty: give an expression, or leave it out");
        if (spec.Tags is not null)
        {
            TagExpression.Parse(spec.Tags, out var fault);
            if (fault is not null)
                validation.Fault("to.tags", "InvalidTags", fault);
        }
        if (to.All == true && lists)
            validation.Fault("to.all", "Contradiction", "is true, and excludes ids, registrationIds, userIds and deviceIds");
        else if (to.All != true && spec.Tags is null && !lists)
            validation.Fault("to", "NotEmpty", "names nobody: give all, tags or at least one list");
        if (spec.ListedCount > MaxListed)
            validation.Fault("to", "Length", $"lists {spec.ListedCount} entries, and takes {MaxListed}");
        return lists && spec.ListedCount == 0 ? spec with { Ids = [-1] } : spec;
    }

    // A time longer than the calendar reaches back to everyone who was ever seen.
    private static long SeenSince(TimeSpan within, DateTimeOffset now) =>
        Math.Max(now.ToUnixTimeMilliseconds() - (long)within.TotalMilliseconds, 0);

    private static List<T>? Distinct<T>(List<T>? list) => list is { Count: > 0 } ? [.. list.Where(item => item is not null).Distinct()] : null;

    private static List<string>? Texts(List<string>? list, string field, Validation validation)
    {
        if (list?.FindIndex(Faults.HasControls) is { } bad and >= 0)
            validation.NoControls($"{field}[{bad}]", list[bad]);
        return Distinct(list);
    }

    private static List<string>? Providers(List<string>? names, PushProviders providers, Validation validation)
    {
        if (names is null)
            return null;
        // Taken as absent, an empty list would reach everybody instead of nobody.
        if (names.Count == 0)
            validation.Fault("to.providers", "NotEmpty", "is empty: name at least one provider, or leave it out for all");
        return [.. names.Select((name, i) => providers.Named(name, $"to.providers[{i}]", validation)?.Name).OfType<string>().Distinct()];
    }

    private static List<string[]>? Registrations(List<ProviderRegistration>? list, PushProviders providers, Validation validation)
    {
        if (list is not { Count: > 0 })
            return null;
        var registrations = new List<string[]>(list.Count);
        for (var i = 0; i < list.Count && validation.Errors.Count < 100; i++)
        {
            var field = $"to.registrationIds[{i}]";
            var provider = providers.Named(list[i]?.Provider, $"{field}.provider", validation);
            var token = DeviceRules.Token(provider, list[i]?.RegistrationId, DeviceRules.DefaultKind, null, validation, $"{field}.registrationId");
            if (token is not null)
                registrations.Add([provider!.Name, token]);
        }
        return registrations;
    }
}
