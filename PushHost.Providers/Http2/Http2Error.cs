namespace PushHost.Providers.Http2;

/// <summary>The error codes of RFC 9113 section 7 that matter here.</summary>
internal enum Http2Error
{
    /// <summary>Nothing went wrong; so a gateway says goodbye.</summary>
    NoError = 0,

    /// <summary>The server did nothing with the stream.</summary>
    RefusedStream = 7,
}
