using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PushHost.Client;

/// <summary>The wire's JSON: camelCase, nulls left out, UTC times ending in <c>Z</c>, durations such as <c>PT1H30M</c>, enums by their words.</summary>
internal static class ClientJson
{
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Writes a request by its own type, whatever it is declared as.</summary>
    public static byte[] Bytes(object request) => JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // It is JSON and never HTML: other alphabets travel as they are instead of six bytes a character.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveStreamsOut } },
            Converters = { new MomentConverter(), new DurationConverter(), new EnumWordsFactory() },
        };
        options.MakeReadOnly();
        return options;
    }

    // The stream of an import is the request's body, not a member of it.
    private static void LeaveStreamsOut(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].PropertyType == typeof(Stream))
                type.Properties.RemoveAt(i);
        }
    }
}
