using System.Text;
using PushHost.Simulator.Fcm;

namespace PushHost.Simulator;

/// <summary>FCM v1's own errors. In the legacy protocol a token's error becomes the corresponding one of that protocol.</summary>
public static class FcmFault
{
    /// <summary>An <c>errorCode</c> with its HTTP status and details.</summary>
    /// <param name="errorCode">Such as <c>UNREGISTERED</c>, <c>SENDER_ID_MISMATCH</c>, <c>QUOTA_EXCEEDED</c>, <c>UNAVAILABLE</c>,
    /// <c>INTERNAL</c>, <c>THIRD_PARTY_AUTH_ERROR</c>; <c>INVALID_ARGUMENT</c> is the one for a bad token.</param>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    /// <exception cref="ArgumentException">FCM has no such code.</exception>
    public static Fault Error(string errorCode, TimeSpan? retryAfter = null) => FcmError.Codes.TryGetValue(errorCode, out var error)
        ? Of(error, retryAfter) with { LegacyError = LegacyErrorOf(errorCode) }
        : throw new ArgumentException($"FCM has no errorCode '{errorCode}'.", nameof(errorCode));

    /// <summary>404: the app was removed or the token expired.</summary>
    public static Fault Unregistered() => Error("UNREGISTERED");

    /// <summary>400: the token is not one of FCM's.</summary>
    public static Fault InvalidToken() => Error("INVALID_ARGUMENT");

    /// <summary>429.</summary>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    public static Fault QuotaExceeded(TimeSpan? retryAfter = null) => Error("QUOTA_EXCEEDED", retryAfter);

    /// <summary>503.</summary>
    /// <param name="retryAfter">Sent as whole seconds; null sends no Retry-After.</param>
    public static Fault Unavailable(TimeSpan? retryAfter = null) => Error("UNAVAILABLE", retryAfter);

    /// <summary>401 without an errorCode: the access token is bad.</summary>
    public static Fault Unauthenticated() => Of(FcmError.Unauthenticated, retryAfter: null);

    /// <summary>403 without an errorCode: the account may not send for the project.</summary>
    public static Fault Forbidden() => Of(FcmError.Forbidden, retryAfter: null);

    /// <summary>404 without an errorCode: there is no such project.</summary>
    public static Fault ProjectNotFound() => Of(FcmError.ProjectNotFound, retryAfter: null);

    private static Fault Of(FcmError error, TimeSpan? retryAfter) => Fault.Answer(
        error.HttpStatus, error.Name, Encoding.UTF8.GetString(error.ToJson()), "application/json; charset=UTF-8", retryAfter);

    private static string LegacyErrorOf(string errorCode) => errorCode switch
    {
        "INVALID_ARGUMENT" => "InvalidRegistration",
        "UNREGISTERED" => "NotRegistered",
        "SENDER_ID_MISMATCH" => "MismatchSenderId",
        "QUOTA_EXCEEDED" => "DeviceMessageRateExceeded",
        "UNAVAILABLE" => "Unavailable",
        "THIRD_PARTY_AUTH_ERROR" => "InvalidApnsCredential",
        _ => "InternalServerError",
    };
}
