using Microsoft.Data.Sqlite;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Sqlite;

namespace PushHost.Tests.Support.Databases;

/// <summary>A file in the test's folder.</summary>
internal sealed class SqliteStorage : TestStorage
{
    // Migrating takes longer than most tests.
    private static readonly Lazy<byte[]> Migrated = new(Migrate);

    private readonly string _folder;
    private string _path;
    private int _crashes;

    public SqliteStorage(string folder)
    {
        _folder = folder;
        _path = Path.Combine(folder, "pushhost.db");
        File.WriteAllBytes(_path, Migrated.Value);
    }

    public override StorageSettings Settings => new() { ConnectionString = $"Data Source={_path}" };

    public override SqlSession OpenWriterSession(Database database)
    {
        var session = ((SqliteDatabase)database).OpenWriterSession();
        session.Execute("PRAGMA synchronous=OFF");
        return session;
    }

    public override async Task CrashAsync()
    {
        var crashed = Path.Combine(_folder, $"crashed-{++_crashes}.db");
        await using (var from = new SqliteConnection($"Data Source={_path};Pooling=False"))
        await using (var to = new SqliteConnection($"Data Source={crashed};Pooling=False"))
        {
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }
        _path = crashed;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] Migrate()
    {
        var folder = Directory.CreateTempSubdirectory("pushhost-db-").FullName;
        using (var database = new SqliteDatabase("Data Source=migrated.db", folder))
        using (var start = database.Start())
            start.Migrate();
        var bytes = File.ReadAllBytes(Path.Combine(folder, "migrated.db"));
        Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
