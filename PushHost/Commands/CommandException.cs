namespace PushHost.Commands;

/// <summary>A command cannot do its work. The message is one line that names what to put right and why.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The arguments cannot be read. The message is one line that names the argument and what would be right.</summary>
internal sealed class ArgumentsException(string message) : Exception(message);
