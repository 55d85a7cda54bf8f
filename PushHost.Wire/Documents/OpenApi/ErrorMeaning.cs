namespace PushHost.Wire;

/// <summary>What an error code means, for generated documents.</summary>
/// <param name="Code">The word at the top of the error.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Meaning">A sentence.</param>
public sealed record ErrorMeaning(string Code, int Status, string Meaning)
{
    /// <summary>The wire's own, in the order of their status.</summary>
    internal static readonly IReadOnlyList<ErrorMeaning> OfWire =
    [
        new(ErrorCodes.Validation, 400, "A member is missing, unknown or wrong; `errors` names each one."),
        new(ErrorCodes.InvalidJson, 400, "The body isn't JSON."),
        new(ErrorCodes.Unauthorized, 401, "There is no credential, or not a good one."),
        new(ErrorCodes.Forbidden, 403, "The credential is good, and doesn't allow this."),
        new(ErrorCodes.NotFound, 404, "There is no such thing."),
        new(ErrorCodes.RequestTimeout, 408, "The body came too slowly."),
        new(ErrorCodes.Conflict, 409, "The state of things forbids it."),
        new(ErrorCodes.RequestTooLarge, 413, "The body is larger than the operation takes."),
        new(ErrorCodes.UnsupportedMediaType, 415, "The body's type or encoding isn't one that the operation reads."),
        new(ErrorCodes.TooManyRequests, 429, "Too often; Retry-After says when to come again."),
        new(ErrorCodes.InternalError, 500, "A fault of the host; `meta.traceId` finds it in the log."),
        new(ErrorCodes.Unavailable, 503, "Not now; Retry-After says when to come again."),
    ];
}
