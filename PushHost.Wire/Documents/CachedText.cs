using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace PushHost.Wire;

/// <summary>A text that stays the same while the host runs. A client that has it already is told so; it is compressed once, for those who
/// take that.</summary>
internal sealed class CachedText(string contentType, byte[] body)
{
    private readonly string _hash = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
    private readonly Lazy<byte[]> _compressed = new(() => Compress(body));

    /// <summary>Answers with the text, or with 304 and nothing.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var compress = TakesGzip(http.Request);
        var tag = new EntityTagHeaderValue(compress ? $"\"{_hash}-gzip\"" : $"\"{_hash}\"");
        var headers = http.Response.Headers;
        headers.ETag = tag.ToString();
        headers.Vary = "Accept-Encoding";
        // Asked for anew each time, since the next version of the host has another.
        headers.CacheControl = "no-cache";
        if (EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(other => other.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var bytes = compress ? _compressed.Value : body;
        if (compress)
            headers.ContentEncoding = "gzip";
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0);

    private static byte[] Compress(byte[] bytes)
    {
        using var into = new MemoryStream();
        using (var gzip = new GZipStream(into, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bytes);
        return into.ToArray();
    }
}
