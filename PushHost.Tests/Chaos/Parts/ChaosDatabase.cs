using System.Data.Common;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>A recipient's row and its device.</summary>
internal sealed record Recorded(long Device, string Token, int Outcome, int Attempts, int Silences, bool DeviceIsActive);

/// <summary>Looks into the database of a run, past the host.</summary>
internal sealed class ChaosDatabase(Func<DbConnection> open)
{
    public const int Accepted = 2;
    public const int Failed = 3;
    public const int Unknown = 6;

    private const int Active = 1;

    /// <summary>The rows of a notification.</summary>
    public async Task<List<Recorded>> RecordedAsync(long notification)
    {
        var rows = new List<Recorded>();
        await using var connection = open();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT r.device, d.registration_id, r.outcome, r.attempts, COALESCE(r.silences, 0), d.state FROM delivery r JOIN device d ON d.id = r.device WHERE r.notification = @notification";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("notification", notification);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(new Recorded(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5) == Active));
        return rows;
    }

    /// <summary>How many notifications there are.</summary>
    public async Task<long> NotificationsAsync()
    {
        await using var connection = open();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM notification";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
