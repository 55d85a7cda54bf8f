namespace PushHost.Wire;

/// <summary>What a host may choose about its wire.</summary>
public sealed class WireOptions
{
    /// <summary>How large a request body may be where its operation has no <see cref="RequestLimitAttribute"/>. 1 MiB unless set; -1 is
    /// no limit.</summary>
    public long MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>The realm named in the <c>WWW-Authenticate</c> header of a 401.</summary>
    public string Realm { get; set; } = "PushHost";
}
