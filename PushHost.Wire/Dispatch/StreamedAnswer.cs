namespace PushHost.Wire;

/// <summary>An answer that is written as it comes, such as an export or server-sent events, instead of being built first.</summary>
/// <param name="contentType">The answer's Content-Type.</param>
/// <param name="write">Writes the answer. An error before its first byte is answered as one; after it the connection is cut.</param>
public sealed class StreamedAnswer(string contentType, Func<Stream, CancellationToken, Task> write)
{
    /// <summary>The answer's Content-Type.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>Writes the answer; cancelled when the client goes away.</summary>
    public Func<Stream, CancellationToken, Task> Write { get; } = write;

    /// <summary>The name under which a browser saves the answer; null shows it.</summary>
    public string? FileName { get; init; }
}
