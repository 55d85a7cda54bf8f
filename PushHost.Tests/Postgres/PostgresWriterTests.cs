using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NUnit.Framework;
using PushHost.ServiceInterface.Storage;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Postgres;

/// <summary>The writers of PostgreSQL.</summary>
public sealed class PostgresWriterTests
{
    [Test]
    public async Task A_piece_that_fails_is_undone_alone()
    {
        await using var db = new Opened();
        var pieces = Enumerable.Range(0, 300).Select(i => db.Writer.WriteAsync(WriteLane.Caller, session =>
        {
            Add(session, $"a{i}");
            if (i % 7 == 3)
                throw new InvalidOperationException("mine");
            if (i % 7 == 5)
                session.Execute("SELECT no_such_function()");
            return i;
        })).ToList();

        foreach (var (piece, i) in pieces.Select((piece, i) => (piece, i)))
        {
            if (i % 7 == 3)
                await Assert.ThrowsAsync<InvalidOperationException>(() => piece);
            else if (i % 7 == 5)
                await Assert.ThrowsAsync<PostgresException>(() => piece);
            else
                Assert.That(await piece, Is.EqualTo(i));
        }
        Assert.That(db.Apps, Is.EqualTo(Enumerable.Range(0, 300).Count(i => i % 7 is not (3 or 5))));
    }

    [Test]
    public async Task A_server_that_is_away_is_unavailable_until_it_is_back()
    {
        Component.Need("postgres");
        using var cluster = new PostgresCluster();
        await using var db = new Opened(PostgresStorage.On(cluster));
        await db.Writer.WriteAsync(WriteLane.Caller, session => Add(session, "before"));

        cluster.Stop();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => db.Writer.WriteAsync(WriteLane.Caller, session => Add(session, "away")));
        cluster.Start();

        await db.Writer.WriteAsync(WriteLane.Caller, session => Add(session, "after"));
        Assert.That(db.Apps, Is.EqualTo(2));
    }

    [Test]
    public async Task What_the_server_had_committed_when_it_went_away_is_told_as_stored()
    {
        Component.Need("postgres");
        using var cluster = new PostgresCluster();
        await using var db = new Opened(PostgresStorage.On(cluster));
        var answers = new List<Task<int>>();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var answer = db.Writer.WriteAsync(WriteLane.Caller, session => Add(session, $"a{i}"));
                answers.Add(answer);
                await answer.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
        for (var i = 0; i < 3; i++)
        {
            var before = answers.Count;
            await TestHostRequests.Until(() => Task.FromResult(answers.Count), count => count > before + 50);
            cluster.Restart();
        }
        await stop.CancelAsync();
        await writing;

        Assert.That(db.Apps, Is.EqualTo(answers.Count(answer => answer.IsCompletedSuccessfully)));
        Assert.That(answers.Where(answer => answer.IsFaulted).All(answer => answer.Exception!.InnerException is StorageUnavailableException { MayBeStored: false }));
    }

    [Test]
    public async Task A_parameter_may_be_null_for_a_while_and_then_a_number()
    {
        await using var storage = PostgresStorage.New();
        using var database = storage.Open();
        using var session = storage.OpenWriterSession(database);

        foreach (var isNull in new[] { true, false, true, false })
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.That(
                    session.Execute(
                        "INSERT INTO delivery (notification, device, provider, outcome, attempts, reason, due_at, silences) VALUES (@p0, @p1, 'a', 1, 1, @p2, @p3, @p4) "
                        + "ON CONFLICT (notification, device) DO UPDATE SET reason = excluded.reason, due_at = excluded.due_at, silences = excluded.silences",
                        1L, 1L, isNull ? null : "r", isNull ? null : 5L, isNull ? null : 3),
                    Is.EqualTo(1));
            }
        }
    }

    private static int Add(SqlSession session, string name) => session.Execute("INSERT INTO app (name, created_at) VALUES (@p0, 0)", name);

    private sealed class Opened(PostgresStorage? storage = null) : IAsyncDisposable
    {
        private readonly PostgresStorage _storage = storage ?? PostgresStorage.New();
        private Database? _database;
        private DatabaseWriter? _writer;

        public DatabaseWriter Writer => _writer ??= Database.OpenWriter(NullLogger<DatabaseWriter>.Instance);

        public long Apps
        {
            get
            {
                using var session = Database.Read();
                return session.Number("SELECT COUNT(*) FROM app") ?? 0;
            }
        }

        private Database Database => _database ??= _storage.Open();

        public async ValueTask DisposeAsync()
        {
            if (_writer is not null)
                await _writer.DisposeAsync();
            _database?.Dispose();
            await _storage.DisposeAsync();
        }
    }
}
