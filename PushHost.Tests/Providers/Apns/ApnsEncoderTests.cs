using System.Text;
using System.Text.Json;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Apns;

namespace PushHost.Tests.Providers.Apns;

internal sealed class ApnsEncoderTests
{
    private const string Bundle = "com.example.app";

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("a body alone is a plain alert", new() { Body = "Hi" }, """{"aps":{"alert":"Hi"}}""");
        yield return Row("a title makes the alert an object", new() { Title = "T", Subtitle = "S", Body = "B" },
            """{"aps":{"alert":{"title":"T","subtitle":"S","body":"B"}}}""");
        yield return Row("a subtitle makes the alert an object", new() { Subtitle = "S", Body = "B" }, """{"aps":{"alert":{"subtitle":"S","body":"B"}}}""");
        yield return Row("a badge alone", new() { Badge = 5 }, """{"aps":{"badge":5}}""");
        yield return Row("badge 0 removes it", new() { Badge = 0 }, """{"aps":{"badge":0}}""");
        yield return Row("a sound", new() { Body = "B", Sound = "default" }, """{"aps":{"alert":"B","sound":"default"}}""");
        yield return Row("an image", new() { Body = "B", ImageUrl = "https://x.example/i.png" },
            """{"aps":{"alert":"B","mutable-content":1},"imageUrl":"https://x.example/i.png"}""");
        yield return Row("data beside aps", new() { Body = "B", Data = Json("""{"foo":"bar","nested":{"a":1.50},"list":[1,null,true]}""") },
            """{"aps":{"alert":"B"},"foo":"bar","nested":{"a":1.50},"list":[1,null,true]}""");
        yield return Row("category and thread", new() { Body = "B", Category = "C", ThreadId = "T" },
            """{"aps":{"alert":"B","category":"C","thread-id":"T"}}""");
        yield return Row("mutable content", new() { Body = "B", MutableContent = true }, """{"aps":{"alert":"B","mutable-content":1}}""");
        yield return Row("silent", new() { Silent = true, Category = "C", ThreadId = "T", MutableContent = true, Data = Json("""{"a":1}""") },
            """{"aps":{"content-available":1},"a":1}""");
        yield return Row("few bytes for any script", new() { Body = "Grüße <b> & 'ж' 日本 😀 \" \\ \n" },
            """{"aps":{"alert":"Grüße <b> & 'ж' 日本 😀 \" \\ \n"}}""");
        yield return Row("aps overrides win, the rest stays", new() { Body = "B", Badge = 1, Overrides = Json("""{"aps":{"badge":9,"interruption-level":"critical"}}""") },
            """{"aps":{"alert":"B","badge":9,"interruption-level":"critical"}}""");
        yield return Row("an alert override is merged into the alert", new() { Body = "B", Overrides = Json("""{"aps":{"alert":{"loc-key":"K"}}}""") },
            """{"aps":{"alert":{"body":"B","loc-key":"K"}}}""");
        yield return Row("an alert text replaces the alert", new() { Title = "T", Body = "B", Overrides = Json("""{"aps":{"alert":"X"}}""") },
            """{"aps":{"alert":"X"}}""");
        yield return Row("payload overrides win over data", new() { Body = "B", Data = Json("""{"a":1,"o":{"x":1,"y":1}}"""), Overrides = Json("""{"payload":{"o":{"y":2},"b":3}}""") },
            """{"aps":{"alert":"B"},"a":1,"o":{"x":1,"y":2},"b":3}""");
        yield return Row("device management has no aps", new() { Overrides = Json("""{"pushType":"mdm","payload":{"mdm":"magic"}}""") }, """{"mdm":"magic"}""");
        yield return Row("a null data is no data", new() { Body = "B", Data = Json("null"), Overrides = Json("null") }, """{"aps":{"alert":"B"}}""");
    }

    [TestCaseSource(nameof(Rows))]
    public void A_message_becomes_the_payload_of_the_table(PushMessage message, string expected)
    {
        var payload = Encode(message);

        Assert.That(Encoding.UTF8.GetString(payload.Body.Span), Is.EqualTo(expected));
        Assert.That(payload.CountedBytes, Is.EqualTo(payload.Body.Length));
    }

    [TestCase(MessagePriority.High, false, "alert", "10")]
    [TestCase(MessagePriority.Normal, false, "alert", "5")]
    [TestCase(MessagePriority.Normal, true, "background", "5")]
    [TestCase(MessagePriority.High, true, "background", "5")]
    public void Priority_and_push_type_follow_the_message(MessagePriority priority, bool silent, string type, string expected)
    {
        var payload = Encode(new PushMessage { Priority = priority, Silent = silent, Body = silent ? null : "B" });

        Assert.That(payload.Headers, Is.EqualTo(Headers(("apns-push-type", type), ("apns-topic", Bundle), ("apns-priority", expected))));
        Assert.That(payload.Kind, Is.EqualTo("alert"));
    }

    [TestCase("voip", Bundle + ".voip", "voip", 5120)]
    [TestCase("complication", Bundle + ".complication", "complication", 4096)]
    [TestCase("fileprovider", Bundle + ".pushkit.fileprovider", "fileprovider", 4096)]
    [TestCase("location", Bundle + ".location-query", "location", 4096)]
    [TestCase("pushtotalk", Bundle + ".voip-ptt", "pushToTalk", 4096)]
    [TestCase("widgets", Bundle + ".push-type.widgets", "widgets", 4096)]
    [TestCase("controls", Bundle + ".push-type.controls", "controls", 4096)]
    [TestCase("mdm", Bundle, "mdm", 4096)]
    [TestCase("somethingnew", Bundle, "somethingnew", 4096)]
    public void A_push_type_brings_its_topic_kind_and_limit(string type, string topic, string kind, int limit)
    {
        var payload = Encode(new PushMessage { Overrides = Json($$"""{"pushType":"{{type}}"}""") });

        Assert.That(payload.Headers, Does.Contain(KeyValuePair.Create("apns-topic", topic)));
        Assert.That(payload.Headers, Does.Contain(KeyValuePair.Create("apns-push-type", type)));
        Assert.That(payload.Kind, Is.EqualTo(kind));
        Assert.That(payload.LimitBytes, Is.EqualTo(limit));
    }

    [TestCase("start", "pushToStart")]
    [TestCase("update", "liveActivity")]
    [TestCase("end", "liveActivity")]
    public void A_live_activity_starts_and_goes_on_by_different_tokens(string activityEvent, string kind)
    {
        var payload = Encode(new PushMessage
        {
            Overrides = Json($$$$"""{"pushType":"liveactivity","aps":{"event":"{{{{activityEvent}}}}","timestamp":1,"content-state":{}}}"""),
        });

        Assert.That(payload.Kind, Is.EqualTo(kind));
        Assert.That(payload.Headers, Does.Contain(KeyValuePair.Create("apns-topic", Bundle + ".push-type.liveactivity")));
    }

    [Test]
    public void Headers_can_be_overridden()
    {
        var payload = Encode(new PushMessage
        {
            Body = "B",
            CollapseId = "ours",
            Overrides = Json("""{"headers":{"apns-topic":"com.other","apns-priority":1,"apns-expiration":"0","apns-collapse-id":"theirs","apns-push-type":"alert"}}"""),
        });

        Assert.That(payload.Headers, Is.EqualTo(Headers(
            ("apns-push-type", "alert"), ("apns-topic", "com.other"), ("apns-priority", "1"), ("apns-collapse-id", "theirs"), ("apns-expiration", "0"))));
    }

    [TestCase("""{"foo":1}""", "apns.foo")]
    [TestCase("""[]""", "apns")]
    [TestCase("""{"aps":[]}""", "apns.aps")]
    [TestCase("""{"payload":"x"}""", "apns.payload")]
    [TestCase("""{"payload":{"aps":{}}}""", "apns.payload.aps")]
    [TestCase("""{"headers":1}""", "apns.headers")]
    [TestCase("""{"headers":{"x":"y"}}""", "apns.headers.x")]
    [TestCase("""{"headers":{"apns-id":"y"}}""", "apns.headers.apns-id")]
    [TestCase("""{"headers":{"apns-priority":"7"}}""", "apns.headers.apns-priority")]
    [TestCase("""{"headers":{"apns-priority":true}}""", "apns.headers.apns-priority")]
    [TestCase("""{"headers":{"apns-expiration":"-1"}}""", "apns.headers.apns-expiration")]
    [TestCase("""{"headers":{"apns-topic":"a\r\nb: c"}}""", "apns.headers.apns-topic")]
    [TestCase("""{"headers":{"apns-topic":""}}""", "apns.headers.apns-topic")]
    [TestCase("""{"headers":{"apns-push-type":"voip"},"pushType":"alert"}""", "apns.headers.apns-push-type")]
    [TestCase("""{"pushType":""}""", "apns.pushType")]
    [TestCase("""{"pushType":"Voip!"}""", "apns.pushType")]
    [TestCase("""{"pushType":7}""", "apns.pushType")]
    [TestCase("""{"pushType":"background","headers":{"apns-priority":"10"}}""", "apns.headers.apns-priority")]
    [TestCase("""{"pushType":"background","aps":{"sound":"x"}}""", "apns.aps.sound")]
    [TestCase("""{"pushType":"liveactivity"}""", "apns.aps.event")]
    [TestCase("""{"aps":{"alert":"\ud800"}}""", "apns.aps.alert")]
    [TestCase("""{"aps":{"\ud800":1}}""", "apns.aps")]
    public void An_override_that_APNs_would_not_take_is_refused_by_name(string overrides, string field)
    {
        var error = Assert.Throws<MessageInvalidException>(() => Encode(new PushMessage { Overrides = Json(overrides) }));

        Assert.That(error!.FieldName, Is.EqualTo(field));
    }

    [TestCase("""{"aps":1}""", "data.aps")]
    [TestCase("[]", "data")]
    public void Data_that_APNs_would_not_take_is_refused_by_name(string data, string field)
    {
        var error = Assert.Throws<MessageInvalidException>(() => Encode(new PushMessage { Data = Json(data) }));

        Assert.That(error!.FieldName, Is.EqualTo(field));
    }

    [Test]
    public void A_location_push_needs_a_key() =>
        Assert.That(
            () => new ApnsEncoder(Bundle, hasKey: false).Encode(new PushMessage { Overrides = Json("""{"pushType":"location"}""") }),
            Throws.TypeOf<MessageInvalidException>().With.Property("FieldName").EqualTo("apns.pushType"));

    [Test]
    public void A_collapse_id_may_have_64_bytes_and_not_65()
    {
        Assert.That(Encode(new PushMessage { Body = "B", CollapseId = new string('é', 32) }).CollapseId, Has.Length.EqualTo(32));
        Assert.That(
            () => Encode(new PushMessage { Body = "B", CollapseId = new string('é', 32) + "x" }),
            Throws.TypeOf<MessageInvalidException>().With.Property("FieldName").EqualTo("collapseId"));
    }

    [TestCase("alert", 4096)]
    [TestCase("voip", 5120)]
    public void A_payload_may_have_just_as_many_bytes_as_APNs_takes(string type, int limit)
    {
        PushMessage Filled(int bytes) => new()
        {
            Body = new string('x', bytes - """{"aps":{"alert":""}}""".Length),
            Overrides = Json($$"""{"pushType":"{{type}}"}"""),
        };

        Assert.That(Encode(Filled(limit)).Body.Length, Is.EqualTo(limit));
        var error = Assert.Throws<PayloadTooLargeException>(() => Encode(Filled(limit + 1)));
        Assert.That((error!.Bytes, error.Limit), Is.EqualTo((limit + 1, limit)));
    }

    private static ApnsPayload Encode(PushMessage message) => new ApnsEncoder(Bundle, hasKey: true).Encode(message);

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private static IEnumerable<KeyValuePair<string, string>> Headers(params (string Name, string Value)[] headers) =>
        headers.Select(header => KeyValuePair.Create(header.Name, header.Value));

    private static TestCaseData Row(string name, PushMessage message, string expected) =>
        new TestCaseData(message, expected).SetArgDisplayNames(name);
}
