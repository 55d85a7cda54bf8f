using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace PushHost.Simulator.Http2;

/// <summary>Passes what the client sends and shows its frame headers to the gate.</summary>
internal sealed class GateReader(PipeReader inner, FrameGate gate) : PipeReader
{
    private FrameScanner _scanner = new(Http2Frame.PrefaceLength);
    private ReadOnlySequence<byte> _last;
    private long _seen;
    private volatile bool _ended;

    /// <summary>Makes the connection look closed by the client, so that Kestrel lets it go.</summary>
    public void End()
    {
        _ended = true;
        inner.CancelPendingRead();
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new(Observe(reading.Result)) : AwaitAsync(reading);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
            return false;
        result = Observe(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _seen -= _last.Slice(0, consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> reading) => Observe(await reading);

    private ReadResult Observe(ReadResult result)
    {
        _last = result.Buffer;
        foreach (var memory in result.Buffer.Slice(_seen))
        {
            var bytes = memory.Span;
            while (_scanner.TryNext(ref bytes, out var frame))
                gate.Received(frame);
        }
        _seen = result.Buffer.Length;
        return _ended ? new ReadResult(result.Buffer, isCanceled: false, isCompleted: true) : result;
    }
}
