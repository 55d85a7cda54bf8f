using System.IO.Compression;
using System.Text;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Fuzz;

/// <summary>Requests made to cost much: each must be refused, with a code, quickly and without a trace.</summary>
internal static class HostileRequests
{
    private const int Megabyte = 1024 * 1024;

    public static IReadOnlyList<HttpText> All { get; } =
    [
        Body("1 MB of opened lists", Fill("[", Megabyte)),
        Body("1 MB of opened objects", Fill("{\"a\":", Megabyte)),
        Body("1 MB of opened lists in a free member", "{\"attributes\":{\"a\":" + Fill("[", Megabyte - 100)),
        Body("1 MB of nested lists, closed", "{\"attributes\":{\"a\":" + Fill("[", Megabyte / 2 - 50) + Fill("]", Megabyte / 2 - 50) + "}}"),
        Body("1 MB of one member again and again", "{" + Fill("\"name\":\"x\",", Megabyte - 100) + "\"name\":\"x\"}"),
        Body("1 MB of unknown members", "{" + string.Join(',', Enumerable.Range(0, 80_000).Select(i => $"\"x{i}\":1")) + "}"),
        Body("1 MB of unknown members in a free one", "{\"attributes\":{" + string.Join(',', Enumerable.Range(0, 80_000).Select(i => $"\"x{i}\":1")) + "}}"),
        Body("1 MB of half surrogate pairs", "{\"name\":\"" + Fill("\\ud83d", Megabyte - 100) + "\"}"),
        Body("1 MB of escaped text", Device("name", "\"" + Fill("\\u0041", Megabyte - 200) + "\"")),
        Body("1 MB of bytes that aren't UTF-8", [.. "{\"name\":\""u8, .. Enumerable.Repeat((byte)0xff, Megabyte - 100), .. "\"}"u8]),
        Body("a number of 1 MB", "{\"sequence\":" + Fill("9", Megabyte - 100) + "}"),
        Body("a number of 1 MB in a free member", Device("attributes", "{\"a\":" + Fill("9", Megabyte - 200) + "}")),
        Body("a number beyond all bounds", Device("sequence", "1e999999999")),
        Body("a token of 1 MB", "{\"provider\":\"apns\",\"registrationId\":\"" + Fill("ab", Megabyte - 100) + "\"}"),
        Body("100,000 tags", Device("tags", "[" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"t{i}\"")) + "]")),
        Body("200,000 nulls for tags", Device("tags", "[" + Fill("null,", 5 * 200_000) + "null]")),
        Body("1 MB of blanks", Fill(" ", Megabyte) + "x"),
        Body("a body above the limit", Fill(" ", Megabyte + 1)),
        HttpText.Of("a send to 300,000 ids", "POST", "/notifications", "{\"to\":{\"ids\":[" + string.Join(',', Enumerable.Range(1, 300_000)) + "]},\"message\":{\"body\":\"b\"}}"),
        HttpText.Of("a tag expression of 1 MB of parentheses", "POST", "/notifications", "{\"to\":{\"tags\":\"" + Fill("(", Megabyte) + "\"},\"message\":{\"body\":\"b\"}}"),
        HttpText.Of("a tag expression of 1 MB of terms", "POST", "/notifications", "{\"to\":{\"tags\":\"" + Fill("a || ", Megabyte) + "a\"},\"message\":{\"body\":\"b\"}}"),
        HttpText.Of("4 MB of misspelt members", "POST", "/notifications", "{" + string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"\"x{i}\":1")) + "}"),
        HttpText.Of("a payload of 3 MB", "POST", "/notifications", "{\"to\":{\"all\":true},\"message\":{\"body\":\"" + Fill("b", 3 * Megabyte) + "\"}}"),
        HttpText.Of("a batch of 300,000 requests", "POST", "/api/GetDevice[]", "[" + Fill("{},", 900_000) + "{}]"),
        HttpText.Of("a batch of 1 MB of opened lists", "POST", "/api/GetDevice[]", Fill("[", Megabyte)),
        HttpText.Of("100,000 query keys", "GET", "/devices?" + string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"k{i}=1"))),
        HttpText.Of("100,000 times one query key", "GET", "/devices?" + Fill("ids=1&", 600_000)),
        HttpText.Of("JSV with 500,000 opened braces", "GET", "/api/QueryDevices?ids=" + Fill("[", 500_000)),
        HttpText.Of("JSV with 500,000 opened objects in a free member", "POST", "/api/RegisterDevice?attributes=" + Fill("{a:", 500_000), "{}"),
        HttpText.Of("JSV with a quote that is never closed", "POST", "/api/RegisterDevice?attributes={a:\"" + Fill("x", 500_000), "{}"),
        HttpText.Of("a list of 250,000 in a query", "GET", "/devices?ids=" + Fill("1,", 500_000) + "x"),
        HttpText.Of("500,000 bytes of bad percent escapes", "GET", "/devices?search=" + Fill("%zz", 500_000)),
        HttpText.Of("500,000 bytes of escaped bytes that aren't UTF-8", "GET", "/devices?search=" + Fill("%ff", 500_000)),
        HttpText.Of("a path of 500,000 bytes", "GET", "/device/apns/" + Fill("a%2F", 500_000)),
        HttpText.Of("another charset", "POST", "/devices", Encoding.Unicode.GetBytes("{}"), "Content-Type: application/json; charset=utf-16"),
        HttpText.Of("gzip that is none", "POST", "/devices", "{}", "Content-Encoding: gzip"),
        HttpText.Of("a gzip bomb of 256 MB", "POST", "/devices", Bomb(stream => new GZipStream(stream, CompressionLevel.Fastest)), "Content-Encoding: gzip"),
        HttpText.Of("a brotli bomb of 256 MB", "POST", "/devices", Bomb(stream => new BrotliStream(stream, CompressionLevel.Fastest)), "Content-Encoding: br"),
        HttpText.Of(
            "a brotli bomb of 256 MB for an import, which has no limit", "POST", "/devices/import", Bomb(stream => new BrotliStream(stream, CompressionLevel.Fastest)),
            "Content-Encoding: br", "Content-Type: application/x-ndjson"),
        new("chunks that are none", Encoding.ASCII.GetBytes(
            $"POST /devices HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {Support.HostProcess.AdminKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n{{}}\r\n")),
    ];

    private static HttpText Body(string about, string body) => HttpText.Of(about, "POST", "/devices", body);

    private static HttpText Body(string about, byte[] body) => HttpText.Of(about, "POST", "/devices", body);

    private static string Device(string member, string value) =>
        $$"""{"provider":"apns","registrationId":"{{BenchmarkDevices.Token(1)}}","{{member}}":{{value}}}""";

    private static string Fill(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));

    private static byte[] Bomb(Func<Stream, Stream> encode)
    {
        using var bomb = new MemoryStream();
        using (var encoder = encode(bomb))
        {
            var zeros = new byte[Megabyte];
            for (var i = 0; i < 256; i++)
                encoder.Write(zeros);
        }
        return bomb.ToArray();
    }
}
