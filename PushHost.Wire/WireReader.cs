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

/// <summary>Reads single values from text as query strings carry them.</summary>
public static class WireText
{
    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">A number, truth value, time, duration, Guid or enum.</typeparam>
    /// <exception cref="FormatException">It is no such value; the message says what would be: <c>must be a whole number from …</c>.</exception>
    public static T Parse<T>(ReadOnlySpan<char> text)
    {
        var scalar = Scalar.For(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is not one piece of text");
        return scalar.TryParse(text, out var value) ? (T)value! : throw new FormatException($"must be {scalar.Expected}");
    }
}
