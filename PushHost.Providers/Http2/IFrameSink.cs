namespace PushHost.Providers.Http2;

/// <summary>Hears what a gateway says about its connection. Called on the thread that reads; must be quick.</summary>
internal interface IFrameSink
{
    /// <summary>A SETTINGS frame came.</summary>
    /// <param name="maxConcurrentStreams">The stream limit it announces; null if it says nothing of it.</param>
    void OnSettings(uint? maxConcurrentStreams);

    /// <summary>A GOAWAY frame came: no new streams, and those above the last one were not processed.</summary>
    /// <param name="lastStreamId">The highest stream that may have been processed.</param>
    /// <param name="debugData">At most <see cref="FrameScanner.MaxDebugData"/> bytes of what the gateway says beside it; valid during the call.</param>
    void OnGoAway(int lastStreamId, ReadOnlySpan<byte> debugData);

    /// <summary>A RST_STREAM frame came.</summary>
    /// <param name="errorCode">An HTTP/2 error code (RFC 9113 section 7).</param>
    void OnReset(uint errorCode);

    /// <summary>Nothing more will come.</summary>
    void OnClosed();
}
