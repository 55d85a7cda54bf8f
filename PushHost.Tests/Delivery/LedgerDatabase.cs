using Microsoft.Data.Sqlite;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceInterface.Storage.Sqlite;
using PushHost.ServiceModel;

namespace PushHost.Tests.Delivery;

/// <summary>A migrated database in a folder of its own, with the one session that writes.</summary>
internal sealed class LedgerDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pushhost-db-").FullName;

    public LedgerDatabase()
    {
        var database = new SqliteDatabase("Data Source=test.db", _folder);
        using (var start = database.Start())
            start.Migrate();
        Session = database.OpenWriterSession();
        Session.Execute("PRAGMA synchronous=OFF");
    }

    public SqlSession Session { get; }

    /// <summary>Stores a notification whose audience is planned, and gives its id.</summary>
    public long Plan(IEnumerable<AudienceMember> members, long now)
    {
        var row = new NotificationRow
        {
            App = 1,
            State = NotificationState.Sending,
            Message = "{}",
            Audience = "{}",
            CreatedAt = now,
            NotAfter = long.MaxValue,
        };
        row.Id = NotificationStore.Insert(Session, row);
        BatchStore.Insert(Session, row, [.. members], now);
        return row.Id;
    }

    /// <summary>Leases the first batch that is due in any queue; null when none is.</summary>
    public Claim? Claim(long now, long leaseUntil) => BatchStore.Queues(Session)
        .Select(queue => BatchStore.Claim(Session, queue.Queue, 1, now, leaseUntil).SingleOrDefault())
        .FirstOrDefault(claim => claim is not null);

    public void Dispose()
    {
        Session.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
