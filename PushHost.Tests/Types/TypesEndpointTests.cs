using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace PushHost.Tests.Types;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class TypesEndpointTests : TypesFixture
{
    [TestCase("csharp")]
    [TestCase("typescript")]
    public async Task The_head_of_a_file_holds_what_the_tools_read(string language)
    {
        var lines = (await TypesAsync(language)).Split('\n');

        Assert.That(lines[0], Is.EqualTo("/* Options:"));
        Assert.That(lines[1], Does.Match(@"^Date: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"));
        Assert.That(lines[2], Is.EqualTo("Version: 10.15"));
        Assert.That(lines[3], Does.StartWith("Tip: "));
        Assert.That(lines[4], Is.EqualTo($"BaseUrl: {Host.Client.BaseAddress!.ToString().TrimEnd('/')}"));
        Assert.That(lines[5], Is.Empty);
        var options = lines.Skip(6).TakeWhile(line => line != "*/").ToList();
        Assert.That(options, Has.Some.EqualTo("//AddResponseStatus: False").And.Some.EqualTo("//IncludeTypes:").And.All.StartsWith("//"));
    }

    [Test]
    public async Task A_given_option_stands_in_the_head_so_that_an_update_asks_for_it_again()
    {
        var types = await TypesAsync("csharp", "?addresponsestatus=True&IncludeTypes=Device,FindDevice.*&SomethingElse=1");

        Assert.That(types, Does.Contain("\nAddResponseStatus: True\n").And.Contain("\nIncludeTypes: Device,FindDevice.*\n").And.Not.Contain("SomethingElse"));
        Assert.That(types, Does.Contain("ResponseStatus? ResponseStatus { get; set; }"));
        Assert.That(Classes(types), Is.EquivalentTo(new[] { "Device", "FindDevice" }));
        Assert.That(types, Does.Contain("enum DeviceState"));
    }

    [Test]
    public async Task A_capability_is_chosen_or_left_out_by_its_tag()
    {
        Assert.That(Classes(await TypesAsync("csharp", "?IncludeTypes={Providers}")), Is.EquivalentTo(new[] { "QueryProviders" }));
        Assert.That(Classes(await TypesAsync("csharp", "?ExcludeTypes={Devices}")), Has.No.Member("RegisterDevice").And.Member("SendNotification"));
    }

    [TestCase("?MakePartial=perhaps", "MakePartial")]
    [TestCase("?GlobalNamespace=A;System.Console.WriteLine()", "GlobalNamespace")]
    [TestCase("?IncludeTypes=*/class", "IncludeTypes")]
    [TestCase("?AddImplicitVersion=-1", "AddImplicitVersion")]
    public async Task A_value_that_an_option_does_not_take_is_refused_by_name(string query, string option)
    {
        var answer = await Host.GetAsync($"/types/csharp{query}", key: null);

        Assert.That((int)answer.Status, Is.EqualTo(400));
        Assert.That(answer.Fields, Is.EqualTo(new[] { $"UnknownValue {option}" }));
    }

    [TestCase("kotlin")]
    [TestCase("swift")]
    [TestCase("typescript.d")]
    public async Task Every_other_language_is_pointed_to_the_OpenAPI_document(string language)
    {
        var answer = await Host.GetAsync($"/types/{language}", key: null);

        Assert.That((int)answer.Status, Is.EqualTo(404));
        Assert.That(answer.Code, Is.EqualTo("NotFound"));
        Assert.That(answer.Body, Does.Contain("/openapi/v1.json"));
    }

    [Test]
    public async Task The_metadata_tell_of_every_operation()
    {
        var metadata = (await Host.GetAsync("/types/metadata", key: null)).Json;

        var operations = metadata.GetProperty("operations").EnumerateArray().ToDictionary(operation => operation.GetProperty("request").GetProperty("name").GetString()!);
        Assert.That(operations.Keys, Is.EqualTo(Host.Services.GetRequiredService<OperationTable>().All.Select(operation => operation.Name)));
        var register = operations["RegisterDevice"];
        Assert.That(register.GetProperty("routes")[1].GetProperty("path").GetString(), Is.EqualTo("/device/{Provider}"));
        Assert.That(register.GetProperty("returnType").GetProperty("name").GetString(), Is.EqualTo("Device"));
        Assert.That(register.GetProperty("tags")[0].GetString(), Is.EqualTo("Devices"));
        Assert.That(operations["DeleteDevice"].GetProperty("returnsVoid").GetBoolean(), Is.True);
    }

    [Test]
    public async Task The_index_names_what_there_is()
    {
        var index = (await Host.GetAsync("/types", key: null)).Json;

        foreach (var entry in index.EnumerateObject())
            Assert.That((int)(await Host.GetAsync(entry.Value.GetString()!, key: null)).Status, Is.EqualTo(200), entry.Name);
        Assert.That(index.EnumerateObject().Select(entry => entry.Name), Is.EqualTo(new[] { "metadata", "csharp", "typescript" }));
    }

    [Test]
    public async Task Types_that_are_not_open_need_a_key_of_any_scope()
    {
        await using var closed = await TestHost.StartAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Open:0"] = "docs" } });

        var answer = await closed.GetAsync("/types/csharp", key: null);
        Assert.That((int)answer.Status, Is.EqualTo(401));
        Assert.That(answer.Code, Is.EqualTo("Unauthorized"));
        Assert.That((int)(await closed.GetAsync("/types/csharp", await closed.KeyAsync("register"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Every_type_and_member_is_described()
    {
        var model = Host.Services.GetRequiredService<ApiModel>();

        Assert.That(model.Types.Where(type => type.Summary is null).Select(type => type.Name), Is.Empty);
        Assert.That(model.Types.SelectMany(type => type.Members.Where(member => member.Summary is null).Select(member => $"{type.Name}.{member.Name}")), Is.Empty);
        Assert.That(model.Types.SelectMany(type => type.Values.Where(value => value.Summary is null).Select(value => $"{type.Name}.{value.Name}")), Is.Empty);
    }

    private static IEnumerable<string> Classes(string types) =>
        types.Split('\n').Where(line => line.Contains(" class ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(" class ", StringComparison.Ordinal) + 7)..].Trim());
}
