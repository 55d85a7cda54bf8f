namespace PushHost.Wire;

/// <summary>The words that the wire itself puts at the top of an error. Operations add their own.</summary>
public static class ErrorCodes
{
    /// <summary>400: a field is missing, unknown or wrong.</summary>
    public const string Validation = "ValidationException";

    /// <summary>400: the body isn't JSON.</summary>
    public const string InvalidJson = "InvalidJson";

    /// <summary>401: no credential, or not a good one.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>403: the caller is known and may not.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>404: no such thing, or no such path.</summary>
    public const string NotFound = "NotFound";

    /// <summary>405: the path exists, for other verbs.</summary>
    public const string MethodNotAllowed = "MethodNotAllowed";

    /// <summary>408: the body came too slowly.</summary>
    public const string RequestTimeout = "RequestTimeout";

    /// <summary>409: the state of things forbids it.</summary>
    public const string Conflict = "Conflict";

    /// <summary>413: the body is larger than the operation takes.</summary>
    public const string RequestTooLarge = "RequestTooLarge";

    /// <summary>415: the body's type or encoding isn't one the operation reads.</summary>
    public const string UnsupportedMediaType = "UnsupportedMediaType";

    /// <summary>429: too often; Retry-After says when to come again.</summary>
    public const string TooManyRequests = "TooManyRequests";

    /// <summary>500: our own fault, found in the log by the trace id in <c>meta</c>.</summary>
    public const string InternalError = "InternalError";

    /// <summary>503: not now; Retry-After says when to come again.</summary>
    public const string Unavailable = "Unavailable";

    /// <summary>The word for a status that the framework answered by itself.</summary>
    internal static string Of(int status) => status switch
    {
        400 => Validation,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        409 => Conflict,
        413 => RequestTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Unavailable,
        >= 500 => InternalError,
        _ => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase
            ? string.Concat(phrase.Where(char.IsAsciiLetter))
            : Validation,
    };

    /// <summary>The sentence for a status that the framework answered by itself.</summary>
    internal static string Describe(int status, HttpRequest request) => status switch
    {
        400 => "The request isn't well-formed HTTP.",
        401 => "This needs a key, in Authorization: Bearer <key> or in X-Api-Key.",
        403 => "The credential doesn't allow this.",
        404 => "There is nothing at this path; /metadata lists what there is.",
        405 => $"This path doesn't take {request.Method}; the Allow header says what it takes.",
        408 => "The request didn't arrive in time.",
        413 => "The body is larger than this operation takes.",
        415 => "The body's type isn't one this operation reads; send application/json.",
        429 => "Too many requests; come again later.",
        503 => "Not available at the moment; come again later.",
        >= 500 => "Something went wrong here. The trace id finds it in the host's log.",
        _ => $"The request was refused with status {status}.",
    };
}
