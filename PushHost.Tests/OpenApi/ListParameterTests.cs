using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.OpenApi;

/// <summary>What the document offers of that which every list can say is taken, and all else is refused.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ListParameterTests : OpenApiFixture
{
    [OneTimeSetUp]
    public Task MakeWhatExamplesSpeakOf() => ExampleWorld.MakeAsync(Host);

    [TestCase("skip", 1)]
    [TestCase("take", 5)]
    [TestCase("after", 1)]
    [TestCase("orderBy", "-id")]
    [TestCase("orderByDesc", "id")]
    [TestCase("include", "total")]
    public async Task What_is_offered_is_taken_and_what_is_not_is_refused(string name, object value)
    {
        var model = Host.Services.GetRequiredService<ApiModel>();
        var lists = model.Operations.Where(operation => typeof(QueryBase).IsAssignableFrom(operation.Request)).ToList();
        Assert.That(lists, Has.Count.GreaterThan(4));

        foreach (var list in lists)
        {
            var isOffered = model.TypeOf(list.Request).AllMembers.Any(member => member.Name == name);
            var isTaken = false;
            foreach (var example in new ApiExamples(model).Parse(list.Request))
            {
                example.Json[name] = JsonValue.Create(value);
                isTaken |= (int)(await Host.PostAsync($"/api/{list.Name}", example.Json.ToJsonString())).Status == 200;
            }
            Assert.That(isTaken, Is.EqualTo(isOffered), list.Name);
        }
    }
}
