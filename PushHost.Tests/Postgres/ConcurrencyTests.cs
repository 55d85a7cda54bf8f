using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Postgres;

/// <summary>What is right with one writer is right with any number of them.</summary>
public sealed class ConcurrencyTests
{
    private const long App = 1;
    private const int Rounds = 60;
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private PostgresStorage _storage = null!;
    private Database _database = null!;
    private DatabaseWriter _one = null!;
    private DatabaseWriter _other = null!;

    [SetUp]
    public void Start()
    {
        _storage = PostgresStorage.New();
        _database = _storage.Open();
        _one = _database.OpenWriter(NullLogger<DatabaseWriter>.Instance);
        _other = _database.OpenWriter(NullLogger<DatabaseWriter>.Instance);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_storage is null)
            return;
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        _database.Dispose();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Of_two_batches_that_end_at_once_one_completes_the_notification()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var claims = await _one.WriteAsync(WriteLane.Engine, session =>
            {
                var row = Insert(session);
                BatchStore.Insert(session, row, [new AudienceMember(1, "a", null), new AudienceMember(2, "b", null)], 0);
                return session.List(
                    reader => new Claim(new BatchRow { Id = reader.GetInt64(0), Notification = row.Id, Provider = reader.GetString(1) }, long.MaxValue),
                    "SELECT id, provider FROM batch WHERE notification = @p0", row.Id);
            });

            var recorded = await Task.WhenAll(claims.Select((claim, i) => (i == 0 ? _one : _other).WriteAsync(
                WriteLane.Engine, session => Journal.Record(session, claim, App, [new DeliveryResult(i, DeliveryOutcome.Accepted, null, "m", 1, 0, null)], null, long.MaxValue, new BrakeSettings(), 1))));

            Assert.That(recorded.Count(each => each.Completed), Is.EqualTo(1));
            Assert.That(Number("SELECT accepted FROM notification WHERE id = @p0", claims[0].Batch.Notification), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_list_accepted_while_a_device_changes_hands_never_reaches_the_new_owner()
    {
        var audience = new AudienceSpec { UserIds = ["ann"] };
        for (var round = 0; round < Rounds; round++)
        {
            var token = $"t{round}";
            await RegisterAsync(_one, token, "ann");
            var accepting = _one.WriteAsync(WriteLane.Caller, session =>
            {
                var members = AudienceQuery.Page(session, App, audience, 0, long.MaxValue, 100, hold: true);
                return (Insert(session).Id, Devices: members.ConvertAll(member => member.Device));
            });
            var moving = RegisterAsync(_other, token, "bob");
            var (id, devices) = await accepting;
            var moved = await moving;

            Assert.That(!devices.Contains(moved.Row.Id) || moved.Row.OwnerEpoch >= id, $"device {moved.Row.Id} is bob's since {moved.Row.OwnerEpoch}, and {id} was for ann");
        }
    }

    [Test]
    public async Task Transactions_that_wait_for_each_other_are_run_again()
    {
        await _one.WriteAsync(WriteLane.Caller, session => session.Execute("INSERT INTO app (name, created_at) VALUES ('a', 0), ('b', 0)"));
        using var both = new Barrier(2);
        var tries = 0;

        await Task.WhenAll(Cross(_one, "a", "b"), Cross(_other, "b", "a"));

        Assert.That(tries, Is.GreaterThan(2));
        Assert.That(Number("SELECT SUM(created_at) FROM app"), Is.EqualTo(4));

        Task<int> Cross(DatabaseWriter writer, string first, string second)
        {
            var tried = 0;
            return writer.WriteAsync(WriteLane.Caller, session =>
            {
                Interlocked.Increment(ref tries);
                session.Execute("UPDATE app SET created_at = created_at + 1 WHERE name = @p0", first);
                if (++tried == 1)
                    both.SignalAndWait();
                return session.Execute("UPDATE app SET created_at = created_at + 1 WHERE name = @p0", second);
            });
        }
    }

    private static Task<RegisteredDevice> RegisterAsync(DatabaseWriter writer, string token, string user) => writer.WriteAsync(
        WriteLane.Caller,
        session => RegistrationTransaction.Run(
            session,
            new DeviceRegistration { App = App, Provider = "test", RegistrationId = token, Values = new DeviceValues { UserId = user }, ByManager = true },
            Time.UnixMilliseconds()));

    private static NotificationRow Insert(SqlSession session)
    {
        var row = new NotificationRow { App = App, State = NotificationState.Sending, Message = "{}", Audience = "{}", NotAfter = long.MaxValue };
        row.Id = NotificationStore.Insert(session, row);
        return row;
    }

    private long Number(string sql, params object?[] values)
    {
        using var session = _database.Read();
        return session.Number(sql, values) ?? 0;
    }
}
