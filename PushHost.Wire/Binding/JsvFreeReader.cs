using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Turns JSV into JSON where no type guides it: objects, lists and text. JSV doesn't say which text was a number.</summary>
internal static class JsvFreeReader
{
    public static JsonElement ToJson(ref JsvReader reader, ReadOnlySpan<char> ends)
    {
        var buffer = new ArrayPoolWriter();
        try
        {
            using (var writer = new Utf8JsonWriter(buffer))
                Write(ref reader, writer, ends);
            var json = new Utf8JsonReader(buffer.Written.Span, new() { MaxDepth = 2 * WireJson.MaxDepth });
            return JsonElement.ParseValue(ref json);
        }
        finally
        {
            buffer.Release();
        }
    }

    private static void Write(ref JsvReader reader, Utf8JsonWriter writer, ReadOnlySpan<char> ends)
    {
        reader.Enter();
        if (reader.Take('{'))
            WriteObject(ref reader, writer);
        else if (reader.Take('['))
            WriteList(ref reader, writer);
        else
            writer.WriteStringValue(reader.ReadText(ends));
        reader.Leave();
    }

    private static void WriteObject(ref JsvReader reader, Utf8JsonWriter writer)
    {
        var keys = new HashSet<string>();
        writer.WriteStartObject();
        while (!reader.Take('}'))
        {
            var key = reader.ReadText(":");
            reader.Expect(':', "an object");
            reader.Path.Enter(key);
            if (!keys.Add(key))
                throw reader.Twice();
            writer.WritePropertyName(key);
            Write(ref reader, writer, ",}");
            reader.Path.Leave();
            if (!reader.Peek('}'))
                reader.Expect(',', "an object");
        }
        writer.WriteEndObject();
    }

    private static void WriteList(ref JsvReader reader, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        if (!reader.Take(']'))
        {
            do
                Write(ref reader, writer, ",]");
            while (reader.Take(','));
            reader.Expect(']', "a list");
        }
        writer.WriteEndArray();
    }
}
