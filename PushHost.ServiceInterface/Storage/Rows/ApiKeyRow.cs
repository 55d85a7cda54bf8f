namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>api_key</c>, as far as a request needs it. The key itself is not stored.</summary>
internal sealed class ApiKeyRow
{
    public long Id { get; set; }

    /// <summary>The app it is bound to; null for all.</summary>
    public long? App { get; set; }

    /// <summary>The scopes, separated by spaces.</summary>
    public string Scopes { get; set; } = "";
}
