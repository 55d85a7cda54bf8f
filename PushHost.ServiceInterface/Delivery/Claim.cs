using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>A leased batch.</summary>
/// <param name="batch">The row, with its new lease epoch.</param>
/// <param name="leaseUntil">Unix milliseconds: from then on another worker may claim it.</param>
internal sealed class Claim(BatchRow batch, long leaseUntil)
{
    private long _leaseUntil = leaseUntil;

    public BatchRow Batch => batch;

    /// <summary>Unix milliseconds. It moves on while verdicts are recorded.</summary>
    public long LeaseUntil
    {
        get => Interlocked.Read(ref _leaseUntil);
        set => Interlocked.Exchange(ref _leaseUntil, value);
    }
}
