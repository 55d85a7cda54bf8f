using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Sqlite;

namespace PushHost.Tests.Devices;

/// <summary>The one writer of SQLite.</summary>
[TestFixture]
public sealed class DatabaseWriterTests : DeviceFixture
{
    // Holds the writer inside a piece of work, so that what follows stands in its queues together.
    private async Task<(ManualResetEventSlim Release, Task Held)> HoldAsync(WriteLane lane = WriteLane.Caller)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new ManualResetEventSlim();
        var held = Db.Writer.WriteAsync(lane, _ =>
        {
            running.SetResult();
            release.Wait();
            return 0;
        });
        await running.Task;
        return (release, held);
    }

    private Task<int> AddAsync(string name, WriteLane lane = WriteLane.Caller) => Db.Writer.WriteAsync(lane, session => Add(session, name));

    private static int Add(SqlSession session, string name) => session.Execute("INSERT INTO app (name, created_at) VALUES (@p0, 0)", name);

    private long Apps => Db.Number("SELECT COUNT(*) FROM app WHERE name <> 'default'");

    [Test]
    public async Task A_piece_that_fails_is_undone_alone()
    {
        var (release, held) = await HoldAsync();
        var before = AddAsync("before");
        var throws = Db.Writer.WriteAsync<int>(WriteLane.Caller, session =>
        {
            Add(session, "undone");
            throw new InvalidOperationException("mine");
        });
        var breaks = AddAsync("before");
        var after = AddAsync("after");
        release.Set();
        await held;

        Assert.That((await Assert.ThrowsAsync<InvalidOperationException>(() => throws))!.Message, Is.EqualTo("mine"));
        await Assert.ThrowsAsync<SqliteException>(() => breaks);
        Assert.That(await Task.WhenAll(before, after), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(Apps, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_answered_can_be_read_by_others()
    {
        await AddAsync("a");

        Assert.That(Apps, Is.EqualTo(1));
    }

    [Test]
    public async Task Callers_come_before_the_engine()
    {
        var order = new List<string>();
        // The engine's turn of this group is taken, however long it is held.
        var (release, held) = await HoldAsync(WriteLane.Engine);
        var engine = Db.Writer.WriteAsync(WriteLane.Engine, _ => Note("engine"));
        var callers = Enumerable.Range(0, 3).Select(_ => Db.Writer.WriteAsync(WriteLane.Caller, _ => Note("caller"))).ToList();
        release.Set();
        await Task.WhenAll([held, engine, .. callers]);

        Assert.That(order, Is.EqualTo(new[] { "caller", "caller", "caller", "engine" }));

        int Note(string who)
        {
            order.Add(who);
            return 0;
        }
    }

    [Test]
    public async Task The_engine_has_its_turn_however_many_callers_wait()
    {
        var callersDone = 0;
        var (release, held) = await HoldAsync();
        var engine = Db.Writer.WriteAsync(WriteLane.Engine, _ => callersDone);
        var callers = Enumerable.Range(0, 5000).Select(_ => Db.Writer.WriteAsync(WriteLane.Caller, _ => ++callersDone)).ToList();
        release.Set();
        await held;

        Assert.That(await engine, Is.LessThanOrEqualTo(1024));
        await Task.WhenAll(callers);
    }

    [Test]
    public async Task A_full_disk_is_unavailable_and_passes()
    {
        await Db.Writer.WriteAsync(WriteLane.Caller, session => session.Number($"PRAGMA max_page_count = {session.Number("PRAGMA page_count")}"));
        var large = new string('x', 100_000);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync(large));
        Assert.That(Apps, Is.Zero);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync(large + "again"));

        await Db.Writer.WriteAsync(WriteLane.Caller, session => session.Number("PRAGMA max_page_count = 1000000"));
        await AddAsync(large);
        Assert.That(Apps, Is.EqualTo(1));
    }

    [Test]
    public async Task A_database_that_cannot_be_opened_is_unavailable_until_it_can()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Db.Database.Name)!, "later");
        var database = new SqliteDatabase($"Data Source={folder}/late.db", "/");
        await using var writer = database.OpenWriter(NullLogger<DatabaseWriter>.Instance);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => writer.WriteAsync(WriteLane.Caller, session => session.Number("SELECT 1")));

        Directory.CreateDirectory(folder);
        Assert.That(await writer.WriteAsync(WriteLane.Caller, session => session.Number("SELECT 1")), Is.EqualTo(1));
    }

    [Test]
    public async Task Too_many_waiting_callers_hear_so_at_once()
    {
        var (release, held) = await HoldAsync();
        var waiting = Enumerable.Range(0, 20_000).Select(_ => Db.Writer.WriteAsync(WriteLane.Caller, _ => 0)).ToList();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.Writer.WriteAsync(WriteLane.Caller, _ => 0));

        release.Set();
        await Task.WhenAll([held, .. waiting]);
    }

    [Test]
    public async Task Stopping_finishes_what_waits_and_takes_no_more()
    {
        var (release, held) = await HoldAsync();
        var waiting = Enumerable.Range(0, 100).Select(i => AddAsync($"a{i}", i % 2 == 0 ? WriteLane.Caller : WriteLane.Engine)).ToList();
        var stop = Task.Run(async () => await Db.Writer.DisposeAsync());
        release.Set();
        await Task.WhenAll([held, stop, .. waiting]);

        Assert.That(Apps, Is.EqualTo(100));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync("late"));
    }
}
