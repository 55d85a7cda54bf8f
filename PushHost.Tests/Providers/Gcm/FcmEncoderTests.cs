using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;

namespace PushHost.Tests.Providers.Gcm;

public sealed class FcmEncoderTests
{
    private static readonly Gen<string> Key = Gen.String[Gen.Char["abcxyz_é\"\\"], 1, 8];

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("body", new PushMessage { Body = "You've got mail" }, """{"notification":{"body":"You've got mail"},"android":{"priority":"HIGH"}}""");
        yield return Row("title", new PushMessage { Title = "T" }, """{"notification":{"title":"T"},"android":{"priority":"HIGH"}}""");
        yield return Row("subtitle is not carried", new PushMessage { Body = "b", Subtitle = "s" },
            """{"notification":{"body":"b"},"android":{"priority":"HIGH"}}""");
        yield return Row("badge", new PushMessage { Badge = 5 }, """{"android":{"priority":"HIGH","notification":{"notification_count":5}}}""");
        yield return Row("badge 0", new PushMessage { Badge = 0 }, """{"android":{"priority":"HIGH","notification":{"notification_count":0}}}""");
        yield return Row("sound", new PushMessage { Body = "b", Sound = "bell" },
            """{"notification":{"body":"b"},"android":{"priority":"HIGH","notification":{"sound":"bell"}}}""");
        yield return Row("imageUrl", new PushMessage { Body = "b", ImageUrl = "https://x.example/i.png" },
            """{"notification":{"body":"b","image":"https://x.example/i.png"},"android":{"priority":"HIGH"}}""");
        yield return Row("data, non-strings as JSON text", new PushMessage { Data = Json("""{"foo":"bar","n":1,"t":true,"z":null,"nested":{"a":1},"l":[1,2]}""") },
            """{"data":{"foo":"bar","n":"1","t":"true","z":"null","nested":"{\"a\":1}","l":"[1,2]"},"android":{"priority":"HIGH"}}""");
        yield return Row("category", new PushMessage { Body = "b", Category = "MAIL" },
            """{"notification":{"body":"b"},"android":{"priority":"HIGH","notification":{"click_action":"MAIL"}}}""");
        yield return Row("threadId is not carried", new PushMessage { Body = "b", ThreadId = "t" }, """{"notification":{"body":"b"},"android":{"priority":"HIGH"}}""");
        yield return Row("collapseId", new PushMessage { Body = "b", CollapseId = "c" },
            """{"notification":{"body":"b"},"android":{"collapse_key":"c","priority":"HIGH"}}""");
        yield return Row("priority", new PushMessage { Body = "b", Priority = MessagePriority.Normal },
            """{"notification":{"body":"b"},"android":{"priority":"NORMAL"}}""");
        yield return Row("silent", new PushMessage { Silent = true, ImageUrl = "https://x.example", Category = "C", Data = Json("""{"a":"b"}""") },
            """{"data":{"a":"b"},"android":{"priority":"NORMAL"}}""");
        yield return Row("mutableContent is not carried", new PushMessage { Body = "b", MutableContent = true },
            """{"notification":{"body":"b"},"android":{"priority":"HIGH"}}""");
        yield return Row("empty data", new PushMessage { Body = "b", Data = Json("{}") }, """{"notification":{"body":"b"},"android":{"priority":"HIGH"}}""");
        yield return Row("text is kept as it is", new PushMessage { Body = "é😀\"\\</script>" },
            """{"notification":{"body":"é😀\"\\</script>"},"android":{"priority":"HIGH"}}""");

        yield return Override("""{"notification":{"title":"theirs"},"fcm_options":{"analytics_label":"x"}}""",
            """{"notification":{"title":"theirs","body":"b"},"fcm_options":{"analytics_label":"x"},"android":{"collapse_key":"c","priority":"HIGH"}}""");
        yield return Override("""{"android":{"notification":{"channel_id":"ch"},"priority":"normal"}}""",
            """{"notification":{"title":"t","body":"b"},"android":{"collapse_key":"c","priority":"normal","notification":{"channel_id":"ch"}}}""");
        yield return Override("""{"android":{"collapseKey":"theirs"}}""",
            """{"notification":{"title":"t","body":"b"},"android":{"priority":"HIGH","collapseKey":"theirs"}}""");
        yield return Override("""{"notification":null,"android":null}""", "{}");
        yield return Override("""{"data":{"n":1}}""",
            """{"notification":{"title":"t","body":"b"},"android":{"collapse_key":"c","priority":"HIGH"},"data":{"n":"1"}}""");
        yield return Override("""{"apns":{"payload":{"aps":{"sound":null},"snake_case":1,"snakeCase":2}}}""",
            """{"notification":{"title":"t","body":"b"},"android":{"collapse_key":"c","priority":"HIGH"},"apns":{"payload":{"aps":{"sound":null},"snake_case":1,"snakeCase":2}}}""");

        static TestCaseData Row(string name, PushMessage message, string expected) => new TestCaseData(message, expected).SetArgDisplayNames(name);
        static TestCaseData Override(string overrides, string expected) => Row("gcm.message " + overrides,
            new PushMessage { Title = "t", Body = "b", CollapseId = "c", Overrides = Json($$"""{"message":{{overrides}}}""") }, expected);
    }

    [TestCaseSource(nameof(Rows))]
    public void The_common_message_becomes_FCMs(PushMessage message, string expected) =>
        Assert.That(JsonNode.DeepEquals(Message(FcmEncoder.Encode(message)), JsonNode.Parse(expected)), Is.True,
            () => Encoding.UTF8.GetString(FcmEncoder.Encode(message).Body.Span));

    [TestCase("""{"from":"x"}""", "data.from")]
    [TestCase("""{"message_type":"x"}""", "data.message_type")]
    [TestCase("""{"google.sent_time":"x"}""", "data.google.sent_time")]
    [TestCase("""{"gcm.notification.e":"x"}""", "data.gcm.notification.e")]
    [TestCase("""[1]""", "data")]
    [TestCase("""{"a":"\ud83d"}""", "data")]
    public void Data_that_FCM_cannot_carry_is_refused_by_its_name(string data, string field) =>
        Assert.That(Refusal(new PushMessage { Data = Json(data) }).FieldName, Is.EqualTo(field));

    [TestCase("""{"googleplex":"x","fromage":"y","gcmx":"z"}""")]
    public void Keys_that_only_look_reserved_are_carried(string data) =>
        Assert.That(FcmEncoder.Encode(new PushMessage { Data = Json(data) }).CountedBytes, Is.EqualTo(24));

    [TestCase("""{"message":{"token":"x"}}""", "gcm.message.token")]
    [TestCase("""{"message":{"topic":"x"}}""", "gcm.message.topic")]
    [TestCase("""{"message":{"condition":"x"}}""", "gcm.message.condition")]
    [TestCase("""{"message":{"fid":"x"}}""", "gcm.message.fid")]
    [TestCase("""{"message":{"android":"x"}}""", "gcm.message.android")]
    [TestCase("""{"message":{"data":[]}}""", "gcm.message.data")]
    [TestCase("""{"message":{"data":{"from":"x"}}}""", "gcm.message.data.from")]
    [TestCase("""{"message":{"notification":{"title":"\ud83d"}}}""", "gcm.message")]
    [TestCase("""{"message":{"apns":{"payload":{"\udc00":1}}}}""", "gcm.message")]
    [TestCase("""{"message":[]}""", "gcm.message")]
    [TestCase("""{"mesage":{}}""", "gcm.mesage")]
    [TestCase("""[]""", "gcm")]
    public void An_override_that_cannot_be_merged_is_refused_by_its_name(string overrides, string field) =>
        Assert.That(Refusal(new PushMessage { Body = "b", Overrides = Json(overrides) }).FieldName, Is.EqualTo(field));

    [Test]
    public void A_message_at_the_limit_passes_and_a_byte_more_does_not()
    {
        // Counted are the bytes of data and texts: 3 of the key, 2 of the é.
        static PushMessage Sized(int bytes) => new() { Title = "é", Data = Json($$"""{"key":"{{new string('x', bytes - 5)}}"}""") };

        Assert.That(FcmEncoder.Encode(Sized(4096)).CountedBytes, Is.EqualTo(4096));
        var refused = Assert.Throws<PayloadTooLargeException>(() => FcmEncoder.Encode(Sized(4097)));
        Assert.That((refused!.Bytes, refused.Limit), Is.EqualTo((4097, 4096)));
    }

    [Test]
    public void Android_data_counts_in_place_of_data()
    {
        var message = new PushMessage { Data = Json("""{"a":"12345"}"""), Overrides = Json("""{"message":{"android":{"data":{"b":"1"}}}}""") };

        Assert.That(FcmEncoder.Encode(message).CountedBytes, Is.EqualTo(2));
    }

    [Test]
    public void Whatever_a_message_says_its_payload_is_JSON_that_says_the_same() =>
        Gen.Select(Gen.String.Null(), Gen.String.Null(), Gen.Dictionary(Key, Gen.String)[0, 5]).Sample((title, body, data) =>
        {
            var message = new PushMessage { Title = title, Body = body, Data = JsonSerializer.SerializeToElement(data) };
            if (Encoding.UTF8.GetByteCount(title + body) + data.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key + pair.Value)) > 4096)
                return true;
            var read = Message(FcmEncoder.Encode(message));
            return Same(title, read["notification"]?["title"]) && Same(body, read["notification"]?["body"])
                && data.All(pair => Same(pair.Value, read["data"]![Whole(pair.Key)]));
        });

    // Half a surrogate pair is no text: a .NET string may hold one, UTF-8 may not, and it becomes the replacement character.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool Same(string? text, JsonNode? node) => text is null ? node is null : Whole(text) == node!.GetValue<string>();

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static JsonNode Message(FcmPayload payload) => JsonNode.Parse(payload.Body.Span)!["message"]!;

    private static MessageInvalidException Refusal(PushMessage message) => Assert.Throws<MessageInvalidException>(() => FcmEncoder.Encode(message))!;
}
