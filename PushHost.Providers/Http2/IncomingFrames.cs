using System.Runtime.CompilerServices;

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

    /// <summary>Finishes a read of the connection, and scans what it brought.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(ValueTask<int> reading, ReadOnlyMemory<byte> buffer)
    {
        var count = 0;
        try
        {
            count = await reading.ConfigureAwait(false);
        }
        finally
        {
            if (count == 0 && buffer.Length > 0)
                End();
        }
        _scanner.Read(buffer.Span[..count]);
        return count;
    }

    /// <summary>Finishes a write to the connection; its failure is told when everything has been read that will come.</summary>
    public ValueTask WriteAsync(ValueTask writing) => writing.IsCompletedSuccessfully ? writing : FinishAsync(writing);

    /// <summary>Nothing more will come.</summary>
    public void End()
    {
        sink.OnClosed();
        _end.TrySetResult();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync(ValueTask writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (IOException)
        {
            // At once if nobody reads.
            if (_hasBegun)
                await _end.Task.WaitAsync(LongestReading, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
