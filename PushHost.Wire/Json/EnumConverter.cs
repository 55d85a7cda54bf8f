using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.Wire;

/// <summary>Enums by the words of <see cref="EnumNames{T}"/>; numbers are read too, and flags are written as numbers.</summary>
internal sealed class EnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return ReadAsPropertyName(ref reader, typeToConvert, options);
        return reader.TokenType == JsonTokenType.Number
            && reader.TryGetInt64(out var number)
            && EnumNames<T>.TryFromNumber(number, out var value)
            ? value
            : throw new WireFormatException(EnumNames<T>.Expected);
    }

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumNames<T>.TryParse(reader.GetString(), out var value) ? value : throw new WireFormatException(EnumNames<T>.Expected);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (EnumNames<T>.WordOf(value) is { } word)
            writer.WriteStringValue(word);
        else
            writer.WriteNumberValue(EnumNames<T>.Number(value));
    }

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(EnumNames<T>.WordOf(value) ?? $"{EnumNames<T>.Number(value)}");
}

internal sealed class EnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert))!;
}
