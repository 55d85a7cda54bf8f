using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>A checked restore: what is to be made active again.</summary>
internal sealed class DeviceRestore
{
    private const int MostIds = 50_000;

    private readonly App _app;
    private readonly RestoreDevices _request;

    private DeviceRestore(App app, RestoreDevices request)
    {
        _app = app;
        _request = request;
    }

    /// <exception cref="RequestException">400: it names no condition, or a wrong one.</exception>
    public static DeviceRestore From(RestoreDevices request, App app)
    {
        var validation = new Validation();
        if (request.Ids is null && request.DeactivatedSince is null && string.IsNullOrEmpty(request.Reason) && request.NotificationId is null)
            validation.Fault("ids", "NotEmpty", "is missing, and so are deactivatedSince, reason and notificationId: one of them must say which devices are meant");
        if (request.Ids is { Count: 0 })
            validation.Fault("ids", "NotEmpty", "is empty: leave it out to choose by the other conditions");
        if (request.Ids?.Count > MostIds)
            validation.Fault("ids", "Length", $"has {request.Ids.Count} entries, and takes {MostIds}");
        validation.NoControls("reason", request.Reason);
        UpkeepSteps.Check(request.Take, validation);
        validation.ThrowIfFaulty();
        return new DeviceRestore(app, request);
    }

    /// <summary>The devices to look at.</summary>
    public DeviceSweep Sweep(Database database) => _request.Ids is null
        ? new DeviceSweep(database, Where, _request.After ?? 0, UpkeepSteps.Take(_request.Take))
        : new DeviceSweep(database, Where, Math.Max(_request.After ?? 0, Math.Max(_request.Ids.Min(), 1) - 1), UpkeepSteps.Take(_request.Take));

    /// <summary>Makes a piece active again. What was said of its tokens is forgotten: they may be tried everywhere.</summary>
    /// <returns>How many devices.</returns>
    public int Restore(SqlSession session, SweptPiece piece)
    {
        var where = piece.Narrow(Where());
        return session.Execute(
            $"UPDATE device SET state = {(int)DeviceState.Active}, reason = NULL, state_since = NULL, replaced_by = NULL, deactivated_by = NULL, rejected_in = NULL{where}",
            where.Values);
    }

    private SqlWhere Where()
    {
        var where = new SqlWhere().And($"+app = {_app.Id}").And($"state <> {(int)DeviceState.Active}")
            .AndIf(_request.DeactivatedSince is not null, $"state_since >= {_request.DeactivatedSince?.ToUnixTimeMilliseconds()}")
            .AndIf(!string.IsNullOrEmpty(_request.Reason), $"reason = {_request.Reason}")
            .AndIf(_request.NotificationId is not null, $"deactivated_by = {_request.NotificationId}");
        if (_request.Ids is { } ids)
            return where.And($"id IN {where.Items(ids)}");
        // Chosen by a condition, these may be somebody's own will; by their ids they are meant.
        return where.And($"COALESCE(reason, '') NOT IN ({DeviceStates.ByCaller}, {DeviceStates.ByLogout}, {DeviceStates.ByReplacement})");
    }
}
