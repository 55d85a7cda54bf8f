using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.Wire;

/// <summary>A value that travels as a short JSON string, also as a dictionary's key.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
    where T : notnull
{
    private const int MaxLength = 128;

    /// <summary>What would have been right, for the message of an error.</summary>
    protected abstract string Expected { get; }

    protected abstract bool TryParse(ReadOnlySpan<char> text, out T value);

    /// <summary>Writes into 64 bytes or more and says how many.</summary>
    protected abstract int Format(T value, Span<byte> utf8);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Parse(ref reader) : throw new WireFormatException(Expected);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(ref reader);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        writer.WriteStringValue(utf8[..Format(value, utf8)]);
    }

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        writer.WritePropertyName(utf8[..Format(value, utf8)]);
    }

    private T Parse(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[MaxLength];
        if (reader.ValueSpan.Length > MaxLength)
            throw new WireFormatException(Expected);
        return TryParse(text[..reader.CopyString(text)], out var value) ? value : throw new WireFormatException(Expected);
    }
}
