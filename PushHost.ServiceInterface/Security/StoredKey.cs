namespace PushHost.ServiceInterface.Security;

/// <summary>What is known of an API key that was made; the key itself is not stored.</summary>
/// <param name="Id">What it is revoked by.</param>
/// <param name="Name">What it is for, as its maker said.</param>
/// <param name="Prefix">How the key begins.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="App">The app it is bound to; null for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">Since when it is refused; null for a good one.</param>
public sealed record StoredKey(
    long Id, string Name, string Prefix, IReadOnlyList<string> Scopes, string? App, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
