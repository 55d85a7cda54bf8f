namespace PushHost.Client;

/// <summary>How a <see cref="PushHostClient"/> reaches its host, and how patient it is.</summary>
public sealed class PushHostClientOptions
{
    /// <summary>The host's address, such as <c>https://push.example.com/</c>, with the path under which a proxy serves it; the HTTP client's
    /// <see cref="HttpClient.BaseAddress"/> where it is null.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>An API key, or a user's token (JWT). Sent as <c>Authorization: Bearer</c>; null leaves that to the HTTP client's own headers.</summary>
    public string? Key { get; set; }

    /// <summary>How often a request is sent again when it failed in a way that may pass: no answer, or 408, 429, 502, 503 or 504. 4 unless set; 0 is never.</summary>
    /// <remarks>Only requests that do no harm when they arrive twice are repeated: GET, PUT, PATCH and DELETE, those marked
    /// <see cref="PushHost.ServiceModel.RepeatableAttribute"/>, and sends with an idempotency key.</remarks>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The first pause before a repeat, doubled with each further one, and shortened by chance so that many callers don't come back at once.
    /// 200 ms unless set. Never shorter than the host's <c>Retry-After</c>.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause before a repeat; 30 s unless set. A host that asks for a longer one ends the request instead.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take, until its whole answer is there; 100 s unless set. Imports, exports and events take what they take,
    /// so an <see cref="HttpClient"/> that is used for long ones needs an infinite <see cref="HttpClient.Timeout"/> of its own.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Whether a send without an idempotency key is given one, the same in each repeat, so that it is never sent twice. True unless set.</summary>
    public bool AddIdempotencyKeys { get; set; } = true;

    /// <summary>The clock; the system's unless set.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
