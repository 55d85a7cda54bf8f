#pragma warning disable CA1032 // An error without status and code could not be answered.
namespace PushHost.Wire;

/// <summary>A request that cannot be granted, and what to answer: a status of 400 or more and a <c>responseStatus</c> body.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="errorCode">A word that programs decide by; see <see cref="ErrorCodes"/>.</param>
/// <param name="message">A sentence for people; callers see it.</param>
public sealed class RequestException(int status, string errorCode, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>A word that programs decide by.</summary>
    public string ErrorCode { get; } = errorCode;

    /// <summary>One entry per field that is wrong.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Further facts by name.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <summary>When to come again, sent as whole seconds, rounded up, in Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Which encodings of a body are read, where its encoding is at fault. Never with another 415: by this header clients tell the two apart
    /// (RFC 9110, 12.5.3).</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>400: fields are wrong. The message is the first one's.</summary>
    /// <param name="errors">At least one.</param>
    public static RequestException Validation(IEnumerable<FieldError> errors)
    {
        var all = errors.ToArray();
        return new(400, ErrorCodes.Validation, all[0].Message) { Errors = all };
    }

    /// <summary>400: one field is wrong.</summary>
    public static RequestException Validation(string field, string code, string message) => Validation([new(code, field, message)]);

    /// <summary>400: the body isn't JSON.</summary>
    public static RequestException InvalidJson(string message) => new(400, ErrorCodes.InvalidJson, message);

    /// <summary>401: no credential, or not a good one.</summary>
    public static RequestException Unauthorized(string message = "This needs a key, in Authorization: Bearer <key> or in X-Api-Key.") =>
        new(401, ErrorCodes.Unauthorized, message);

    /// <summary>403: the caller is known and may not.</summary>
    public static RequestException Forbidden(string message = "The credential doesn't allow this.") =>
        new(403, ErrorCodes.Forbidden, message);

    /// <summary>404: no such thing.</summary>
    public static RequestException NotFound(string message) => new(404, ErrorCodes.NotFound, message);

    /// <summary>409: the state of things forbids it.</summary>
    public static RequestException Conflict(string message, string code = ErrorCodes.Conflict) => new(409, code, message);

    /// <summary>413: the body is larger than the operation takes.</summary>
    public static RequestException TooLarge(long limit) =>
        new(413, ErrorCodes.RequestTooLarge, $"The body is larger than the {limit} bytes this operation takes.");

    /// <summary>415: the body's type or encoding isn't one the operation reads.</summary>
    public static RequestException UnsupportedMediaType(string message) => new(415, ErrorCodes.UnsupportedMediaType, message);

    /// <summary>429: too often.</summary>
    public static RequestException TooManyRequests(string message, TimeSpan retryAfter) =>
        new(429, ErrorCodes.TooManyRequests, message) { RetryAfter = retryAfter };

    /// <summary>503: not now.</summary>
    public static RequestException Unavailable(string message, TimeSpan retryAfter) =>
        new(503, ErrorCodes.Unavailable, message) { RetryAfter = retryAfter };
}
