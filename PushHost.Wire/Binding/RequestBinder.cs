using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace PushHost.Wire;

/// <summary>Makes one request DTO out of path, body and query. What the path says wins over the body, and the body over the
/// query.</summary>
internal sealed class RequestBinder(Operation operation, WireOptions options, WireJson json)
{
    private readonly TypeShape _shape = TypeShape.Of(operation.Request);
    private readonly BodyBinder _body = new(operation, TypeShape.Of(operation.Request), json);
    private readonly long _limit = operation.RequestLimit ?? options.MaxRequestBytes;

    /// <exception cref="RequestException">400, 413 or 415: the request isn't one this operation reads.</exception>
    public async ValueTask<object> BindAsync(HttpContext http, PathBinder path)
    {
        ApplyLimit(http);
        var query = http.Request.QueryString.Value;
        var hasQuery = !string.IsNullOrEmpty(query);
        var (request, taken) = await ReadBodyAsync(http, hasQuery);
        if (hasQuery || !path.IsEmpty)
        {
            var faults = new JsvFaults(operation.RefusesUnknownMembers);
            if (hasQuery)
                QueryBinder.Bind(request, _shape, query!, taken, faults);
            path.Bind(request, http, faults);
            faults.ThrowIfAny();
        }
        return request;
    }

    private async ValueTask<BoundBody> ReadBodyAsync(HttpContext http, bool wantsMembers)
    {
        if (operation.TakesStream)
        {
            var request = (IRequiresRequestStream)_shape.Create();
            request.RequestStream = http.Request.Body;
            return new(request, null);
        }
        // Clients send a Content-Type with requests that have no body; only where there is one does its type matter.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return new(_shape.Create(), null);
        CheckMediaType(http.Request);
        try
        {
            return await _body.ReadAsync(http, wantsMembers);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw RequestException.TooLarge(_limit);
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
        // Decompression, where the host has it, takes the header away.
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
            throw RequestException.UnsupportedMediaType($"The body's Content-Encoding is {encoding}; send it as it is.");
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
