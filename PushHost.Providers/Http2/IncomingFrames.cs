namespace PushHost.Providers.Http2;

/// <summary>What a connection's reader and writer have to know of each other: scans what comes in, and holds back the news of a failed write
/// until everything the gateway sent before has been read.</summary>
/// <remarks>A gateway that says goodbye and closes makes our next write fail, perhaps before its GOAWAY was read. The handler gives up every
/// request at a failed write, and would not learn any more which of them were answered, or never processed.</remarks>
/// <param name="sink">Who hears of the frames, and of the end.</param>
/// <param name="time">The clock.</param>
internal sealed class IncomingFrames(IFrameSink sink, TimeProvider time)
{
    /// <summary>Reading ends at once when a write failed, unless the network is worse than broken or the machine is very busy: giving up early would make
    /// answers unknown that have already come.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(10);

    private readonly FrameScanner _scanner = new(sink);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasBegun;

    /// <summary>A read begins: from now on somebody reads to the end.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>These bytes came.</summary>
    public void Read(ReadOnlySpan<byte> bytes) => _scanner.Read(bytes);

    /// <summary>Nothing more will come.</summary>
    public void End()
    {
        sink.OnClosed();
        _end.TrySetResult();
    }

    /// <summary>Completes when all has been read that will come; at once if nobody reads.</summary>
    public Task WaitForEndAsync() =>
        _hasBegun ? _end.Task.WaitAsync(LongestReading, time) : Task.CompletedTask;
}
