using System.Net;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public sealed class JsvTests
{
    private static readonly Gen<string> Words = Gen.Char["abÜ😀 ,:{}[]\"'\\\r\n\t=&+%/0"].Array[0, 8].Select(chars => new string(chars).Replace("\uD83D", "x", StringComparison.Ordinal).Replace("\uDE00", "y", StringComparison.Ordinal));
    private static readonly Gen<DateTimeOffset> Dates = Gen.Select(Gen.Long[0, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60])
        .Select(pair => new DateTimeOffset(pair.Item1 + TimeSpan.TicksPerDay, TimeSpan.FromMinutes(pair.Item2)));

    // A list of one empty list reads like an empty list, in the format itself.
    private static readonly Gen<List<List<int>>> Grids = Gen.Int.List[0, 3].List[0, 3].Where(grid => grid is not [[]]);

    private static readonly Gen<Nested> Nesteds = Gen.Select(Words.Null(), Gen.Int.Nullable(), Words.List[0, 3].Null())
        .Select(parts => new Nested { Title = parts.Item1, Badge = parts.Item2, Tags = parts.Item3 });

    private static readonly Gen<Everything> Requests = Gen.Select(
        Gen.Select(Gen.Int, Words.Null(), Dates.Nullable(), Gen.TimeSpan.Nullable(), Gen.Guid.Nullable(), Gen.Enum<Prio>().Nullable(), Gen.Int[0, 7].Nullable(), Gen.Enum<Place>().Nullable()),
        Gen.Select(Gen.Byte.Array.Null(), Gen.Bool.Nullable(), Gen.Decimal.Nullable(), Gen.Double.Where(double.IsFinite).Nullable(), Gen.DateOnly.Nullable(), Gen.TimeOnly.Nullable()),
        Gen.Select(Words.List[0, 4].Null(), Gen.Int.Array[0, 4].Null(), Grids.Null(), Gen.Dictionary(Words, Words)[0, 3].Null(), Nesteds.Null(), Nesteds.List[0, 3].Null()))
        .Select((a, b, c) => new Everything
        {
            Id = a.Item1, Name = a.Item2, Offset = a.Item3, Created = a.Item3?.UtcDateTime, Ttl = a.Item4, Uid = a.Item5, Prio = a.Item6, Caps = (Caps?)a.Item7, Member = a.Item8,
            Data = b.Item1, Flag = b.Item2, Money = b.Item3, Ratio = b.Item4, Day = b.Item5, At = b.Item6,
            Tags = c.Item1, Numbers = c.Item2, Grid = c.Item3, Map = c.Item4, Nested = c.Item5, Items = c.Item6,
        });

    [Test]
    public void Whatever_a_dotnet_client_puts_in_a_query_arrives()
    {
        var shape = TypeShape.Of(typeof(Everything));
        var json = new WireJson();
        Requests.Sample(sent =>
        {
            var got = new Everything();
            var faults = new JsvFaults(refusesUnknown: true);
            QueryBinder.Bind(got, shape, JsvWriter.Query(sent), taken: null, faults);
            faults.ThrowIfAny();
            return JsonSerializer.Serialize(got, json.WriteOptions) == JsonSerializer.Serialize(sent, json.WriteOptions);
        }, print: JsvWriter.Query);
    }

    [Test]
    public void No_query_makes_more_than_a_400()
    {
        var shape = TypeShape.Of(typeof(Everything));
        string[] names = [.. shape.Members.Select(member => member.Name), "zzz", ""];
        var keys = Gen.Int[0, names.Length - 1].Select(i => names[i]);
        var values = Gen.Char["a1{}[],:\"% +-TPZ&=\\\u0000"].Array[0, 30].Select(chars => new string(chars));
        Gen.Select(keys, values).Array[0, 6].Sample(pairs =>
        {
            try
            {
                var faults = new JsvFaults(refusesUnknown: true);
                QueryBinder.Bind(new Everything(), shape, "?" + string.Join('&', pairs.Select(pair => $"{pair.Item1}={pair.Item2}")), taken: null, faults);
                faults.ThrowIfAny();
            }
            catch (RequestException exception)
            {
                Assert.That(exception.Status, Is.EqualTo(400));
            }
        });
    }

    [TestCase("tags=x,y,z", """["x","y","z"]""")]
    [TestCase("tags=x&tags=y,z", """["x","y","z"]""")]
    [TestCase("tags=x,\"y,z\",\"w \"\"q\"\"\"", """["x","y,z","w \"q\""]""")]
    [TestCase("tags=[a,b]", """["a","b"]""")]
    [TestCase("tags=[\"a\",\"b\"]", """["a","b"]""")]
    [TestCase("tags=[]", "[]")]
    [TestCase("tags=", "[]")]
    [TestCase("tags=x,,", """["x","",""]""")]
    [TestCase("numbers=1,2", "[1,2]")]
    [TestCase("grid=[1,2],[3]", "[[1,2],[3]]")]
    [TestCase("grid=[1,2]", "[[1,2]]")]
    [TestCase("grid=[[1,2],[3]]", "[[1,2],[3]]")]
    [TestCase("grid=[]", "[]")]
    [TestCase("grid=[],[]", "[[],[]]")]
    [TestCase("map={k:v,k 2:\"v,2\"}", """{"k":"v","k 2":"v,2"}""")]
    [TestCase("map={}", "{}")]
    [TestCase("free={a:{b:[1,x]},c:\"\"}", """{"a":{"b":["1","x"]},"c":""}""")]
    [TestCase("nested={Title:\"t,1\",Badge:2,Tags:[p,q]}", """{"title":"t,1","badge":2,"tags":["p","q"]}""")]
    [TestCase("nested={\"title\":\"t\",\"badge\":2}", """{"title":"t","badge":2}""")]
    [TestCase("items={Title:i1,Badge:1},{Title:i2,Badge:0}", """[{"title":"i1","badge":1},{"title":"i2","badge":0}]""")]
    [TestCase("name=[\"raw\"]", "[\"raw\"]")]
    [TestCase("name=5\" wide", "5\" wide")]
    [TestCase("tags=5\",7\"", """["5\"","7\""]""")]
    [TestCase("name=", "")]
    [TestCase("flag=True", "True")]
    [TestCase("flag=1", "True")]
    [TestCase("flag=on", "True")]
    [TestCase("flag=False", "False")]
    [TestCase("prio=veryhigh", "veryHigh")]
    [TestCase("caps=5", "5")]
    [TestCase("member=second-one", "second-one")]
    [TestCase("created=2026-01-02T03:04:05.6780000Z", "2026-01-02T03:04:05.678Z")]
    [TestCase("created=2026-01-02T03:04:05-05:00", "2026-01-02T08:04:05Z")]
    [TestCase("offset=2026-01-02T03:04:05.0000000+02:00", "2026-01-02T01:04:05Z")]
    [TestCase("created=Fri Jan 02 2026 03:04:05 GMT%2B0100 (Central European Standard Time)", "2026-01-02T02:04:05Z")]
    [TestCase("ttl=PT1H30M", "PT1H30M")]
    [TestCase("at=PT5H6M7S", "PT5H6M7S")]
    [TestCase("day=2026-03-04", "2026-03-04")]
    [TestCase("uid=11111111222233334444555555555555", "11111111-2222-3333-4444-555555555555")]
    [TestCase("data=%2B%2B%2F%2F", "++//")]
    [TestCase("data=++//", "++//")]
    [TestCase("other_name=x", "x")]
    public async Task A_query_is_read_as_its_member_wants(string query, string expected)
    {
        await using var host = await WireHost.StartAsync();
        var answer = await host.GetAsync("/everything?" + query);
        var member = query[..query.IndexOf('=', StringComparison.Ordinal)];

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body);
        Assert.That(answer[member], Is.EqualTo(expected));
    }

    [TestCase("id=x", "InvalidType id")]
    [TestCase("id=3000000000", "InvalidType id")]
    [TestCase("flag=maybe", "InvalidType flag")]
    [TestCase("ttl=P1M", "InvalidType ttl")]
    [TestCase("numbers=1,x", "InvalidType numbers[1]")]
    [TestCase("nested={Badge:x}", "InvalidType nested.badge")]
    [TestCase("nested={Badge:1", "InvalidType nested")]
    [TestCase("nested={Badge:1}}", "InvalidType nested")]
    [TestCase("nested=x", "InvalidType nested")]
    [TestCase("nested={badge:1,Badge:2}", "InvalidType nested.badge")]
    [TestCase("map={a:1,a:2}", "InvalidType map.a")]
    [TestCase("tags=\"x", "InvalidType tags[0]")]
    [TestCase("nested={\"title\": \"t\"}", "InvalidType nested.title")]
    [TestCase("nested={\"title\":\"t\", \"badge\":2}", "InvalidType nested")]
    [TestCase("free=[a, \"b\"]", "InvalidType free")]
    [TestCase("data=***", "InvalidType data")]
    [TestCase("id=1&ID=2", "InvalidType id")]
    [TestCase("id=x&flag=y", "InvalidType id,InvalidType flag")]
    public async Task What_cannot_be_read_is_named(string query, string expected)
    {
        await using var host = await WireHost.StartAsync();
        var answer = await host.GetAsync("/everything?" + query);

        Assert.That(answer.Code, Is.EqualTo("ValidationException"));
        Assert.That(string.Join(',', answer.Fields), Is.EqualTo(expected));
    }

    [TestCase("name=%", "name")]
    [TestCase("name=%4", "name")]
    [TestCase("name=%zz", "name")]
    [TestCase("name=%+1", "name")]
    [TestCase("name=%ff", "name")]
    [TestCase("name=%ed%a0%bd", "name")]
    [TestCase("unknown=%zz", "unknown")]
    [TestCase("%zz=x", "%zz")]
    [TestCase("%zy", "%zy")]
    public async Task What_is_not_percent_encoded_utf8_is_refused(string query, string field)
    {
        await using var host = await WireHost.StartAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"{host.Client.BaseAddress}everything?{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.That((await host.SendAsync(request)).Fields, Is.EqualTo(new[] { $"InvalidType {field}" }));
    }

    [Test]
    public async Task A_key_without_a_value_is_null_and_an_empty_value_is_not_given()
    {
        await using var host = await WireHost.StartAsync();

        Assert.That((await host.GetAsync("/everything?name&tags&id=&flag=&ttl=&&")).Body, Is.EqualTo("""{"id":0,"flag2":false}"""));
    }

    [Test]
    public async Task A_wrong_value_in_the_path_is_named()
    {
        await using var host = await WireHost.StartAsync();

        Assert.That((await host.SendAsync("DELETE", "/things/x")).Fields, Is.EqualTo(new[] { "InvalidType id" }));
    }

    [Test]
    public async Task A_query_has_at_most_1000_keys_and_nests_at_most_32_levels()
    {
        await using var host = await WireHost.StartAsync();

        Assert.That((await host.GetAsync("/everything?" + string.Join('&', Enumerable.Repeat("x=1", 1000)))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await host.GetAsync("/everything?" + string.Join('&', Enumerable.Repeat("x=1", 1001)))).Code, Is.EqualTo("ValidationException"));
        Assert.That((await host.GetAsync("/everything?free={a:" + new string('[', 2000))).Code, Is.EqualTo("ValidationException"));
    }
}
