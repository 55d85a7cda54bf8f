namespace PushHost.Providers;

/// <summary>The message is more than the gateway takes. Thrown before anything is stored or sent.</summary>
public sealed class PayloadTooLargeException : Exception
{
    /// <param name="bytes">How many bytes the message came to.</param>
    /// <param name="limit">How many the gateway takes.</param>
    public PayloadTooLargeException(int bytes, int limit)
        : base($"the message is {bytes} bytes, and the gateway takes {limit}")
    {
        Bytes = bytes;
        Limit = limit;
    }

    /// <summary>How many bytes the message came to.</summary>
    public int Bytes { get; }

    /// <summary>How many the gateway takes.</summary>
    public int Limit { get; }
}

/// <summary>The message says something that this gateway cannot carry. Thrown before anything is stored or sent.</summary>
public sealed class MessageInvalidException : Exception
{
    /// <param name="fieldName">The member at fault, relative to the message, such as <c>data.aps</c> or <c>collapseId</c>.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public MessageInvalidException(string fieldName, string message)
        : base(message) => FieldName = fieldName;

    /// <summary>The member at fault, relative to the message.</summary>
    public string FieldName { get; }
}
