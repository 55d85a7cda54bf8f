using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using PushHost.Wire;

namespace PushHost.Tests.Support;

/// <summary>Watches a test host: whatever a test makes it do, no operation answers with a status of which the OpenAPI document doesn't tell. Such
/// an answer becomes a 599, which no test expects, and is told of when the host is disposed.</summary>
internal sealed class DocumentedAnswers
{
    private readonly ConcurrentDictionary<string, bool> _undocumented = [];

    public Task WatchAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            if (FaultOf(http) is { } fault)
            {
                _undocumented[fault] = true;
                http.Response.StatusCode = 599;
                http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = fault;
            }
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>Fails where there was one.</summary>
    public void Check()
    {
        if (!_undocumented.IsEmpty)
            throw new InvalidOperationException(string.Join('\n', _undocumented.Keys.Order()));
    }

    private static string? FaultOf(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        // Whoever hung up hears no answer. Batches and one-way requests answer for many, or not at all.
        if (http.Response.StatusCode == StatusCodes.Status499ClientClosedRequest || path.EndsWith("[]", StringComparison.Ordinal) || path.StartsWith("/json/oneway", StringComparison.OrdinalIgnoreCase)
            || http.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not { } operation)
            return null;
        var errors = http.RequestServices.GetRequiredService<DocumentOptions>().AllErrors;
        var failures = operation.Routes.SelectMany(operation.Failures).Distinct().Select(code => errors.First(error => error.Code == code).Status);
        return operation.Successes().Select(success => success.Status).Concat(failures).Contains(http.Response.StatusCode)
            ? null
            : $"{operation.Name} answered {http.Response.StatusCode}, which [Answers] and [Fails] on its service method don't tell of";
    }
}
