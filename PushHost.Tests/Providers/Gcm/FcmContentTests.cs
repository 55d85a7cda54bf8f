using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;

namespace PushHost.Tests.Providers.Gcm;

public sealed class FcmContentTests
{
    private static readonly string[] Overrides =
    [
        """{}""", """{"android":null}""", """{"android":null,"notification":null}""", """{"android":{"priority":null}}""", """{"android":{"ttl":"7s"}}""",
        """{"android":{"priority":null},"notification":null}""",
    ];

    private static readonly Gen<string> Token = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 1, 200],
        Gen.String[1, 20].Where(text => !text.Any(char.IsSurrogate)));

    [Test]
    public void Every_request_is_the_message_with_its_target_and_what_is_left_of_its_life() =>
        Gen.Select(Token, Gen.Long[0, 2_419_200].Nullable(), Gen.Enum<TargetKind>(), Gen.Int[0, Overrides.Length - 1].Select(index => Overrides[index]), Gen.Bool)
            .Sample((token, ttl, kind, overrides, validateOnly) =>
        {
            var payload = FcmEncoder.Encode(new PushMessage { Body = "b", Overrides = JsonDocument.Parse($$"""{"message":{{overrides}}}""").RootElement });
            using var content = new FcmContent(payload, new Target(kind, token), ttl, validateOnly);
            var bytes = content.ReadAsByteArrayAsync().GetAwaiter().GetResult();

            var expected = JsonNode.Parse(payload.Body.Span)!;
            if (validateOnly)
                expected["validate_only"] = true;
            expected["message"]![kind switch { TargetKind.Topic => "topic", TargetKind.Condition => "condition", _ => "token" }] = token;
            if (ttl is not null && expected["message"]!["android"] is { } android && android["ttl"] is null)
                android["ttl"] = $"{ttl}s";
            return bytes.Length == content.Headers.ContentLength && JsonNode.DeepEquals(JsonNode.Parse(bytes), expected);
        });

    [Test]
    public async Task A_request_sent_twice_says_the_same()
    {
        using var content = new FcmContent(FcmEncoder.Encode(new PushMessage { Body = "b" }), new Target(TargetKind.Registration, "t"), 60);
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        Assert.That(content.WasWritten, Is.False);
        await content.CopyToAsync(first);
        await content.CopyToAsync(second);

        Assert.That(content.WasWritten, Is.True);
        Assert.That(second.ToArray(), Is.EqualTo(first.ToArray()));
        Assert.That(JsonNode.Parse(first.ToArray())!["message"]!["android"]!["ttl"]!.GetValue<string>(), Is.EqualTo("60s"));
    }
}
