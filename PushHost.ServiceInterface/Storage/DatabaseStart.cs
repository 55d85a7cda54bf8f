namespace PushHost.ServiceInterface.Storage;

/// <summary>Readies the database before anything else runs.</summary>
internal abstract class DatabaseStart : IDisposable
{
    /// <summary>Takes the place of a host for this process's life.</summary>
    /// <exception cref="StorageStartException">There is no place: another process has it, or it cannot be taken; the message names the setting.</exception>
    public abstract void Lock();

    /// <summary>Takes the place of a host, unless another process has the only one.</summary>
    /// <exception cref="StorageStartException">It cannot be taken; the message names the setting.</exception>
    public abstract bool TryLock();

    /// <summary>Brings the database to this version.</summary>
    /// <returns>The version before, 0 for a new database, and the version now.</returns>
    /// <exception cref="StorageStartException">It cannot be opened, written or migrated, or a newer PushHost made it; the message names the setting.</exception>
    public abstract (long Before, long After) Migrate();

    public abstract void Dispose();
}
