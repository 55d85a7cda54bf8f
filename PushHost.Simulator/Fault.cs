using System.Net.Mime;
using System.Text;

namespace PushHost.Simulator;

internal enum FaultKind
{
    Slow,
    Answer,
    NoAnswer,
    ConnectionReset,
    StreamReset,
    GoAway,
    EndlessHeaders,
    LegacyOnly,
}

/// <summary>What a gateway does instead of accepting a well-formed request. A request that breaks a rule gets the rule's
/// error first. The protocols' own errors are in <see cref="ApnsFault"/>, <see cref="FcmFault"/> and <see cref="LegacyFault"/>.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>The word that counters and the outbox show.</summary>
    public string Name { get; }

    /// <summary>How long to wait first. Combines with every fault.</summary>
    public TimeSpan Delay { get; init; }

    internal FaultKind Kind { get; }

    internal int Status { get; private init; }

    internal byte[] Body { get; private init; } = [];

    internal string? ContentType { get; private init; }

    internal TimeSpan? RetryAfter { get; private init; }

    /// <summary>How often the body is sent, or how many bytes of headers.</summary>
    internal long Repeat { get; private init; } = 1;

    internal int ErrorCode { get; private init; }

    internal int? LastStreamId { get; private init; }

    internal DateTimeOffset? Timestamp { get; private init; }

    /// <summary>The per-token error of the legacy protocol.</summary>
    internal string? LegacyError { get; init; }

    /// <summary>The canonical id that the legacy protocol answers beside its message id.</summary>
    internal string? CanonicalId { get; init; }

    /// <summary>Accept, but only after the delay.</summary>
    public static Fault Slow(TimeSpan delay) => new(FaultKind.Slow, nameof(Slow)) { Delay = delay };

    /// <summary>Never answer; the stream stays open until the client gives up.</summary>
    public static Fault NoAnswer() => new(FaultKind.NoAnswer, nameof(NoAnswer));

    /// <summary>Reset the whole TCP connection, with all its streams.</summary>
    public static Fault ConnectionReset() => new(FaultKind.ConnectionReset, nameof(ConnectionReset));

    /// <summary>RST_STREAM. Over HTTP/1.1 the connection is reset.</summary>
    /// <param name="errorCode">RFC 9113's code; 7 is REFUSED_STREAM: not processed, safe to send again.</param>
    public static Fault StreamReset(int errorCode = 7) => new(FaultKind.StreamReset, nameof(StreamReset)) { ErrorCode = errorCode };

    /// <summary>GOAWAY on the request's connection. The request itself is processed only if it is not above the last stream.
    /// Over HTTP/1.1 the connection is reset.</summary>
    /// <param name="reason">Such as <c>Shutdown</c> or <c>IdleTimeout</c>.</param>
    /// <param name="lastStreamId">The last stream that is processed; null: the highest one so far. Raised to what was processed already.</param>
    /// <param name="timestamp">Sent beside the reason, in milliseconds.</param>
    public static Fault GoAway(string reason = "Shutdown", int? lastStreamId = null, DateTimeOffset? timestamp = null) =>
        new(FaultKind.GoAway, reason) { LastStreamId = lastStreamId, Timestamp = timestamp };

    /// <summary>Any answer. Reason is what counters show; the body is sent as it is, however false.</summary>
    /// <param name="status">200 to 599.</param>
    /// <param name="reason">The word for counters and the outbox.</param>
    /// <param name="body">Sent as UTF-8; null or empty for none.</param>
    /// <param name="contentType">Of the body; null sends none.</param>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    public static Fault Answer(int status, string reason, string? body = null, string? contentType = null, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new(FaultKind.Answer, reason)
        {
            Status = status,
            Body = Encoding.UTF8.GetBytes(body ?? ""),
            ContentType = contentType,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>A proxy's HTML page with 502.</summary>
    public static Fault HtmlPage() => Answer(
        502, nameof(HtmlPage), "<html><body><h1>502 Bad Gateway</h1></body></html>", MediaTypeNames.Text.Html);

    /// <summary>A body that calls itself JSON and is not.</summary>
    public static Fault NotJson(int status) => Answer(status, nameof(NotJson), "everything is fine", MediaTypeNames.Application.Json);

    /// <summary>JSON that ends in the middle.</summary>
    public static Fault TruncatedJson(int status) =>
        Answer(status, nameof(TruncatedJson), """{"reason":"BadDev""", MediaTypeNames.Application.Json);

    /// <summary>JSON whose one string has this many bytes, in steps of 64 KiB.</summary>
    public static Fault HugeBody(int status, long bytes = 64L * 1024 * 1024) =>
        Answer(status, nameof(HugeBody), new string('x', 64 * 1024), MediaTypeNames.Application.Json) with
        {
            Repeat = Math.Max(1, bytes / (64 * 1024)),
        };

    /// <summary>Response headers that go on for this many bytes.</summary>
    public static Fault EndlessHeaders(int status = 200, int bytes = 4 * 1024 * 1024) =>
        new(FaultKind.EndlessHeaders, nameof(EndlessHeaders)) { Status = status, Repeat = bytes };

    /// <summary>The request goes on to be accepted.</summary>
    internal bool Accepts => Kind is FaultKind.Slow or FaultKind.GoAway or FaultKind.LegacyOnly;

    internal static Fault LegacyOnly(string name) => new(FaultKind.LegacyOnly, name);
}
