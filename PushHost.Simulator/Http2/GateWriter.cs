using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace PushHost.Simulator.Http2;

/// <summary>Takes Kestrel's frames, shows them to the gate, and sends them with injected frames in between.</summary>
/// <remarks>Kestrel writes from one place at a time and flushes whole frames; faults inject from any thread.</remarks>
/// <param name="inner">Where the bytes go.</param>
/// <param name="gate">Sees every frame.</param>
/// <param name="sync">The gate's lock: what is announced and what is sent keep one order.</param>
internal sealed class GateWriter(PipeWriter inner, FrameGate gate, Lock sync) : PipeWriter
{
    private byte[] _staged = new byte[4096];
    private int _stagedBytes;
    private ArrayBufferWriter<byte> _outgoing = new(4096);
    private ArrayBufferWriter<byte> _sending = new(4096);
    private ArrayBufferWriter<byte>? _early;
    private TaskCompletionSource<FlushResult>? _drained;
    private TaskCompletionSource? _idle;
    private bool _draining;
    private bool _completed;

    /// <summary>True once Kestrel's first SETTINGS went out; no other frame may come before it.</summary>
    public bool HasStarted { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _stagedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        var free = _staged.Length - _stagedBytes;
        if (free < Math.Max(sizeHint, 1))
            Array.Resize(ref _staged, Math.Max(_staged.Length * 2, _stagedBytes + sizeHint));
        return _staged.AsMemory(_stagedBytes);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _stagedBytes += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (sync)
        {
            PassWholeFrames();
            if (_draining)
                return new((_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            _draining = true;
        }
        return DrainAsync();
    }

    /// <summary>Sends a whole frame between Kestrel's.</summary>
    public void Inject(ReadOnlySpan<byte> frame)
    {
        lock (sync)
        {
            if (_completed)
                return;
            if (!HasStarted)
            {
                (_early ??= new()).Write(frame);
                return;
            }
            _outgoing.Write(frame);
            if (_draining)
                return;
            _draining = true;
        }
        _ = DrainInjectedAsync();
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <summary>Takes nothing more. What it took before, the last answers among it, still goes out.</summary>
    public override void Complete(Exception? exception = null)
    {
        lock (sync)
        {
            _completed = true;
            if (_draining)
                return;
        }
        inner.Complete(exception);
    }

    /// <summary>Completes when everything it took has gone out, or could not.</summary>
    public Task WaitUntilIdleAsync()
    {
        lock (sync)
            return _draining ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
    }

    private async Task DrainInjectedAsync()
    {
        try
        {
            await DrainAsync();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The connection went before the frame did; Kestrel learns of it by itself.
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> DrainAsync()
    {
        var result = default(FlushResult);
        try
        {
            while (true)
            {
                lock (sync)
                {
                    _sending.ResetWrittenCount();
                    if (_outgoing.WrittenCount == 0)
                    {
                        Drained(result, failure: null);
                        break;
                    }
                    (_outgoing, _sending) = (_sending, _outgoing);
                }
                result = await inner.WriteAsync(_sending.WrittenMemory, CancellationToken.None);
            }
            return result;
        }
        catch (Exception failure)
        {
            lock (sync)
                Drained(result, failure);
            throw;
        }
    }

    private void Drained(FlushResult result, Exception? failure)
    {
        _draining = false;
        if (_completed)
            inner.Complete(failure);
        _idle?.SetResult();
        _idle = null;
        if (_drained is not { } waiting)
            return;
        _drained = null;
        if (failure is null)
            waiting.SetResult(result);
        else
            waiting.SetException(failure);
    }

    // Kestrel writes a header block's frames together, so a flush never ends inside one.
    private void PassWholeFrames()
    {
        var rest = _staged.AsSpan(0, _stagedBytes);
        while (rest.Length >= Http2Frame.HeaderLength)
        {
            var frame = Http2Frame.Read(rest);
            var length = Http2Frame.HeaderLength + frame.Length;
            if (length > rest.Length)
                break;
            Pass(frame, rest[..length]);
            rest = rest[length..];
        }
        rest.CopyTo(_staged);
        _stagedBytes = rest.Length;
    }

    private void Pass(in Http2Frame frame, Span<byte> bytes)
    {
        if (!gate.Sending(frame))
            return;
        if (HasStarted || !frame.IsSettings)
        {
            _outgoing.Write(bytes);
            return;
        }

        gate.SendingFirstSettings(bytes[Http2Frame.HeaderLength..]);
        _outgoing.Write(bytes);
        HasStarted = true;
        if (_early is { } early)
            _outgoing.Write(early.WrittenSpan);
        _early = null;
        gate.HasBegun();
    }
}
