namespace PushHost.ServiceInterface.Storage;

/// <summary>The database cannot take the work now: full, read-only, away or overrun. Nothing of it was stored; callers may try again.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database cannot be used at all; the message names the setting and the reason.</summary>
public sealed class StorageStartException(string message, Exception? inner = null) : Exception(message, inner);
