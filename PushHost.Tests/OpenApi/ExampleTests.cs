using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.OpenApi;

/// <summary>What the documents show works: every example of the OpenAPI document is sent to the host whose document it is.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ExampleTests : OpenApiFixture
{
    [Test]
    public void Every_request_and_every_answer_has_an_example_for_each_of_its_routes()
    {
        var model = Host.Services.GetRequiredService<ApiModel>();
        var examples = new ApiExamples(model);

        foreach (var operation in model.Operations)
        {
            var file = $"PushHost.ServiceModel: the doc comment of {operation.Name}";
            if (operation.TakesStream)
                Assert.That(model.TypeOf(operation.Request).Examples.Where(example => example.ContentType is not null), Is.Not.Empty,
                    $"{file} needs an <example type=\"…\"> for each content type that it takes");
            else
                foreach (var route in operation.Routes)
                    Assert.That(examples.Of(operation, route), Is.Not.Empty,
                        $"{file} needs an <example> with the request as JSON that fits {route.Template}; what it speaks of is made in PushHost.Tests/OpenApi/ExampleWorld.cs");
            if (operation.AnswersRaw())
                Assert.That(model.TypeOf(operation.Request).AnswerExamples, Is.Not.Empty, $"{file} needs an <example type=\"…\" of=\"answer\">");
            else if (operation.Response is { } response)
                Assert.That(examples.OfAnswer(TypeRef.Of(response)), Is.Not.Null,
                    $"PushHost.ServiceModel: the doc comment of {TypeRef.Of(response)} needs an <example> with the answer as JSON");
        }
    }

    [Test]
    public async Task Every_example_is_answered_with_a_success_of_the_documented_shape()
    {
        await ExampleWorld.MakeAsync(Host);

        var sent = 0;
        foreach (var (verb, path, operation) in Operations)
        {
            var bodies = Bodies(operation).ToList();
            foreach (var body in bodies.Count > 0 ? bodies : [null])
            {
                using var request = new HttpRequestMessage(new(verb), Address(path, operation)) { Content = body?.Content };
                request.Headers.Authorization = new("Bearer", TestHost.AdminKey);
                using var response = await Host.Client.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();

                Assert.That(Faults(operation, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text), Is.Empty,
                    $"{verb} {request.RequestUri} {body?.Name}\n{(int)response.StatusCode} {text}");
                sent++;
            }
        }
        Assert.That(sent, Is.GreaterThan(25));
    }

    [Test]
    public void Every_example_of_an_answer_is_of_the_documented_shape()
    {
        var check = new SchemaCheck(Document);
        foreach (var (verb, path, operation) in Operations)
            foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] == '2' && answer.Value.TryGetProperty("content", out _)))
                foreach (var content in answer.Value.GetProperty("content").EnumerateObject())
                    foreach (var example in content.Value.GetProperty("examples").EnumerateObject())
                        Assert.That(check.Faults(content.Value.GetProperty("schema"), example.Value.GetProperty("value")), Is.Empty, $"{verb} {path} {answer.Name}");
    }

    private static string Address(string path, JsonElement operation)
    {
        var query = new List<string>();
        var parameters = operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray() : default;
        foreach (var parameter in parameters.Where(parameter => parameter.TryGetProperty("example", out _)))
        {
            var (name, value) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("example"));
            var text = Uri.EscapeDataString(value.ValueKind == JsonValueKind.Array ? string.Join(',', value.EnumerateArray()) : value.ToString());
            if (parameter.GetProperty("in").GetString() == "path")
                path = path.Replace($"{{{name}}}", text, StringComparison.Ordinal);
            else
                query.Add($"{name}={text}");
        }
        Assert.That(path, Does.Not.Contain("{"), "a path parameter has no example");
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static IEnumerable<(string Name, HttpContent Content)?> Bodies(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            yield break;
        foreach (var content in body.GetProperty("content").EnumerateObject())
        {
            foreach (var example in content.Value.GetProperty("examples").EnumerateObject())
            {
                var value = example.Value.GetProperty("value");
                var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                yield return (example.Name, new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue(content.Name)));
            }
        }
    }

    private IEnumerable<string> Faults(JsonElement operation, int status, string? contentType, string text)
    {
        if (status >= 300 || !operation.GetProperty("responses").TryGetProperty($"{status}", out var answer))
            return [$"{status} is no documented success"];
        if (!answer.TryGetProperty("content", out var contents))
            return text.Length == 0 ? [] : ["no body is documented"];
        if (contentType is null || !contents.TryGetProperty(contentType, out var content))
            return [$"{contentType} is not documented"];
        return contentType == "application/json" ? new SchemaCheck(Document).Faults(content.GetProperty("schema"), JsonDocument.Parse(text).RootElement) : [];
    }
}
