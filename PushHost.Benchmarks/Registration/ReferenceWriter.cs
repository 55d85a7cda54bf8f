using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace PushHost.Benchmarks.Registration;

/// <summary>One thread that commits together what waits, <c>synchronous=FULL</c>: one prepared upsert a row.</summary>
internal sealed class ReferenceWriter : IDisposable
{
    private const int MaxGroup = 512;

    private const string Schema = """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;
        CREATE TABLE device (
            id INTEGER PRIMARY KEY AUTOINCREMENT, app BIGINT NOT NULL, provider TEXT NOT NULL, kind TEXT NOT NULL, registration_id TEXT NOT NULL, device_id TEXT,
            name TEXT, user_id TEXT, owner_epoch BIGINT NOT NULL, state SMALLINT NOT NULL, reason TEXT, state_since BIGINT, replaced_by BIGINT, tags TEXT, locale TEXT,
            time_zone TEXT, environment TEXT, bundle_id TEXT, app_version TEXT, attributes TEXT, provider_data TEXT, sequence BIGINT, created_at BIGINT NOT NULL,
            registered_at BIGINT NOT NULL, last_seen_at BIGINT, last_accepted_at BIGINT);
        CREATE UNIQUE INDEX ux_device_registration ON device (app, provider, registration_id);
        CREATE INDEX ix_device_user ON device (app, user_id) WHERE user_id IS NOT NULL;
        CREATE INDEX ix_device_device_id ON device (app, device_id) WHERE device_id IS NOT NULL;
        """;

    private const string Upsert = """
        INSERT INTO device (app, provider, kind, registration_id, name, user_id, owner_epoch, state, locale, time_zone, app_version, created_at, registered_at, last_seen_at)
        VALUES (1, @provider, 'alert', @token, @name, @user, 0, 1, @locale, @zone, @version, @now, @now, @now)
        ON CONFLICT (app, provider, registration_id) DO UPDATE SET name = excluded.name, user_id = excluded.user_id, locale = excluded.locale,
            time_zone = excluded.time_zone, app_version = excluded.app_version, registered_at = excluded.registered_at, last_seen_at = excluded.last_seen_at
        RETURNING id
        """;

    private readonly BlockingCollection<Row> _waiting = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _upsert;
    private readonly Thread _thread;

    public ReferenceWriter(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using (var schema = _connection.CreateCommand())
        {
            schema.CommandText = Schema;
            schema.ExecuteNonQuery();
        }
        _upsert = _connection.CreateCommand();
        _upsert.CommandText = Upsert;
        foreach (var name in (ReadOnlySpan<string>)["@provider", "@token", "@name", "@user", "@locale", "@zone", "@version", "@now"])
            _upsert.Parameters.Add(new SqliteParameter { ParameterName = name });
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Completes when the row is on disk.</summary>
    public Task<long> AddAsync(Registration registration, long now)
    {
        var row = new Row(registration, now);
        _waiting.Add(row);
        return row.Stored.Task;
    }

    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _upsert.Dispose();
        _connection.Dispose();
        _waiting.Dispose();
    }

    private void Run()
    {
        var group = new List<(Row Row, long Id)>(MaxGroup);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            using (var transaction = _connection.BeginTransaction(deferred: false))
            {
                _upsert.Transaction = transaction;
                var row = first;
                do
                    group.Add((row, Put(row)));
                while (group.Count < MaxGroup && _waiting.TryTake(out row!));
                transaction.Commit();
            }
            foreach (var (row, id) in group)
                row.Stored.SetResult(id);
            group.Clear();
        }
    }

    private long Put(Row row)
    {
        var registration = row.Registration;
        object[] values =
        [
            registration.Provider, registration.RegistrationId, registration.Name, registration.UserId, registration.Locale, registration.TimeZone,
            registration.AppVersion, row.Now,
        ];
        for (var i = 0; i < values.Length; i++)
            _upsert.Parameters[i].Value = values[i];
        return (long)_upsert.ExecuteScalar()!;
    }

    private sealed record Row(Registration Registration, long Now)
    {
        public TaskCompletionSource<long> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
