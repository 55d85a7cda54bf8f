namespace PushHost.ServiceInterface.Notifications;

/// <summary>The lists of an audience, for asking whether one of them names a device.</summary>
internal sealed class AudienceLists(AudienceSpec audience)
{
    private readonly HashSet<long> _ids = [.. audience.Ids ?? []];
    private readonly HashSet<string> _users = [.. audience.UserIds ?? []];
    private readonly HashSet<string> _installations = [.. audience.DeviceIds ?? []];
    private readonly HashSet<(string Provider, string Token)> _registrations = [.. (audience.Registrations ?? []).Select(pair => (pair[0], pair[1]))];

    public bool Name(long id, string provider, string registrationId, string? userId, string? deviceId) =>
        _ids.Contains(id) || (userId is not null && _users.Contains(userId)) || (deviceId is not null && _installations.Contains(deviceId))
        || _registrations.Contains((provider, registrationId));
}
