namespace PushHost.ServiceInterface.Storage;

/// <summary>Where data is kept.</summary>
public sealed class StorageSettings
{
    internal const string ConnectionStringPath = "PushHost:Storage:ConnectionString";

    /// <summary><c>sqlite</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>The database; a relative path starts at the content root.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/pushhost.db";
}
