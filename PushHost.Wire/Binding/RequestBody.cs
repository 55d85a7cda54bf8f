using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace PushHost.Wire;

/// <summary>Makes something out of a whole body. The body's memory is only lent.</summary>
internal delegate T BodyParser<in TState, out T>(ReadOnlySpan<byte> body, TState state);

/// <summary>The body of an operation's requests: JSON in UTF-8, compressed or not, up to a limit that holds before and after decompression.</summary>
internal sealed class RequestBody(Operation operation, WireOptions options)
{
    private readonly long _limit = operation.RequestLimit ?? options.MaxRequestBytes;

    /// <summary>The body as a stream, of whatever type.</summary>
    /// <exception cref="RequestException">413 or 415.</exception>
    public Stream Open(HttpContext http)
    {
        ApplyLimit(http);
        return BodyEncoding.Decode(http.Request, _limit);
    }

    /// <summary>Reads the body to its end; no body is read as an empty one.</summary>
    /// <exception cref="RequestException">413 or 415, or what the parser throws.</exception>
    public async ValueTask<T> ReadAsync<TState, T>(HttpContext http, BodyParser<TState, T> parse, TState state)
    {
        ApplyLimit(http);
        // Clients send a Content-Type with requests that have no body; only where there is one does its type matter.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return parse([], state);
        CheckMediaType(http.Request);
        try
        {
            if (http.Request.Headers.ContentEncoding.Count == 0)
                return await ReadAsync(http.Request.BodyReader, parse, state);
            await using var decoded = BodyEncoding.Decode(http.Request, _limit);
            var reader = PipeReader.Create(decoded);
            try
            {
                return await ReadAsync(reader, parse, state);
            }
            finally
            {
                await reader.CompleteAsync();
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw RequestException.TooLarge(_limit);
        }
    }

    private static async ValueTask<T> ReadAsync<TState, T>(PipeReader reader, BodyParser<TState, T> parse, TState state)
    {
        while (true)
        {
            // Without the request's token: a read that it cancels stays pending inside Kestrel, which then complains of it with a stack trace.
            // A client that goes away ends the read by itself.
            var result = await reader.ReadAsync(CancellationToken.None);
            if (result.IsCompleted)
            {
                try
                {
                    return Parse(result.Buffer, parse, state);
                }
                finally
                {
                    reader.AdvanceTo(result.Buffer.End);
                }
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static T Parse<TState, T>(ReadOnlySequence<byte> body, BodyParser<TState, T> parse, TState state)
    {
        if (body.IsSingleSegment)
            return parse(body.FirstSpan, state);
        var length = checked((int)body.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(bytes);
            return parse(bytes.AsSpan(0, length), state);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void ApplyLimit(HttpContext http)
    {
        if (_limit >= 0 && http.Request.ContentLength > _limit)
            throw RequestException.TooLarge(_limit);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = _limit < 0 ? null : _limit;
    }

    private static void CheckMediaType(HttpRequest request)
    {
        // What nearly every client sends, compared without parsing.
        if (request.ContentType is null or "application/json" or "application/json; charset=utf-8")
            return;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsJson(type))
            throw RequestException.UnsupportedMediaType($"The body's Content-Type is {request.ContentType}; send application/json.");
        if (type.Charset is { Length: > 0 } charset && !IsUtf8(HeaderUtilities.RemoveQuotes(charset)))
            throw RequestException.UnsupportedMediaType($"The body's charset is {charset}; send UTF-8.");
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(Microsoft.Extensions.Primitives.StringSegment charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
