namespace PushHost.ServiceInterface.Storage.Sqlite;

/// <summary>The one host of a file has nobody to tell.</summary>
internal sealed class SilentChannel : HostChannel
{
    public override void Open()
    {
    }

    public override void TellDeliveriesWait()
    {
    }

    public override void TellCancelled(long notification)
    {
    }

    public override void TellCompleted(long notification)
    {
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
