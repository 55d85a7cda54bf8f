using System.Data.Common;
using Microsoft.Extensions.Hosting;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Health;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>Raises an app's alarm while verdicts wait for an operator, after a restart and on every host too.</summary>
internal sealed class HeldVerdictAlarm(Database database, AppDirectory apps, Alarms alarms, TimeProvider time) : BackgroundService
{
    // Another host may have held verdicts, or have been told what to do with them.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Raises or ends the app's alarm as its verdicts are now.</summary>
    public void Look(long app)
    {
        try
        {
            Ask(app);
        }
        // A database that is away raises a cry of its own, and the next look comes in a moment.
        catch (Exception error) when (error is DbException or StorageUnavailableException)
        {
        }
    }

    private void Ask(long app)
    {
        using var session = database.Read();
        using var reader = session.Query(
            "SELECT COUNT(*), CAST(COALESCE(SUM(held), 0) AS BIGINT), COALESCE(MIN(id), 0) FROM notification WHERE app = @p0 AND held > 0", app);
        reader.Read();
        var (notifications, verdicts, first) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        if (notifications == 0)
            alarms.Clear(AlarmNames.MassDeactivation, app, null);
        else
            alarms.Raise(AlarmNames.MassDeactivation, app, null, Describe(notifications, verdicts, first));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            foreach (var app in apps.All)
                Look(app.Id);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static string Describe(long notifications, long verdicts, long first) => notifications == 1
        ? $"notification {first} holds {verdicts} verdicts over devices: apply or discard them"
        : $"{notifications} notifications, from {first} on, hold {verdicts} verdicts over devices: apply or discard them";
}
