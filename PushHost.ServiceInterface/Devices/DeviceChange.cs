using PushHost.Providers;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>A checked PATCH or PUT of one device. Neither counts as registering.</summary>
internal sealed class DeviceChange
{
    // The members that can be cleared, by the name callers use.
    private static readonly Dictionary<string, Action<DeviceRow>> Clear = new(StringComparer.OrdinalIgnoreCase)
    {
        ["deviceId"] = row => row.DeviceId = null,
        ["name"] = row => row.Name = null,
        ["userId"] = row => row.SetOwner(null),
        ["tags"] = row => row.Tags = null,
        ["locale"] = row => row.Locale = null,
        ["timeZone"] = row => row.TimeZone = null,
        ["environment"] = row => row.Environment = null,
        ["bundleId"] = row => row.BundleId = null,
        ["appVersion"] = row => row.AppVersion = null,
        ["attributes"] = row => row.Attributes = null,
        ["providerData"] = row => row.ProviderData = null,
        ["lastSeenAt"] = row => row.LastSeenAt = null,
    };

    private readonly IReadOnlyCollection<string> _reset;
    private readonly DeviceMembers _members;
    private readonly string? _newRegistrationId;
    private readonly bool _replace;
    private readonly PushProviders _providers;
    private readonly TimeProvider _time;

    private DeviceChange(
        DeviceKey key, DeviceMembers members, string? newRegistrationId, IReadOnlyCollection<string> reset, bool replace, PushProviders providers, TimeProvider time)
    {
        Key = key;
        _members = members;
        _newRegistrationId = newRegistrationId;
        _reset = reset;
        _replace = replace;
        _providers = providers;
        _time = time;
    }

    /// <summary>Which device.</summary>
    public DeviceKey Key { get; }

    /// <summary>A PATCH: what is given is set, what <c>reset</c> names is cleared.</summary>
    /// <exception cref="RequestException">400 naming what is wrong.</exception>
    public static DeviceChange From(UpdateDevice request, DeviceKey key, PushProviders providers, TimeProvider time)
    {
        // By index, since what is wrong with a name may be that it is null.
        if (request.Reset?.FindIndex(name => name is null || !Clear.ContainsKey(name)) is { } unknown and >= 0)
            throw RequestException.Validation("reset", "UnknownValue", $"reset names '{DeviceRules.Short(request.Reset[unknown])}', and can clear {string.Join(", ", Clear.Keys)}");
        return new DeviceChange(key, request, request.NewRegistrationId, request.Reset ?? [], replace: false, providers, time);
    }

    /// <summary>A PUT: what is given is set, all else is cleared.</summary>
    public static DeviceChange From(ReplaceDevice request, DeviceKey key, PushProviders providers, TimeProvider time) =>
        new(key, request, request.NewRegistrationId, Clear.Keys, replace: true, providers, time);

    /// <summary>Applies it inside the writer's transaction.</summary>
    /// <exception cref="RequestException">400, 404, or 409 when another device has the new token.</exception>
    public DeviceRow Run(SqlSession session)
    {
        var now = _time.UnixMilliseconds();
        var row = Key.Find(session);
        var provider = _providers.Find(row.Provider);
        var validation = new Validation();
        var values = DeviceRules.Check(_members, provider, now, validation);
        RefuseOtherProvider(row, validation);
        var token = NewToken(row, provider, values, validation);
        validation.ThrowIfFaulty();
        if (token is not null && token != row.RegistrationId && DeviceStore.Find(session, row.App, row.Provider, token) is { } other)
            throw RequestException.Conflict($"newRegistrationId belongs to device {other.Id}");

        var tagsBefore = row.Tags;
        foreach (var name in _reset)
            Clear[name](row);
        if (_replace)
            row.Kind = DeviceRules.DefaultKind;
        values.ApplyTo(row);
        if (values.UserId is not null)
            row.SetOwner(values.UserId);
        GiveToken(row, token);
        // What a PUT clears is the caller's own word; it doesn't wake a device that a gateway or a logout put to rest.
        row.SetByCaller(values.IsActive ?? (_replace && row.Reason == DeviceStates.ByCaller ? true : null), now);
        DeviceStore.Update(session, row, tagsBefore);
        return row;
    }

    // What a gateway said was about the old token. A caller's or a logout's word is about the device.
    private static void GiveToken(DeviceRow row, string? token)
    {
        if (token is null || token == row.RegistrationId)
            return;
        row.GiveToken(token);
        if (row.State != DeviceState.Active && row.Reason is not (DeviceStates.ByCaller or DeviceStates.ByLogout))
            row.Activate();
    }

    // By id, provider and registrationId may be repeated, but they don't change what they name.
    private void RefuseOtherProvider(DeviceRow row, Validation validation)
    {
        if (Key.Id is null)
            return;
        if (_members.Provider is { Length: > 0 } name && _providers.Find(name)?.Name != row.Provider)
            validation.Fault("provider", "ReadOnly", $"is '{DeviceRules.Short(name)}', and this device's is {row.Provider}: it does not change");
        if (_members.RegistrationId is { Length: > 0 } given && _newRegistrationId is null
            && _providers.Find(row.Provider)?.CheckRegistration(new RegistrationForm(given, row.Kind, row.ProviderData)).Canonical != row.RegistrationId)
        {
            validation.Fault("registrationId", "ReadOnly", "is not this device's: newRegistrationId changes the token");
        }
    }

    private string? NewToken(DeviceRow row, IPushProviderFactory? provider, DeviceValues values, Validation validation)
    {
        if (string.IsNullOrEmpty(_newRegistrationId))
            return null;
        if (provider is not null)
            return DeviceRules.Token(provider, _newRegistrationId, values.Kind ?? row.Kind, values.ProviderData ?? row.ProviderData, validation, "newRegistrationId");
        validation.Fault("newRegistrationId", Faults.UnknownProvider, $"cannot be checked: the provider {row.Provider} is not loaded");
        return null;
    }
}
