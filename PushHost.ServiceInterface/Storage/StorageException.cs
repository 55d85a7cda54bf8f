namespace PushHost.ServiceInterface.Storage;

/// <summary>The database cannot take the work now: full, read-only, away or overrun. Nothing of it was stored; callers may try again.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>It may have been stored all the same: the database went away in the moment of committing, and did not come back to tell.</summary>
    public bool MayBeStored { get; init; }
}

/// <summary>The database cannot be used at all; the message names the setting and the reason.</summary>
public sealed class StorageStartException(string message, Exception? inner = null) : Exception(message, inner);
