using System.Net;
using System.Text;
using NUnit.Framework;

namespace PushHost.Tests.Wire;

public sealed class JsonTests
{
    private WireHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await WireHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task A_body_of_ServiceStack_Text_is_read_and_answered_in_the_form_that_every_client_reads()
    {
        var answer = await _host.PostAsync("/everything", """
            {"Id":7,"Name":"n","Created":"\/Date(1767323045678)\/","Offset":"\/Date(1767315845000+0200)\/","Ttl":"PT1H30M",
             "Uid":"11111111222233334444555555555555","Prio":"VeryHigh","Caps":5,"Member":"second-one","Data":"AQL//g==","Flag":true,
             "Money":1.50,"Day":"2026-03-04","At":"PT5H6M7S","Tags":["x"],"Map":{"k":"v"},"Nested":{"Title":"t","Badge":2}}
            """);

        Assert.That(answer.Body, Is.EqualTo(
            """{"id":7,"name":"n","created":"2026-01-02T03:04:05.678Z","offset":"2026-01-02T01:04:05Z","ttl":"PT1H30M" """.TrimEnd()
            + ""","uid":"11111111-2222-3333-4444-555555555555","prio":"veryHigh","caps":5,"member":"second-one","data":"AQL//g==","flag":true,"flag2":false"""
            + ""","money":1.50,"day":"2026-03-04","at":"PT5H6M7S","tags":["x"],"map":{"k":"v"},"nested":{"title":"t","badge":2}}"""));
    }

    [Test]
    public async Task A_body_of_System_Text_Json_or_TypeScript_is_read()
    {
        var answer = await _host.PostAsync("/everything", """
            {"id":7,"created":"2026-01-02T03:04:05.678Z","offset":"2026-01-02T05:04:05+02:00","ttl":"01:30:00","uid":"11111111-2222-3333-4444-555555555555",
             "prio":1,"member":"Second","other_name":"r","name":null,"nested":null,"tags":null,"unknown":{"a":[1]}}
            """);

        Assert.That(answer.Body, Is.EqualTo(
            """{"id":7,"created":"2026-01-02T03:04:05.678Z","offset":"2026-01-02T03:04:05Z","ttl":"PT1H30M","uid":"11111111-2222-3333-4444-555555555555" """.TrimEnd()
            + ""","prio":"veryHigh","member":"second-one","flag2":false,"other_name":"r"}"""));
    }

    [Test]
    public async Task Free_json_comes_back_as_it_was()
    {
        var free = """{"Key One":1.50,"nested":{"A":[1,"x",null,true],"e":1e3},"text":"ü<&+'","big":12345678901234567890}""";

        Assert.That((await _host.PostAsync("/everything", $$"""{"free":{{free}}}""")).Json.GetProperty("free").GetRawText(), Is.EqualTo(free));
    }

    [Test]
    public async Task A_plus_is_never_escaped()
    {
        Assert.That((await _host.PostAsync("/everything", """{"name":"a+b\u002Bc"}""")).Body, Does.Contain("a+b+c"));
    }

    [Test]
    public async Task Type_marks_are_dropped_at_any_depth()
    {
        var body = """{"__type":"A","id":1,"nested":{"__type":"B","title":"t"},"free":{"__type":"C","a":{"__type":"D","b":1.0,"c":"+ü"}}}""";

        Assert.That((await _host.PostAsync("/everything", body)).Body, Is.EqualTo("""{"id":1,"flag2":false,"free":{"a":{"b":1.0,"c":"+ü"}},"nested":{"title":"t"}}"""));
        Assert.That((await _host.PostAsync("/strict/1", body)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("""{"id":"7"}""", "id", "'id' must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("""{"Id":7.5}""", "id", null)]
    [TestCase("""{"id":3000000000}""", "id", null)]
    [TestCase("""{"flag":"true"}""", "flag", "'flag' must be true or false.")]
    [TestCase("""{"flag":1}""", "flag", null)]
    [TestCase("""{"name":5}""", "name", "'name' must be text.")]
    [TestCase("""{"nested":{"Badge":"x"}}""", "nested.badge", null)]
    [TestCase("""{"nested":[]}""", "nested", "'nested' must be an object.")]
    [TestCase("""{"items":[{},{"badge":{}}]}""", "items[1].badge", null)]
    [TestCase("""{"tags":"x"}""", "tags", "'tags' must be a list.")]
    [TestCase("""{"numbers":[1,"2"]}""", "numbers[1]", null)]
    [TestCase("""{"map":{"a b":5}}""", "map.a b", "'map.a b' must be text.")]
    [TestCase("""{"ttl":"P1Y"}""", "ttl", "'ttl' must be a duration in days, hours, minutes and seconds such as PT1H30M or P2D.")]
    [TestCase("""{"ttl":60}""", "ttl", null)]
    [TestCase("""{"created":"yesterday"}""", "created", "'created' must be a date and time such as 2026-01-02T03:04:05Z.")]
    [TestCase("""{"created":5}""", "created", null)]
    [TestCase("""{"prio":"middling"}""", "prio", "'prio' must be one of low, veryHigh.")]
    [TestCase("""{"prio":7}""", "prio", null)]
    [TestCase("""{"uid":"x"}""", "uid", null)]
    [TestCase("""{"data":"*"}""", "data", null)]
    [TestCase("""{"other_name":1}""", "other_name", null)]
    public async Task A_value_of_the_wrong_type_is_named(string body, string field, string? message)
    {
        var answer = await _host.PostAsync("/everything", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Code, Is.EqualTo("ValidationException"));
        Assert.That(answer.Fields, Is.EqualTo(new[] { $"InvalidType {field}" }));
        Assert.That(answer.Error.GetProperty("message").GetString(), message is null ? Does.StartWith($"'{field}' must be ") : Is.EqualTo(message));
    }

    [TestCase("{")]
    [TestCase("{\"id\":}")]
    [TestCase("{\"id\":1,}")]
    [TestCase("{\"id\":1}x")]
    [TestCase("{'id':1}")]
    [TestCase("{\"id\":01}")]
    [TestCase("// {}")]
    [TestCase("[]")]
    [TestCase("[1")]
    [TestCase("null")]
    [TestCase("\"x\"")]
    [TestCase("{\"name\":\"\\ud83d\"}")]
    [TestCase("{\"name\":\"\\ude00\\ud83d\"}")]
    [TestCase("{\"\\ud83d\":1}")]
    [TestCase("{\"free\":{\"a\":\"\\uD83Dx\"}}")]
    [TestCase("{\"name\":\"\n\"}")]
    public async Task What_is_not_a_json_object_is_InvalidJson(string body)
    {
        var answer = await _host.PostAsync("/everything", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Code, Is.EqualTo("InvalidJson"));
    }

    [Test]
    public async Task Malformed_json_is_shown_by_line_and_byte()
    {
        var answer = await _host.PostAsync("/everything", "{\n  \"id\": x}");

        Assert.That(answer.Error.GetProperty("message").GetString(), Does.StartWith("The body isn't JSON: line 2, byte 9. 'x' is an invalid start of a value"));
        Assert.That(
            (await _host.PostAsync("/everything", """{"id":1,}""")).Error.GetProperty("message").GetString(),
            Does.Contain("trailing comma").And.Not.Contain("options"), "which only a programmer of the host could change");
    }

    [Test]
    public async Task Bytes_that_are_not_utf_8_are_InvalidJson()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/everything") { Content = new ByteArrayContent([.. "{\"name\":\""u8, 0xFF, .. "\"}"u8]) };

        Assert.That((await _host.SendAsync(request)).Code, Is.EqualTo("InvalidJson"));
    }

    [Test]
    public async Task Whole_surrogate_pairs_and_escaped_backslashes_are_text()
    {
        Assert.That((await _host.PostAsync("/everything", """{"name":"\ud83d\ude00 \\ud83d"}"""))["name"], Is.EqualTo("😀 \\ud83d"));
    }

    [TestCase("""{"id":1,"id":2}""", "id")]
    [TestCase("""{"id":1,"ID":2}""", "id")]
    [TestCase("""{"nested":{"title":"a","Title":"b"}}""", "nested.title")]
    [TestCase("""{"map":{"a":"1","a":"2"}}""", "map.a")]
    [TestCase("""{"free":{"a":1,"a":2}}""", "free.a")]
    [TestCase("""{"free":{"x":{"a":1,"a":2}}}""", "free.x.a")]
    public async Task A_member_given_twice_is_refused(string body, string field)
    {
        var answer = await _host.PostAsync("/everything", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Fields, Is.EqualTo(new[] { $"Duplicate {field}" }));
    }

    [TestCase("""{"tags":["a",null]}""", "tags[1]")]
    [TestCase("""{"items":[{"tags":["a"]},null]}""", "items[1]")]
    [TestCase("""{"items":[{"tags":["a"]},{"tags":[null]}]}""", "items[1].tags[0]")]
    [TestCase("""{"nested":{"tags":[null]}}""", "nested.tags[0]")]
    [TestCase("""{"grid":[[1],null]}""", "grid[1]")]
    [TestCase("""{"map":{"a":null}}""", "map.a")]
    public async Task A_null_where_a_list_or_dictionary_has_no_place_for_one_is_refused(string body, string field)
    {
        Assert.That((await _host.PostAsync("/everything", body)).Fields, Is.EqualTo(new[] { $"NotNull {field}" }));
    }

    [TestCase("")]
    [TestCase(" \r\n")]
    [TestCase("\uFEFF")]
    [TestCase("\uFEFF{}")]
    public async Task No_body_is_an_empty_request(string body)
    {
        Assert.That((await _host.PostAsync("/everything", body)).Body, Is.EqualTo("""{"id":0,"flag2":false}"""));
    }

    [Test]
    public async Task A_body_may_be_32_levels_deep_and_comes_back()
    {
        string Nest(int levels) => "{\"free\":{\"a\":" + new string('[', levels - 2) + new string(']', levels - 2) + "}}";

        Assert.That((await _host.PostAsync("/everything", Nest(32))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _host.PostAsync("/everything", Nest(33))).Code, Is.EqualTo("InvalidJson"));
        Assert.That((await _host.PostAsync("/everything", new string('[', 100_000))).Code, Is.EqualTo("InvalidJson"));
    }

    [Test]
    public async Task A_large_body_that_arrives_in_pieces_is_read_whole()
    {
        var name = new string('ü', 400_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/everything") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"name":"{{name}}"}""")) };
        request.Headers.TransferEncodingChunked = true;

        Assert.That((await _host.SendAsync(request))["name"], Is.EqualTo(name));
    }

    [Test]
    public async Task Every_unknown_member_of_a_strict_operation_is_named_with_its_path()
    {
        var answer = await _host.PostAsync("/strict/1?Nmae=x&version=2&jsconfig=x", """
            {"version":1,"sessionId":"s","Titel":1,"nested":{"Bagde":1,"version":1,"data":{"anything":1}},"items":[{},{"tag":[{"x":1}]}],"map":{"k":"v"},"free":{"f":{"g":1}}}
            """);

        Assert.That(answer.Code, Is.EqualTo("ValidationException"));
        Assert.That(answer.Fields, Is.EqualTo(new[] { "UnknownMember Titel", "UnknownMember nested.Bagde", "UnknownMember nested.version", "UnknownMember items[1].tag" }));
        Assert.That((await _host.PostAsync("/strict/1?Nmae=x&nested={Bagde:1}&version=2&jsconfig=x", "")).Fields, Is.EqualTo(new[] { "UnknownMember Nmae", "UnknownMember nested.Bagde" }));
    }

    [Test]
    public async Task At_most_100_unknown_members_are_told()
    {
        string Unknown(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"x{i}\":1"))}}}";

        Assert.That((await _host.PostAsync("/strict/1", Unknown(100))).Fields, Has.Length.EqualTo(100));
        Assert.That((await _host.PostAsync("/strict/1", Unknown(101))).Fields, Has.Length.EqualTo(100));
    }

    [Test]
    public async Task A_get_or_delete_may_carry_a_content_type_and_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/everything/4") { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        Assert.That((await _host.SendAsync(request))["id"], Is.EqualTo("4"));
        Assert.That((await _host.SendAsync("DELETE", "/things/4", "", "application/json")).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }
}
