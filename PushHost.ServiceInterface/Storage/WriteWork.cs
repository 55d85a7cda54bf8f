namespace PushHost.ServiceInterface.Storage;

/// <summary>Which queue of the writer a piece of work stands in.</summary>
internal enum WriteLane
{
    /// <summary>A caller waits for it: accepting a notification, registering a device.</summary>
    Caller,

    /// <summary>The engine's own: planning, claims, the journal, imports.</summary>
    Engine,
}

/// <summary>One piece of work for the writer: all of it happens, or nothing.</summary>
internal abstract class WriteWork
{
    /// <summary>Does the work inside the writer's transaction and keeps its result.</summary>
    /// <returns>What it threw, and must be undone for; null when all went well.</returns>
    public abstract Exception? TryRun(SqlSession session);

    /// <summary>Answers the caller: the group is on disk, or this piece of it was undone.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller that the group could not be stored.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class WriteWork<T>(Func<SqlSession, T> work) : WriteWork
{
    // Without asynchronous continuations the callers' next steps would run on the writer's own thread.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _error;
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override Exception? TryRun(SqlSession session)
    {
        _error = null;
        try
        {
            _result = work(session);
        }
        catch (Exception error)
        {
            _error = error;
        }
        return _error;
    }

    public override void Complete()
    {
        if (_error is null)
            _completion.TrySetResult(_result!);
        else
            _completion.TrySetException(StorageErrors.Translate(_error));
    }

    public override void Fail(Exception error) => _completion.TrySetException(error);
}
