namespace PushHost.Wire;

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
