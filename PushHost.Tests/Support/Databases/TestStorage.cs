using NUnit.Framework;
using PushHost.ServiceInterface.Storage;

namespace PushHost.Tests.Support.Databases;

/// <summary>A migrated database of one test, of the kind that its fixture runs on.</summary>
internal abstract class TestStorage : IAsyncDisposable
{
    /// <summary>What the settings below <c>PushHost:Storage</c> say.</summary>
    public abstract StorageSettings Settings { get; }

    /// <summary>Whether this test runs on PostgreSQL.</summary>
    public static bool OnPostgres =>
        TestContext.CurrentContext.Test.AllPropertyValues(OnBothDatabasesAttribute.Property).Contains(OnBothDatabasesAttribute.Postgres);

    /// <param name="folder">The test's own.</param>
    public static TestStorage New(string folder) => OnPostgres ? PostgresStorage.New() : new SqliteStorage(folder);

    /// <summary>Opens it beside the host.</summary>
    public Database Open() => Database.Of(Settings, "/");

    /// <summary>A session that writes, without a transaction of its own.</summary>
    public abstract SqlSession OpenWriterSession(Database database);

    /// <summary>Makes a copy of what is committed at this moment the database: what is still written to the one before doesn't count.</summary>
    public abstract Task CrashAsync();

    public abstract ValueTask DisposeAsync();
}
