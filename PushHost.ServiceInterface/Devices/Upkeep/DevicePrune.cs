using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>A checked prune: what is selected, and what is done to it.</summary>
internal sealed class DevicePrune
{
    private readonly App _app;
    private readonly string? _provider;
    private readonly long? _inactiveSince;
    private readonly long? _seenUntil;
    private readonly PruneDevices _request;

    private DevicePrune(App app, string? provider, PruneDevices request, DateTimeOffset now)
    {
        _app = app;
        _provider = provider;
        _request = request;
        _inactiveSince = (now - request.InactiveFor)?.ToUnixTimeMilliseconds();
        _seenUntil = (now - request.NotSeenFor)?.ToUnixTimeMilliseconds();
    }

    public bool Probes => _request.Probe == true;

    public bool Deletes => _request.Delete == true;

    public bool IsDry => _request.DryRun == true;

    /// <exception cref="RequestException">400: it names no condition, or a wrong one.</exception>
    public static DevicePrune From(PruneDevices request, App app, PushProviders providers, DateTimeOffset now)
    {
        var validation = new Validation();
        if (request.InactiveFor is null && request.NotSeenFor is null && request.Probe != true)
            validation.Fault("inactiveFor", "NotEmpty", "is missing, and so are notSeenFor and probe: one of them must say which devices are meant");
        CheckTime("inactiveFor", request.InactiveFor, now, validation);
        CheckTime("notSeenFor", request.NotSeenFor, now, validation);
        UpkeepSteps.Check(request.Take, validation);
        var provider = string.IsNullOrEmpty(request.Provider) ? null : providers.Named(request.Provider, "provider", validation);
        validation.ThrowIfFaulty();
        return new DevicePrune(app, provider?.Name, request, now);
    }

    /// <summary>The devices to look at.</summary>
    public DeviceSweep Sweep(Database database) => new(database, Where, _request.After ?? 0, UpkeepSteps.Take(_request.Take));

    /// <summary>The conditions of the request.</summary>
    public SqlWhere Where()
    {
        var where = new SqlWhere().And($"+app = {_app.Id}").AndIf(_provider is not null, $"provider = {_provider}");
        if (_inactiveSince is not null)
            where.And($"state <> {(int)DeviceState.Active}").And($"state_since <= {_inactiveSince}").And($"COALESCE(last_seen_at, 0) <= {_inactiveSince}");
        // What is off already cannot be switched off; only whoever deletes by last sight means it too.
        else if (_seenUntil is null || !Deletes)
            where.And($"state = {(int)DeviceState.Active}");
        return where.AndIf(
            _seenUntil is not null, $"COALESCE(last_seen_at, CASE WHEN registered_at > 0 THEN registered_at ELSE created_at END) <= {_seenUntil}");
    }

    private static void CheckTime(string field, TimeSpan? time, DateTimeOffset now, Validation validation)
    {
        if (time <= TimeSpan.Zero || time >= now - DateTimeOffset.UnixEpoch)
            validation.Fault(field, "Range", "must be longer than PT0S, and no longer than since 1970");
    }
}
