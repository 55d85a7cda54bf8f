using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.OpenApi;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class OpenApiDocumentTests : OpenApiFixture
{
    [Test]
    [Category(Golden.Category)]
    public void The_document_is_that_of_the_golden_file() => Golden.Check("openapi.json", Text + "\n");

    [Test]
    public async Task A_strict_linter_has_nothing_against_it()
    {
        NodeModules.Need();
        // Outside the modules, whose files the linter passes over.
        var path = Path.Combine(Directory.CreateTempSubdirectory("pushhost-openapi-").FullName, "openapi.json");
        await File.WriteAllTextAsync(path, Text);

        var (exitCode, output) = await NodeModules.RunAsync(
            Path.Combine("@redocly", "cli", "bin", "cli.js"), "lint", path, "--config", Path.Combine(NodeModules.Folder, "redocly.yaml"), "--format", "stylish");

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("is valid"));
    }

    [Test]
    public void Every_route_of_every_operation_is_there_and_none_besides()
    {
        var routes = from operation in Host.Services.GetRequiredService<OperationTable>().All
                     from route in operation.Routes
                     from verb in route.Verbs
                     select $"{verb} {Placeholder().Replace(route.Template, match => $"{{{char.ToLowerInvariant(match.Groups[1].Value[0])}{match.Groups[1].Value[1..]}}}")}";

        Assert.That(Operations.Select(operation => $"{operation.Verb} {operation.Path}"), Is.EquivalentTo(routes));
    }

    [Test]
    public void A_long_is_an_integer_a_duration_a_duration_and_an_enum_words_with_their_meanings()
    {
        var schemas = Document.GetProperty("components").GetProperty("schemas");

        Assert.That(schemas.GetProperty("Device").GetProperty("properties").GetProperty("id").GetRawText(), Does.Contain("\"integer\"").And.Contain("int64"));
        Assert.That(schemas.GetProperty("SendNotification").GetProperty("properties").GetProperty("ttl").GetProperty("format").GetString(), Is.EqualTo("duration"));
        var state = schemas.GetProperty("DeviceState");
        Assert.That(state.GetProperty("enum").EnumerateArray().Select(word => word.GetString()), Is.EqualTo(new[] { "active", "quarantined", "inactive" }));
        Assert.That(state.GetProperty("description").GetString(), Does.Contain("* `inactive`: Nothing is sent to it."));
    }

    [Test]
    public void A_body_does_not_repeat_what_its_path_carries()
    {
        var update = Document.GetProperty("paths").GetProperty("/devices/{id}").GetProperty("patch");

        var reference = update.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
        var members = Document.GetProperty("components").GetProperty("schemas").GetProperty(reference.Split('/')[^1]).GetProperty("properties");
        Assert.That(members.TryGetProperty("id", out _), Is.False);
        Assert.That(members.TryGetProperty("reset", out _), Is.True);
    }

    [TestCase("/devices/{id}", "id", "appId")]
    [TestCase("/device/{provider}/{registrationId}", "provider", "registrationId", "appId")]
    public void A_path_does_not_offer_what_another_path_names_the_same_by(string path, params string[] members)
    {
        var parameters = Document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray();

        Assert.That(parameters.Select(parameter => parameter.GetProperty("name").GetString()), Is.EqualTo(members));
    }

    [Test]
    public void What_a_send_refuses_the_document_refuses_too()
    {
        var schemas = Document.GetProperty("components").GetProperty("schemas");

        foreach (var name in new[] { "SendNotification", "Message", "Audience" })
            Assert.That(schemas.GetProperty(name).GetProperty("additionalProperties").GetBoolean(), Is.False, name);
        Assert.That(schemas.GetProperty("RegisterDevice").TryGetProperty("additionalProperties", out _), Is.False);
    }

    [Test]
    public void An_operation_says_which_scopes_open_it_and_how_it_fails()
    {
        var register = Document.GetProperty("paths").GetProperty("/devices").GetProperty("post");

        Assert.That(register.GetProperty("security").EnumerateArray().Select(way => Whitespace().Replace(way.GetRawText(), "")), Is.EquivalentTo(new[]
        {
            """{"bearer":["devices"]}""", """{"bearer":["register"]}""", """{"apiKey":["devices"]}""", """{"apiKey":["register"]}""",
        }));
        Assert.That(register.GetProperty("responses").EnumerateObject().Select(answer => answer.Name),
            Is.SupersetOf(new[] { "200", "201", "400", "401", "403", "404", "409", "413", "415", "500", "503" }));
    }

    [Test]
    public async Task Whoever_has_the_document_already_is_told_so()
    {
        var first = await Host.GetAsync("/openapi/v1.json", key: null);
        var again = await Host.CallAsync("GET", "/openapi", null, null, ("If-None-Match", first.Headers["ETag"]));

        Assert.That((int)again.Status, Is.EqualTo(304));
        Assert.That(again.Body, Is.Empty);
        Assert.That((await Host.GetAsync("/openapi", key: null)).Body, Is.EqualTo(first.Body));
    }

    [TestCase("gzip, deflate, br", "gzip")]
    [TestCase("br, GZIP;q=0.5", "gzip")]
    [TestCase("br, gzip;q=0", null)]
    [TestCase("xgzip", null)]
    public async Task The_document_is_compressed_for_those_who_take_that(string accepted, string? encoding)
    {
        var answer = await Host.CallAsync("GET", "/openapi/v1.json", null, null, ("Accept-Encoding", accepted));

        Assert.That(answer.Headers.GetValueOrDefault("Content-Encoding"), Is.EqualTo(encoding));
    }

    [Test]
    public async Task The_document_and_the_page_need_a_key_unless_they_are_open()
    {
        await using var closed = await TestHost.StartAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Open:0"] = "types" } });

        foreach (var path in new[] { "/openapi/v1.json", "/openapi", "/docs", "/docs/docs.js" })
        {
            Assert.That((int)(await closed.GetAsync(path, key: null)).Status, Is.EqualTo(401), path);
            Assert.That((int)(await closed.GetAsync(path)).Status, Is.EqualTo(200), path);
        }
        Assert.That((int)(await closed.GetAsync("/metadata", key: null)).Status, Is.EqualTo(200));
    }

    [Test]
    public void Every_error_code_is_given_a_meaning()
    {
        var codes = new[] { typeof(ErrorCodes), typeof(ServiceInterface.Host.Faults) }
            .SelectMany(type => type.GetFields()).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        var known = Host.Services.GetRequiredService<DocumentOptions>().AllErrors.Select(error => error.Code).ToList();
        // A verb that a path doesn't take reaches no operation.
        Assert.That(codes.Except(known), Is.EquivalentTo(new[] { ErrorCodes.MethodNotAllowed }));
        Assert.That(known, Is.Unique);
    }

    [GeneratedRegex(@"\{(\w+)\*?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s")]
    private static partial Regex Whitespace();
}
