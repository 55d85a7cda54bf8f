using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Delivery;

/// <summary>A migrated database in a folder of its own, with a session that writes.</summary>
internal sealed class LedgerDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pushhost-db-").FullName;
    private readonly TestStorage _storage;
    private readonly Database _database;

    public LedgerDatabase()
    {
        _storage = TestStorage.New(_folder);
        _database = _storage.Open();
        Session = _storage.OpenWriterSession(_database);
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

    /// <summary>Records results under a claim, whose lease stays what it was.</summary>
    public Journal.Recorded Record(Claim claim, IReadOnlyList<DeliveryResult> results, long? releaseUntil, long now) =>
        Journal.Record(Session, claim, 1, results, releaseUntil, claim.LeaseUntil, new BrakeSettings(), now);

    public void Dispose()
    {
        Session.Dispose();
        _database.Dispose();
        _storage.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }
}
