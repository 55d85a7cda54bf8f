using Microsoft.Net.Http.Headers;

namespace PushHost.Wire;

/// <summary>What a host may choose about its wire.</summary>
public sealed class WireOptions
{
    /// <summary>How large a request body may be where its operation has no <see cref="RequestLimitAttribute"/>. 1 MiB unless set; -1 is
    /// no limit.</summary>
    public long MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>The realm named in the <c>WWW-Authenticate</c> header of a 401.</summary>
    public string Realm { get; set; } = "PushHost";

    /// <summary>How many requests a batch may hold; more are refused with 413. 1,000 unless set.</summary>
    public int MaxBatchItems { get; set; } = 1000;

    /// <summary>How many bytes of answers a batch collects; once there are more it stops with 413. 16 MiB unless set.</summary>
    public int MaxBatchAnswerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The origins whose pages may call, such as <c>https://admin.example.com</c>; none unless set.</summary>
    public IList<string> CorsOrigins { get; } = [];

    /// <summary>The headers that such pages may read beside those the browser always shows.</summary>
    public IList<string> ExposedHeaders { get; } = [HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, BatchProgress.Header];
}
