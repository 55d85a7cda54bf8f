using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Postgres;

namespace PushHost.Tests.Support.Databases;

/// <summary>A database of its own on the test run's cluster.</summary>
internal sealed class PostgresStorage : TestStorage
{
    private readonly PostgresCluster _cluster;
    private readonly List<string> _names = [];

    private PostgresStorage(PostgresCluster cluster)
    {
        _cluster = cluster;
        _names.Add(cluster.CreateDatabase());
    }

    public override StorageSettings Settings => new() { Provider = "postgres", ConnectionString = _cluster.ConnectionString(_names[^1]) };

    /// <summary>A migrated database; skips the test where there is no PostgreSQL.</summary>
    public static PostgresStorage New() => new(PostgresCluster.Shared);

    /// <summary>A migrated database on a cluster of the test's own.</summary>
    public static PostgresStorage On(PostgresCluster cluster) => new(cluster);

    public override SqlSession OpenWriterSession(Database database) => new(((PostgresDatabase)database).Connect(), PostgresDialect.Writing);

    public override async Task CrashAsync()
    {
        await _cluster.CloseAsync(_names[^1]);
        _names.Add(_cluster.CreateDatabase(_names[^1]));
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var name in _names)
            _cluster.DropDatabase(name);
        return ValueTask.CompletedTask;
    }
}
