using Microsoft.Extensions.Logging;

namespace PushHost.Providers.Apns;

// A device token leads to a person's phone: none is ever logged, and no payload.
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Signed a new provider token with key {KeyId} of team {TeamId}")]
    public static partial void TokenRenewed(this ILogger logger, string keyId, string teamId);

    [LoggerMessage(4002, LogLevel.Warning, "APNs ({Environment}) does not take the credential for {BundleId}: {Reason}")]
    public static partial void CredentialRejected(this ILogger logger, string environment, string bundleId, string reason);
}
