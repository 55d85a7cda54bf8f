namespace PushHost.Wire;

/// <summary>Counts what is read of a body.</summary>
internal sealed class CountedStream(Stream body) : BodyStream
{
    /// <summary>The bytes read so far.</summary>
    public long Count { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        Count += count;
        return count;
    }
}
