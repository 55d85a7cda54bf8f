using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Turns JSV into JSON where no type guides it: objects, lists and text. JSV doesn't say which text was a number.</summary>
internal static class JsvFreeReader
{
    public static JsonElement ToJson(ref JsvReader reader, string path, ReadOnlySpan<char> ends)
    {
        var buffer = new ArrayPoolWriter();
        try
        {
            using (var writer = new Utf8JsonWriter(buffer))
                Write(ref reader, writer, path, ends);
            var json = new Utf8JsonReader(buffer.Written.Span, new() { MaxDepth = 2 * WireJson.MaxDepth });
            return JsonElement.ParseValue(ref json);
        }
        finally
        {
            buffer.Release();
        }
    }

    private static void Write(ref JsvReader reader, Utf8JsonWriter writer, string path, ReadOnlySpan<char> ends)
    {
        reader.Enter(path);
        if (reader.Take('{'))
            WriteObject(ref reader, writer, path);
        else if (reader.Take('['))
            WriteList(ref reader, writer, path);
        else
            writer.WriteStringValue(reader.ReadText(path, ends));
        reader.Leave();
    }

    private static void WriteObject(ref JsvReader reader, Utf8JsonWriter writer, string path)
    {
        var keys = new HashSet<string>();
        writer.WriteStartObject();
        while (!reader.Take('}'))
        {
            var key = reader.ReadText(path, ":");
            reader.Expect(':', path, "an object");
            if (!keys.Add(key))
                throw new JsvException($"{path}.{key}", "must not be given twice");
            writer.WritePropertyName(key);
            Write(ref reader, writer, $"{path}.{key}", ",}");
            if (!reader.Peek('}'))
                reader.Expect(',', path, "an object");
        }
        writer.WriteEndObject();
    }

    private static void WriteList(ref JsvReader reader, Utf8JsonWriter writer, string path)
    {
        writer.WriteStartArray();
        if (!reader.Take(']'))
        {
            do
                Write(ref reader, writer, path, ",]");
            while (reader.Take(','));
            reader.Expect(']', path, "a list");
        }
        writer.WriteEndArray();
    }
}
