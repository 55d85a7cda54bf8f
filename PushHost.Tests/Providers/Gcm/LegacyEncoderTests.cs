using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;

namespace PushHost.Tests.Providers.Gcm;

public sealed class LegacyEncoderTests
{
    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("body", new PushMessage { Body = "b" }, """{"priority":"high","data":{"message":"b"}}""");
        yield return Row("title", new PushMessage { Title = "t", Subtitle = "s", Body = "b" },
            """{"priority":"high","data":{"message":"b"},"notification":{"title":"t","subtitle":"s","body":"b"}}""");
        yield return Row("badge, sound, image, category, thread",
            new PushMessage { Badge = 5, Sound = "bell", ImageUrl = "https://x.example", Category = "C", ThreadId = "T" },
            """{"priority":"high","data":{"badge":"5","sound":"bell","imageUrl":"https://x.example","category":"C","threadId":"T"}}""");
        yield return Row("data", new PushMessage { Data = Json("""{"foo":"bar","n":{"a":1}}""") },
            """{"priority":"high","data":{"foo":"bar","n":"{\"a\":1}"}}""");
        yield return Row("collapseId, priority", new PushMessage { CollapseId = "c", Priority = MessagePriority.Normal },
            """{"collapse_key":"c","priority":"normal"}""");
        yield return Row("silent", new PushMessage { Silent = true, ImageUrl = "https://x.example", Data = Json("""{"a":"b"}""") },
            """{"priority":"normal","data":{"a":"b"}}""");
        yield return Row("gcm.message", new PushMessage { Title = "t", Overrides = Json("""{"message":{"notification":{"icon":"i"},"time_to_live":5,"data":{"n":1}}}""") },
            """{"priority":"high","notification":{"title":"t","icon":"i"},"time_to_live":5,"data":{"n":"1"}}""");

        static TestCaseData Row(string name, PushMessage message, string expected) => new TestCaseData(message, expected).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Rows))]
    public void The_common_message_becomes_legacy_GCMs(PushMessage message, string expected) =>
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(LegacyEncoder.Encode(message).Body.Span), JsonNode.Parse(expected)), Is.True,
            () => Encoding.UTF8.GetString(LegacyEncoder.Encode(message).Body.Span));

    [Test]
    public void Data_that_would_hide_the_text_is_refused_by_its_name()
    {
        var message = new PushMessage { Body = "b", Data = Json("""{"message":"x"}""") };

        Assert.That(Assert.Throws<MessageInvalidException>(() => LegacyEncoder.Encode(message))!.FieldName, Is.EqualTo("data.message"));
    }

    [TestCase("""{"googleplex":"x"}""", "data.googleplex")]
    [TestCase("""{"gcm":"x"}""", "data.gcm")]
    [TestCase("""{"from":"x"}""", "data.from")]
    public void The_legacy_protocol_reserves_more_names(string data, string field) =>
        Assert.That(Assert.Throws<MessageInvalidException>(() => LegacyEncoder.Encode(new PushMessage { Data = Json(data) }))!.FieldName, Is.EqualTo(field));

    [TestCase("to")]
    [TestCase("registration_ids")]
    [TestCase("condition")]
    public void A_target_in_the_override_is_refused(string member)
    {
        var message = new PushMessage { Overrides = Json($$"""{"message":{"{{member}}":"x"} }""") };

        Assert.That(Assert.Throws<MessageInvalidException>(() => LegacyEncoder.Encode(message))!.FieldName, Is.EqualTo($"gcm.message.{member}"));
    }

    [Test]
    public void A_message_at_the_limit_passes_and_a_byte_more_does_not()
    {
        // Counted are the bytes of keys and values: 7 of "message".
        Assert.That(LegacyEncoder.Encode(new PushMessage { Body = new string('x', 4089) }).CountedBytes, Is.EqualTo(4096));
        Assert.That(Assert.Throws<PayloadTooLargeException>(() => LegacyEncoder.Encode(new PushMessage { Body = new string('x', 4090) }))!.Bytes, Is.EqualTo(4097));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
