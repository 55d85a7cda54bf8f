namespace PushHost.Providers.Http2;

/// <summary>A request waiting for a free stream.</summary>
internal sealed class Waiter() : TaskCompletionSource<GatewayConnection>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public async ValueTask<GatewayConnection> WaitAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).TrySetCanceled(token), this))
            return await Task.ConfigureAwait(false);
    }
}
