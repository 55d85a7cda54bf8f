using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Tests.Providers.Plugins;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.Samples;

/// <summary>The snippets for phones, whose compilers are not here: what they send is read from their text and sent.</summary>
public sealed partial class PhoneSampleTests
{
    private static readonly Dictionary<string, object?> Values = new()
    {
        ["registrationId"] = "aabbcc01",
        ["deviceId"] = "5f0c9d4e-2b8a-4b62-9a65-0d1f3f0a7c11",
        ["userId"] = "ann",
        ["locale"] = "pt-BR",
        ["timeZone"] = "Europe/Lisbon",
        ["environment"] = "sandbox",
    };

    [TestCase("android/PushRegistration.kt", "gcm")]
    [TestCase("ios/PushRegistration.swift", "apns")]
    public async Task What_a_phone_sends_is_taken_with_a_phone_s_key(string sample, string provider)
    {
        await using var host = await TestHost.StartAsync();
        var operations = host.Services.GetRequiredService<OperationTable>().All;
        var key = await host.KeyAsync("register");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", sample));
        var calls = Calls().Matches(text).Select(call => (Path: call.Groups[1].Value, Members: Members().Matches(call.Groups[2].Value).ToList())).ToList();

        Assert.That(calls.Select(call => call.Path), Is.EqualTo(new[] { "/devices", "/devices/unregister" }));
        Assert.That(text, Does.Contain("POST").And.Contain("\"X-Api-Key\"").And.Contain("application/json"));
        for (var i = 0; i < calls.Count; i++)
        {
            var operation = operations.Single(operation => operation.Routes.Any(route => route.Template == calls[i].Path && route.Verbs.Contains("POST")));
            var known = operation.Request.GetProperties().Select(member => char.ToLowerInvariant(member.Name[0]) + member.Name[1..]);
            var body = calls[i].Members.ToDictionary(member => member.Groups[1].Value, member => member.Groups[2] is { Success: true, Value: var value } ? value : null as object);
            Assert.That(body.Keys, Is.SubsetOf(known));
            Assert.That(body["provider"], Is.EqualTo(provider));
            foreach (var name in body.Keys.Where(name => body[name] is null).ToList())
                body[name] = name == "sequence" ? i + 1 : Values[name];

            var answer = await host.PostAsync(calls[i].Path, body, key);

            Assert.That((int)answer.Status, Is.LessThan(300), answer.Body);
        }
        Assert.That((await host.DeviceAsync(1)).DeactivationReason, Is.EqualTo("logout"));
    }

    // post("/path", mapOf( … )) and post("/path", [ … ])
    [GeneratedRegex("""post\("(/[a-z/]+)", (?:mapOf\(|\[)(.*?)(?:\)\)\n|\]\)\n)""", RegexOptions.Singleline)]
    private static partial Regex Calls();

    // "name" to value, and "name": value; a value in quotes is one.
    [GeneratedRegex("""^\s*"(\w+)"(?: to |: )(?:"(\w+)")?""", RegexOptions.Multiline)]
    private static partial Regex Members();
}
