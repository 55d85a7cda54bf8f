using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Writes objects in the wire's JSON where they are no whole answer, such as the lines of a stream.</summary>
public static class WireWriter
{
    /// <summary>The object's JSON, on one line.</summary>
    public static byte[] Write<T>(T value)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Shared.WriteOptions);
}
