using System.Text.Json;
using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.OpenApi;

/// <summary>What the tests of the OpenAPI document share: one host and its document.</summary>
public abstract class OpenApiFixture
{
    private TestHost _host = null!;

    internal TestHost Host => _host;

    protected string Text { get; private set; } = null!;

    protected JsonElement Document => field.ValueKind == JsonValueKind.Undefined ? field = JsonDocument.Parse(Text).RootElement : field;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        Text = (await _host.GetAsync("/openapi/v1.json", key: null)).Body;
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    /// <summary>Every operation of the document, as verb and path.</summary>
    protected IEnumerable<(string Verb, string Path, JsonElement Operation)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);
}
