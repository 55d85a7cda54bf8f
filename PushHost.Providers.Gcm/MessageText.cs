namespace PushHost.Providers.Gcm;

/// <summary>JSON text can hold half a surrogate pair (<c>"\ud83d"</c>), which is no text. The parser lets it pass and reading it throws.</summary>
internal static class MessageText
{
    /// <summary>Reads or writes JSON that came from a caller.</summary>
    /// <exception cref="MessageInvalidException">It holds half a surrogate pair.</exception>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException error)
        {
            throw new MessageInvalidException(path, $"holds text that is not valid Unicode: {error.Message}");
        }
    }
}
