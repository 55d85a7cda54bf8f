using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Tests.Wire;
using PushHost.Wire;

namespace PushHost.Tests.OpenApi;

/// <summary>The limits that the documents tell of are those that the operations keep.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class LimitTests : OpenApiFixture
{
    [OneTimeSetUp]
    public Task MakeWhatExamplesSpeakOf() => ExampleWorld.MakeAsync(Host);

    [Test]
    public async Task A_value_beyond_a_documented_limit_is_refused_by_its_name_and_one_at_the_limit_is_not()
    {
        var model = Host.Services.GetRequiredService<ApiModel>();
        var examples = new ApiExamples(model);
        var tried = 0;
        var wrong = new List<string>();
        foreach (var operation in model.Operations.Where(operation => !operation.TakesStream))
        {
            foreach (var (path, member) in Limited(model, model.TypeOf(operation.Request), []))
            {
                var limits = LimitValues.Of(member);
                foreach (var beyond in limits.Beyond)
                    if (!(await FaultsAsync(operation, examples, path, beyond)).Any())
                        wrong.Add($"{operation.Name} takes {string.Join('.', path)} beyond its limit");
                foreach (var edge in limits.Edges)
                    if ((await FaultsAsync(operation, examples, path, edge)).Any(fault => fault.StartsWith("Length", StringComparison.Ordinal) || fault.StartsWith("Range", StringComparison.Ordinal)))
                        wrong.Add($"{operation.Name} refuses {string.Join('.', path)} at its limit");
                tried++;
            }
        }
        Assert.That(wrong, Is.Empty);
        Assert.That(tried, Is.GreaterThan(40));
    }

    [Test]
    public async Task A_request_without_a_required_member_is_refused()
    {
        var model = Host.Services.GetRequiredService<ApiModel>();
        var required = from operation in model.Operations
                       let request = model.TypeOf(operation.Request)
                       from member in request.AllMembers
                       where request.Requires(member)
                       from example in new ApiExamples(model).Parse(operation.Request)
                       select (operation, member, example.Json);
        foreach (var (operation, member, json) in required.ToList())
        {
            Assert.That(json.Remove(member.Name), Is.True, $"an example of {operation.Name} lacks {member.Name}");
            var answer = await Host.PostAsync($"/api/{operation.Name}", json.ToJsonString());
            Assert.That((int)answer.Status, Is.InRange(400, 404), $"{operation.Name} without {member.Name}: {answer.Body}");
        }
    }

    private static IEnumerable<(string[] Path, ApiMember Member)> Limited(ApiModel model, ApiType type, string[] above)
    {
        foreach (var member in type.AllMembers)
        {
            string[] path = [.. above, member.Name];
            if (member.Property.IsDefined(typeof(LimitsAttribute), false))
                yield return (path, member);
            if (member.Type.IsDto && !member.Type.Clr.IsEnum)
                foreach (var nested in Limited(model, model.TypeOf(member.Type.Clr), path))
                    yield return nested;
        }
    }

    // The faults of this member, or of what holds it, as "code field".
    private async Task<IEnumerable<string>> FaultsAsync(Operation operation, ApiExamples examples, string[] path, JsonNode value)
    {
        var request = examples.Parse(operation.Request).First().Json;
        var at = request;
        foreach (var name in path[..^1])
            at = (JsonObject)(at[name] ??= new JsonObject());
        at[path[^1]] = value.DeepClone();

        Answer answer = await Host.PostAsync($"/api/{operation.Name}", request.ToJsonString());
        return (int)answer.Status == 400
            ? answer.Fields.Where(fault => fault.Split(' ', 2)[1] is var field && string.Join('.', path) is var full
                && (full == field
                    // A member in short for the message's own is told by the latter's name.
                    || field == $"message.{full}" || full.StartsWith(field + ".", StringComparison.Ordinal) || field.StartsWith(full + "[", StringComparison.Ordinal)))
            : [];
    }
}
