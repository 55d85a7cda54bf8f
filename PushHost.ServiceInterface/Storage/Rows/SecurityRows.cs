using LinqToDB.Mapping;

namespace PushHost.ServiceInterface.Storage.Rows;

/// <summary>A row of <c>app</c>.</summary>
[Table("app")]
internal sealed class AppRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }
    [Column("name")] public string Name { get; set; } = "";
    [Column("created_at")] public long CreatedAt { get; set; }
}

/// <summary>A row of <c>api_key</c>. The key itself is not stored.</summary>
[Table("api_key")]
internal sealed class ApiKeyRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }

    /// <summary>The app it is bound to; null for all.</summary>
    [Column("app")] public long? App { get; set; }

    [Column("name")] public string Name { get; set; } = "";

    /// <summary>The key's first characters, to tell keys apart.</summary>
    [Column("prefix")] public string Prefix { get; set; } = "";

    /// <summary>SHA-256 of the key.</summary>
    [Column("hash")] public byte[] Hash { get; set; } = [];

    /// <summary>The scopes, separated by spaces.</summary>
    [Column("scopes")] public string Scopes { get; set; } = "";

    [Column("created_at")] public long CreatedAt { get; set; }
    [Column("revoked_at")] public long? RevokedAt { get; set; }
}

/// <summary>A row of <c>idempotency</c>: which notification a key made.</summary>
[Table("idempotency")]
internal sealed class IdempotencyRow
{
    [Column("app"), PrimaryKey(0)] public long App { get; set; }
    [Column("caller"), PrimaryKey(1)] public string Caller { get; set; } = "";
    [Column("idempotency_key"), PrimaryKey(2)] public string IdempotencyKey { get; set; } = "";

    /// <summary>SHA-256 of the request's canonical form.</summary>
    [Column("request_hash")] public byte[] RequestHash { get; set; } = [];

    [Column("notification")] public long Notification { get; set; }
    [Column("created_at")] public long CreatedAt { get; set; }
}
