using System.Net.Http;

namespace PushHost.Providers.Http2;

/// <summary>Judges a request that failed without an answer.</summary>
internal static class TransportFault
{
    /// <summary>Whether the gateway certainly did nothing with the request.</summary>
    /// <param name="error">How it failed.</param>
    /// <param name="request">The request.</param>
    /// <param name="saidGoodbye">Whether the gateway sent GOAWAY on its connection.</param>
    public static bool WasNotProcessed(Exception error, HttpRequestMessage request, bool saidGoodbye)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            // RFC 9113 section 8.7: a refused stream was not processed, and may be sent again.
            if (cause is ConnectionGoneException or HttpProtocolException { ErrorCode: (long)Http2Error.RefusedStream })
                return true;
            // Section 6.8: neither was a stream above the last one of a GOAWAY, which the handler ends with the GOAWAY's code. It sends such a request
            // again itself, but three times at the most. Those that may have been processed end with the connection, as broken off.
            if (saidGoodbye && cause is HttpProtocolException { ErrorCode: (long)Http2Error.NoError })
                return true;
        }
        // A request without its body is none that a gateway could act on.
        return request.Content is GatewayContent { WasWritten: false };
    }

    /// <summary>What happened, in words without token or payload.</summary>
    public static string Describe(Exception error, string? goAwayReason)
    {
        if (goAwayReason is not null)
            return $"the gateway closed the connection: {goAwayReason}";
        return error switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "the gateway's answer has too many headers",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "the gateway's answer is not valid HTTP/2",
            HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError, InnerException: HttpProtocolException protocol } =>
                $"the gateway ended the request with HTTP/2 error {protocol.ErrorCode}",
            _ => $"the connection broke off: {error.GetBaseException().Message}",
        };
    }
}
