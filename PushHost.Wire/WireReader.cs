namespace PushHost.Wire;

/// <summary>Reads objects from JSON text that is no request body, such as the lines of an import, in the same dialect and with the same errors.</summary>
/// <typeparam name="T">A class, or a dictionary for free JSON. Members that it doesn't know are ignored.</typeparam>
/// <param name="subject">What errors call the text, such as <c>The line</c>.</param>
public sealed class WireReader<T>(string subject)
    where T : class
{
    private readonly JsonBinder _binder = new(typeof(T), WireJson.Shared, refusesUnknown: false, subject);

    /// <summary>Reads one object. Safe for concurrent use.</summary>
    /// <exception cref="RequestException">It isn't JSON, or not of this type; the errors name its members.</exception>
    public T Read(ReadOnlySpan<byte> text)
    {
        text = JsonBinder.Strip(text);
        return text.IsEmpty ? throw RequestException.InvalidJson($"{subject} is empty.") : (T)_binder.Bind(text);
    }
}
