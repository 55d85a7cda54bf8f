using System.IO.Compression;
using System.Text;

namespace PushHost.Benchmarks.Fuzz;

/// <summary>Makes bad requests out of good ones. The same random numbers make the same requests.</summary>
internal sealed class FuzzGenerator(Random random)
{
    private static readonly string[] Snippets =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "0", "1e999", "\\u", "\\ud83d", "\\ude00\\ud83d", "\"\"", " ", "\0", "é", "😀", "\"__type\":1,", "{}", "[]", "\"id\":1,",
        "99999999999999999999", "1.5", "/Date(", "\\/Date(99999999999999999)\\/", "P1Y", "PT9999999999999H", "\\", "%", "%zz", "%00", "%ff", "%2F", "%252F", "..", "//", "?", "&", "=", "+", "#", ";", "'",
        "&&", "||", "!", "((((", "))))", "\r\n", "\t", "\u2028", "\uFEFF", "9007199254740993", "-9223372036854775809", "NaN", "Infinity", "undefined", "format=xml&", "skip=-1&", "take=1001&",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: application/xml", "Content-Type: application/json; charset=utf-16", "Content-Type: rubbish", "Content-Type: multipart/form-data; boundary=x", "Content-Encoding: gzip",
        "Content-Encoding: br", "Content-Encoding: deflate", "Content-Encoding: zstd", "X-Http-Method-Override: GET", "X-Http-Method-Override: DELETE", "X-Http-Method-Override: BREW",
        "Idempotency-Key: k", "Idempotency-Key: ", "Accept: text/html", "Expect: 100-continue", "Origin: https://admin.example.com", "Origin: null", "Authorization: Basic YTpi",
        "Authorization: Bearer", "Cookie: a=b", "Access-Control-Request-Method: POST", "If-None-Match: *", "Range: bytes=0-1",
    ];

    public HttpText Next()
    {
        var seed = Pick(Seed.All);
        return random.Next(12) switch
        {
            < 5 => Request("mangled body", seed, seed.Path, Mangle(Encoding.UTF8.GetBytes(seed.Body ?? "{}"))),
            < 8 => Request("mangled target", seed, Target(seed.Path), seed.Body is null ? null : Encoding.UTF8.GetBytes(seed.Body)),
            8 => Request("strange headers", seed, seed.Path, seed.Body is null ? null : Encoding.UTF8.GetBytes(seed.Body), Pick(Headers), Pick(Headers)),
            9 => Compressed(seed),
            10 => Large(seed),
            _ => Broken(seed),
        };
    }

    private static HttpText Request(string about, Seed seed, string target, byte[]? body, params string[] headers) => HttpText.Of(about, seed.Method, target, body, headers);

    private byte[] Mangle(byte[] good)
    {
        var bytes = good.ToList();
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when bytes.Count > 0:
                    bytes[Math.Min(at, bytes.Count - 1)] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at));
                    break;
                case 2:
                    var from = random.Next(bytes.Count + 1);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(random.Next(60), bytes.Count - from)));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pick(Snippets)));
                    break;
            }
        }
        return [.. bytes];
    }

    // Only what may stand in a request line: all else is no HTTP, and made by Broken.
    private string Target(string good)
    {
        var text = Encoding.Latin1.GetString(Mangle(Encoding.Latin1.GetBytes(good)));
        var target = new StringBuilder("/");
        foreach (var character in text.TrimStart('/'))
        {
            if (character is > ' ' and < '\u007f')
                target.Append(character);
            else
                target.Append('%').Append(((int)character).ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return target.ToString();
    }

    private HttpText Compressed(Seed seed)
    {
        using var compressed = new MemoryStream();
        var encoding = Pick("gzip", "deflate", "br");
        using (Stream encoder = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
        })
            encoder.Write(random.Next(4) == 0 ? new byte[random.Next(8 << 20)] : Encoding.UTF8.GetBytes(seed.Body ?? "{}"));
        var body = compressed.ToArray();
        return Request($"compressed {encoding}", seed, seed.Path, random.Next(2) == 0 ? Mangle(body) : body, $"Content-Encoding: {encoding}");
    }

    private HttpText Large(Seed seed)
    {
        var unit = Pick("[", "{\"a\":", "{", "\"", "\\ud83d", "\"a\":1,", "1", "(", "a && ", "{},", "[{}],", "\u00fc", "\"x\",");
        var filler = string.Concat(Enumerable.Repeat(unit, random.Next(1, 200_000 / unit.Length)));
        if (random.Next(4) == 0)
            return Request("large target", seed, Target($"/api/{Pick("QueryDevices?ids=", "QueryDevices?tags=", "RegisterDevice?attributes=")}{filler}"), seed.Body is null ? null : "{}"u8.ToArray());
        var good = seed.Body ?? "{\"data\":}";
        var at = random.Next(good.Length + 1);
        return Request("large body", seed, seed.Path, Encoding.UTF8.GetBytes(good[..at] + filler + good[at..]));
    }

    private HttpText Broken(Seed seed)
    {
        var request = HttpText.Of("broken", seed.Method, seed.Path, seed.Body is null ? null : Encoding.UTF8.GetBytes(seed.Body)).Bytes;
        if (random.Next(3) == 0)
        {
            var chunks = Encoding.ASCII.GetBytes($"{seed.Method} {seed.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Api-Key: {Support.HostProcess.AdminKey}\r\nTransfer-Encoding: chunked\r\n\r\n");
            request = [.. chunks, .. Mangle("5\r\n{\"id\"\r\n3\r\n:1}\r\n0\r\n\r\n"u8.ToArray())];
            return new HttpText("broken chunks", request, BreaksFraming: true);
        }
        return new HttpText("broken HTTP", Mangle(request), BreaksFraming: true);
    }

    private T Pick<T>(params T[] several) => several[random.Next(several.Length)];
}
