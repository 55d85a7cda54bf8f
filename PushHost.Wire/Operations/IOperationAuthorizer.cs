namespace PushHost.Wire;

/// <summary>Decides whether a caller may run an operation. Replace the default, which lets everybody pass, in the container.</summary>
public interface IOperationAuthorizer
{
    /// <summary>Returns if the caller may go on. Called before the body is read.</summary>
    /// <exception cref="RequestException">401 if the caller isn't known, 403 if it may not.</exception>
    ValueTask AuthorizeAsync(HttpContext http, Operation operation, CancellationToken cancellationToken);
}

internal sealed class EverybodyMayPass : IOperationAuthorizer
{
    public ValueTask AuthorizeAsync(HttpContext http, Operation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
