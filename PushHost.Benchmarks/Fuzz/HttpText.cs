using System.Globalization;
using System.Text;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Fuzz;

/// <summary>A request as bytes.</summary>
/// <param name="About">What is special about it.</param>
/// <param name="Bytes">The whole request.</param>
/// <param name="BreaksFraming">Whether it may not be HTTP at all: then the server may close without a word, or answer without a body.</param>
internal sealed record HttpText(string About, byte[] Bytes, bool BreaksFraming = false)
{
    /// <summary>A request of these parts; nothing of them is checked.</summary>
    public static HttpText Of(string about, string method, string target, byte[]? body = null, params string[] headers)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {HostProcess.AdminKey}\r\n");
        if (body is not null && !headers.Any(header => header.StartsWith("Content-Type", StringComparison.Ordinal)))
            head.Append("Content-Type: application/json\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        if (body is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return new HttpText(about, [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body ?? []]);
    }

    /// <summary>The same with a body of text.</summary>
    public static HttpText Of(string about, string method, string target, string body, params string[] headers) =>
        Of(about, method, target, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>The request for people: its beginning, with what cannot be printed escaped.</summary>
    public override string ToString()
    {
        const int Shown = 1500;
        var text = new StringBuilder($"{About}, {Bytes.Length} bytes: ");
        foreach (var value in Bytes.AsSpan(0, Math.Min(Bytes.Length, Shown)))
        {
            if (value is >= 32 and < 127)
                text.Append((char)value);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }
        return text.Append(Bytes.Length > Shown ? "…" : "").ToString();
    }
}
