using System.Collections.Frozen;
using System.Text.Json;

namespace PushHost.Simulator.Fcm;

/// <summary>An FCM v1 error: HTTP status, google.rpc status, message and, mostly, an errorCode in its details.</summary>
/// <param name="HttpStatus">The HTTP status.</param>
/// <param name="RpcStatus">Such as <c>NOT_FOUND</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="ErrorCode">Such as <c>UNREGISTERED</c>; null sends no FcmError detail.</param>
/// <param name="Violation">The field that is wrong; null sends no BadRequest detail.</param>
internal sealed record FcmError(int HttpStatus, string RpcStatus, string Message, string? ErrorCode = null, FieldViolation? Violation = null)
{
    /// <summary>The codes of the "ErrorCode" page (Firebase REST reference).</summary>
    public static readonly FrozenDictionary<string, FcmError> Codes = new FcmError[]
    {
        new(400, "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token", "INVALID_ARGUMENT"),
        new(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED"),
        new(403, "PERMISSION_DENIED", "SenderId mismatch", "SENDER_ID_MISMATCH"),
        new(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", "QUOTA_EXCEEDED"),
        new(503, "UNAVAILABLE", "The service is currently unavailable.", "UNAVAILABLE"),
        new(500, "INTERNAL", "Internal error encountered.", "INTERNAL"),
        new(401, "UNAUTHENTICATED", "Auth error from APNS or Web Push Service", "THIRD_PARTY_AUTH_ERROR"),
        new(500, "UNKNOWN", "Unknown error.", "UNSPECIFIED_ERROR"),
    }.ToFrozenDictionary(error => error.ErrorCode!);

    public static readonly FcmError Unauthenticated = new(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.");

    public static readonly FcmError Forbidden = new(
        403, "PERMISSION_DENIED", "Permission 'cloudmessaging.messages.create' denied on resource (or it may not exist).");

    public static readonly FcmError ProjectNotFound = new(404, "NOT_FOUND", "Requested entity was not found.");

    /// <summary>The word for counters and the outbox.</summary>
    public string Name => ErrorCode ?? RpcStatus;

    public static FcmError Invalid(FieldViolation violation, bool isFcm = true) =>
        new(400, "INVALID_ARGUMENT", violation.Description, isFcm ? "INVALID_ARGUMENT" : null, violation);

    public byte[] ToJson()
    {
        var details = new List<object>();
        if (ErrorCode is not null)
            details.Add(new Dictionary<string, object> { ["@type"] = "type.googleapis.com/google.firebase.fcm.v1.FcmError", ["errorCode"] = ErrorCode });
        if (Violation is not null)
        {
            details.Add(new Dictionary<string, object>
            {
                ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
                ["fieldViolations"] = new[] { new Dictionary<string, string> { ["field"] = Violation.Field, ["description"] = Violation.Description } },
            });
        }
        var error = new Dictionary<string, object> { ["code"] = HttpStatus, ["message"] = Message, ["status"] = RpcStatus };
        if (details.Count > 0)
            error["details"] = details;
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["error"] = error });
    }
}

/// <param name="Field">Where, such as <c>message.data[0].value</c>.</param>
/// <param name="Description">What is wrong.</param>
internal sealed record FieldViolation(string Field, string Description);
