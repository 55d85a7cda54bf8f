using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.Client;

/// <summary>Enums by the words of their <c>[EnumMember]</c>.</summary>
/// <remarks>A word that this version of the client doesn't know, said by a newer host, is read as the enum's zero, which no host sends.</remarks>
internal sealed class EnumWords<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => (T)field.GetValue(null)!, WordOf);

    private static readonly Dictionary<string, T> Values = Words.ToDictionary(word => word.Value, word => word.Key, StringComparer.OrdinalIgnoreCase);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Values.TryGetValue(reader.GetString()!, out var value) ? value : default,
        JsonTokenType.Number => default,
        _ => throw new JsonException($"{typeof(T).Name} must be a word."),
    };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.TryGetValue(value, out var word) ? word : throw new JsonException($"{typeof(T).Name} has no member {value}."));

    private static string WordOf(FieldInfo field) =>
        field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name);
}

internal sealed class EnumWordsFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumWords<>).MakeGenericType(typeToConvert))!;
}
