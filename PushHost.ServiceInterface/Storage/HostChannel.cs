namespace PushHost.ServiceInterface.Storage;

/// <summary>What hosts that share a database tell each other, so that none has to ask it all the time. News may be lost: whoever waits for some asks now and then.</summary>
internal abstract class HostChannel : IAsyncDisposable
{
    /// <summary>Called when another host has stored batches, or may have.</summary>
    public Action DeliveriesWait { get; set; } = () => { };

    /// <summary>Called with the id of a notification that another host has completed.</summary>
    public Action<long> Completed { get; set; } = _ => { };

    /// <summary>Called with the id of a notification that was cancelled at another host.</summary>
    public Action<long> Cancelled { get; set; } = _ => { };

    /// <summary>Begins to listen.</summary>
    public abstract void Open();

    /// <summary>Tells the others that there are batches to deliver.</summary>
    public abstract void TellDeliveriesWait();

    /// <summary>Tells the others that a notification is complete.</summary>
    public abstract void TellCompleted(long notification);

    /// <summary>Tells the others that a notification was cancelled.</summary>
    public abstract void TellCancelled(long notification);

    /// <summary>Says and hears nothing more.</summary>
    public abstract ValueTask DisposeAsync();
}
