namespace PushHost.ServiceInterface.Storage;

/// <summary>Where data is kept.</summary>
public sealed class StorageSettings
{
    internal const string ConnectionStringPath = "PushHost:Storage:ConnectionString";

    internal const string Sqlite = "sqlite";
    internal const string Postgres = "postgres";

    /// <summary><c>sqlite</c> for one host and a file, <c>postgres</c> for any number of hosts and a server.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>The database; SQLite's relative path starts at the content root.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/pushhost.db";
}
