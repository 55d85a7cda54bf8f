using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Types;

/// <summary>What the tests of generated types share: one host, as nothing they ask changes it.</summary>
public abstract class TypesFixture
{
    private TestHost _host = null!;

    internal TestHost Host => _host;

    [OneTimeSetUp]
    public async Task Start() => _host = await TestHost.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    /// <summary>The types in a language, as somebody without a key gets them.</summary>
    protected async Task<string> TypesAsync(string language, string query = "")
    {
        var answer = await _host.GetAsync($"/types/{language}{query}", key: null);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Headers["Content-Type"], Does.StartWith("text/plain"));
        return answer.Body;
    }

    /// <summary>The same without what differs from one run to the next.</summary>
    protected async Task<string> LastingTypesAsync(string language) => string.Join('\n', (await TypesAsync(language)).Split('\n')
        .Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal) && !line.StartsWith("BaseUrl: ", StringComparison.Ordinal)));
}
