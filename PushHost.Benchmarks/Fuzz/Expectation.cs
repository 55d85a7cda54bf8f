using System.Text.Json;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Fuzz;

/// <summary>What every answer must be, whatever was asked.</summary>
internal static class Expectation
{
    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public static string? Fault(HttpText request, RawAnswer answer)
    {
        // A line that names another version than HTTP/1.1 is answered 505, and rightly.
        var fine = answer.Status is (>= 200 and < 300) or (>= 400 and < 500) or 503 || (answer.Status == 505 && request.BreaksFraming);
        if (!fine)
            return $"answered {answer.Status}: {answer.Body}";
        if (answer.Status < 400 || request.BreaksFraming || request.Bytes.AsSpan().StartsWith("HEAD "u8))
            return null;
        // What Kestrel itself cannot take for HTTP, such as %00 in a path, it answers without a body, and closes.
        if (answer is { Status: 400 or 414 or 431, Body: "", Closes: true })
            return null;
        return ErrorCode(answer) is null ? $"answered {answer.Status} without an errorCode: {answer.Body}" : null;
    }

    /// <summary>The error's code; null if it has none.</summary>
    public static string? ErrorCode(RawAnswer answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return body.RootElement.GetProperty("responseStatus").GetProperty("errorCode").GetString() is { Length: > 0 } code ? code : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
