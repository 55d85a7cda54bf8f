using System.IO.Compression;
using System.Net;
using System.Text;
using NUnit.Framework;

namespace PushHost.Tests.Wire;

public sealed class CompressionTests
{
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("gzip")]
    [TestCase("x-gzip")]
    [TestCase("GZIP")]
    [TestCase("deflate")]
    [TestCase("raw deflate")]
    [TestCase("br")]
    [TestCase("identity")]
    [TestCase("")]
    public async Task A_compressed_body_is_read(string encoding)
    {
        var name = new string('ü', 100_000);

        Assert.That((await PostAsync("/everything", encoding, $$"""{"name":"{{name}}"}"""))["name"], Is.EqualTo(name));
        Assert.That((await PostAsync("/everything", encoding, ""))["id"], Is.EqualTo("0"));
        Assert.That((await PostAsync("/api/PostEverything[]", encoding, "[{},{}]")).Json.GetArrayLength(), Is.EqualTo(2));
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    public async Task A_body_that_operations_read_themselves_is_decompressed_on_the_way(string encoding)
    {
        Assert.That((await PostAsync("/upload?name=n", encoding, Hexadecimal(3_000_000)))["value"], Is.EqualTo("n 3000000"), "larger than other bodies may be");
    }

    [TestCase("gzip", 1024 * 1024, HttpStatusCode.OK)]
    [TestCase("gzip", 1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    [TestCase("deflate", 1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    [TestCase("raw deflate", 1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    [TestCase("br", 1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    [TestCase("br", 200 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_limit_of_a_body_holds_for_what_comes_out(string encoding, int bytes, HttpStatusCode expected)
    {
        var answer = await PostAsync("/everything", encoding, "{}".PadRight(bytes));

        Assert.That(answer.Status, Is.EqualTo(expected));
        if (expected != HttpStatusCode.OK)
            Assert.That(answer.Code, Is.EqualTo("RequestTooLarge"));
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    public async Task What_is_not_compressed_as_announced_is_the_caller_s_fault(string encoding)
    {
        foreach (var path in new[] { "/everything", "/upload" })
        {
            Assert.That((await PostAsync(path, encoding, Encoding.UTF8.GetBytes("""{"name":"not compressed at all"}"""))).Code, Is.EqualTo("InvalidJson"));
            var whole = Compress(encoding, Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7919 >> 3)).ToArray());
            Assert.That((await PostAsync(path, encoding, whole[..(whole.Length / 2)])).Code, Is.EqualTo("InvalidJson"));
            Assert.That((await PostAsync(path, encoding, whole[..^1])).Code, Is.EqualTo("InvalidJson"), "only its last byte is missing");
        }
        Assert.That(_host.Log.Lines, Is.Empty);
    }

    [TestCase("gzip", 1024 * 1024, true)]
    [TestCase("gzip", 1024 * 1024 + 1, false)]
    [TestCase("deflate", 1024 * 1024 + 1, false)]
    [TestCase("br", 1024 * 1024 + 1, false)]
    [TestCase("br", 200 * 1024 * 1024, false)]
    public async Task A_body_without_a_limit_becomes_1_MiB_or_100_times_as_large_as_it_was_on_the_wire(string encoding, int bytes, bool isTaken)
    {
        var answer = await PostAsync("/upload", encoding, Compress(encoding, new byte[bytes]));

        Assert.That(answer.Status, Is.EqualTo(isTaken ? HttpStatusCode.OK : HttpStatusCode.RequestEntityTooLarge));
        if (!isTaken)
            Assert.That(answer.Error.GetProperty("message").GetString(), Does.Contain("100 times").And.Contain(encoding));
    }

    [Test]
    public async Task A_zlib_stream_that_wants_a_dictionary_is_the_caller_s_fault()
    {
        Assert.That((await PostAsync("/everything", "deflate", [0x78, 0xf9, 0xab, 0xb4, 0x05, 0x00, 0x01, 0x75, 0x21, 0xf9])).Code, Is.EqualTo("InvalidJson"));
        Assert.That(_host.Log.Lines, Is.Empty);
    }

    [TestCase("zstd")]
    [TestCase("gzip, gzip")]
    [TestCase("compress")]
    public async Task Another_compression_is_415_and_the_answer_says_what_is_read(string encoding)
    {
        foreach (var path in new[] { "/everything", "/upload" })
        {
            var answer = await PostAsync(path, encoding, Encoding.UTF8.GetBytes("{}"));
            Assert.That(answer.Code, Is.EqualTo("UnsupportedMediaType"));
            Assert.That(answer.Headers["Accept-Encoding"], Is.EqualTo("gzip, deflate, br"));
        }
    }

    private Task<Answer> PostAsync(string path, string encoding, string body) => PostAsync(path, encoding, Compress(encoding, Encoding.UTF8.GetBytes(body)));

    private async Task<Answer> PostAsync(string path, string encoding, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding.Replace("raw ", "", StringComparison.Ordinal));
        return await _host.SendAsync(request);
    }

    // As good as tokens are: half of it is chance.
    private static string Hexadecimal(int length) =>
        string.Create(length, new Random(1), static (text, random) => random.GetItems("0123456789abcdef", text));

    private static byte[] Compress(string encoding, byte[] body)
    {
        using var compressed = new MemoryStream();
        using (Stream encoder = encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(compressed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Fastest),
            "raw deflate" => new DeflateStream(compressed, CompressionLevel.Fastest),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest),
            _ => compressed,
        })
            encoder.Write(body);
        return compressed.ToArray();
    }
}
