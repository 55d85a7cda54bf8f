using System.Diagnostics;
using System.Globalization;

namespace PushHost.Wire;

/// <summary>Answers errors in the one shape that every typed client reads.</summary>
internal sealed class ErrorWriter(WireOptions options, WireJson json)
{
    private const int MaxText = 1000;

    public Task WriteAsync(HttpContext http, RequestException error)
    {
        http.Response.Clear();
        http.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(0, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (error.AcceptEncoding is { } encodings)
            http.Response.Headers.AcceptEncoding = encodings;
        return WriteBodyAsync(http, new()
        {
            ErrorCode = error.ErrorCode,
            Message = Short(error.Message),
            Errors = error.Errors.Count == 0 ? null : [.. error.Errors.Select(ToEntry)],
            Meta = error.Meta?.ToDictionary(),
        });
    }

    /// <summary>Gives a body to a status that the framework answered without one. Its headers, such as Allow, stay.</summary>
    public Task WriteStatusAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        return WriteBodyAsync(http, new() { ErrorCode = ErrorCodes.Of(status), Message = ErrorCodes.Describe(status, http.Request) });
    }

    public Task WriteInternalErrorAsync(HttpContext http)
    {
        http.Response.Clear();
        http.Response.StatusCode = 500;
        return WriteBodyAsync(http, new()
        {
            ErrorCode = ErrorCodes.InternalError,
            Message = ErrorCodes.Describe(500, http.Request),
            Meta = new() { ["traceId"] = TraceId(http) },
        });
    }

    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    private Task WriteBodyAsync(HttpContext http, ResponseStatus status)
    {
        var headers = http.Response.Headers;
        // Every parameter is quoted: .NET clients fail on `realm=x`.
        if (http.Response.StatusCode == 401 && headers.WWWAuthenticate.Count == 0)
            headers.WWWAuthenticate = $"Bearer realm=\"{options.Realm.Replace("\"", "'", StringComparison.Ordinal)}\"";
        if (http.Response.StatusCode == 503 && headers.RetryAfter.Count == 0)
            headers.RetryAfter = "1";
        if (http.Features.Get<BatchProgress>() is { } batch)
            Tell(batch, headers, status);
        headers.CacheControl = "no-store";
        return json.WriteAsync(http, new ErrorResponse { ResponseStatus = status }, json.ErrorType);
    }

    private static void Tell(BatchProgress batch, IHeaderDictionary headers, ResponseStatus status)
    {
        headers[BatchProgress.Header] = batch.Completed.ToString(CultureInfo.InvariantCulture);
        if (batch.Index is { } index)
            (status.Meta ??= [])[BatchProgress.IndexName] = index.ToString(CultureInfo.InvariantCulture);
    }

    private static ResponseError ToEntry(FieldError error) =>
        new() { ErrorCode = error.ErrorCode, FieldName = Short(error.FieldName), Message = Short(error.Message) };

    // Names of members come from the caller and may be as long as a body.
    private static string Short(string text) => text.Length <= MaxText ? text : $"{text.AsSpan(0, MaxText)}…";
}
