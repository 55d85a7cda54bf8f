using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PushHost.Wire;

/// <summary>The JSON dialect of the wire: what ServiceStack's .NET and TypeScript clients send is read, what all of them read is
/// written.</summary>
internal sealed class WireJson
{
    /// <summary>How deep a request may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>The dialect, made once; it has no settings.</summary>
    public static readonly WireJson Shared = new();

    public WireJson()
    {
        ReadOptions = Dialect(MaxDepth);
        // An answer may wrap free JSON that was as deep as a request may be.
        WriteOptions = Dialect(2 * MaxDepth);
        ErrorType = WriteOptions.GetTypeInfo(typeof(ErrorResponse));
    }

    public JsonSerializerOptions ReadOptions { get; }

    public JsonSerializerOptions WriteOptions { get; }

    public JsonTypeInfo ErrorType { get; }

    /// <summary>Writes JSON that was built by hand.</summary>
    public Task WriteAsync(HttpContext http, JsonNode value) => WriteAsync(http, value, WriteOptions.GetTypeInfo(typeof(JsonNode)));

    /// <summary>Writes a whole body with its length, so that a value which cannot be written becomes an error and not half an
    /// answer.</summary>
    public async Task WriteAsync(HttpContext http, object value, JsonTypeInfo type)
    {
        var buffer = new ArrayPoolWriter();
        try
        {
            using (var writer = Writer(buffer))
                JsonSerializer.Serialize(writer, value, type);
            await WriteAsync(http, buffer);
        }
        finally
        {
            buffer.Release();
        }
    }

    /// <summary>Writes a body that is JSON already.</summary>
    public static async Task WriteAsync(HttpContext http, ArrayPoolWriter body)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Written.Length;
        // Not cancelled when the client goes away: Kestrel then drops what is written, and an error being told must not raise another.
        await http.Response.BodyWriter.WriteAsync(body.Written, CancellationToken.None);
    }

    /// <summary>A writer in this dialect.</summary>
    public Utf8JsonWriter Writer(ArrayPoolWriter to) => new(to, new() { Encoder = WriteOptions.Encoder, SkipValidation = true });

    private static JsonSerializerOptions Dialect(int maxDepth)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = true,
            AllowDuplicateProperties = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // ServiceStack.Text doesn't unescape \u002B in dates; answers are JSON, never HTML, so little needs escaping.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = maxDepth,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DataContracts.Apply } },
            Converters =
            {
                new DateTimeConverter(), new DateTimeOffsetConverter(), new DurationConverter(), new TimeOfDayConverter(),
                new GuidConverter(), new EnumConverterFactory(), new FreeObjectConverter(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
