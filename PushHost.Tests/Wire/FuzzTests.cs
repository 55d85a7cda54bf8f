using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using NUnit.Framework;

namespace PushHost.Tests.Wire;

/// <summary>Whatever arrives, the answer is a success or names what is wrong, and nothing is logged.</summary>
public sealed class FuzzTests
{
    private const string Good = """
        {"Id":7,"Name":"n\u00fc\ud83d\ude00","Created":"\/Date(1767323045678)\/","Offset":"2026-01-02T03:04:05+02:00","Ttl":"PT1H30M","Uid":"11111111222233334444555555555555",
         "Prio":"VeryHigh","Caps":5,"Member":"second-one","Data":"AQL//g==","Flag":true,"Money":1.50,"Day":"2026-03-04","At":"PT5H6M7S","Tags":["x"],"Grid":[[1]],
         "Map":{"k":"v"},"Free":{"__type":"a","a":[1,{"b":null}]},"Nested":{"Title":"t","Badge":2},"Items":[{"Data":{"x":1}}],"other_name":"o"}
        """;

    private static readonly string[] Snippets =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e999", "\\u", "\\ud83d", "\"\"", " ", "\0", "é", "\"__type\":1,", "{}", "[]", "\"Id\":1,", "99999999999999999999", "/Date(", "P1Y", "\\"];

    [Test]
    public async Task A_mangled_body_is_never_our_fault()
    {
        await using var host = await WireHost.StartAsync();
        var statuses = new ConcurrentDictionary<int, int>();
        var edits = Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 12], Gen.Int[0, Snippets.Length - 1]).Array[1, 4];
        await edits.SampleAsync(async several =>
        {
            var body = several.Aggregate(Good, (text, edit) =>
            {
                var at = Math.Min(edit.Item1, text.Length);
                return text.Remove(at, Math.Min(edit.Item2, text.Length - at)).Insert(at, Snippets[edit.Item3]);
            });
            var status = await ExpectAnswerAsync(host, "/everything", Encoding.UTF8.GetBytes(body));
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            await ExpectAnswerAsync(host, "/strict/5?x=1&tags=[", Encoding.UTF8.GetBytes(body));
        }, iter: 400);
        Assert.That(host.Log.Lines, Is.Empty);
        Assert.That(statuses.Keys, Is.EquivalentTo(new[] { 200, 400 }), "the edits reach both sides of the line");
    }

    [Test]
    public async Task Random_bytes_are_never_our_fault()
    {
        await using var host = await WireHost.StartAsync();
        await Gen.Byte.Array[0, 60].SampleAsync(bytes => ExpectAnswerAsync(host, "/strict/5", [.. "{\"name\":\""u8, .. bytes]), iter: 200);
        await Gen.Byte.Array[0, 60].SampleAsync(bytes => ExpectAnswerAsync(host, "/everything", bytes), iter: 200);
        Assert.That(host.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task A_mangled_url_is_never_our_fault()
    {
        await using var host = await WireHost.StartAsync();
        var text = Gen.Char["a1{}[],:\"%+-TPZ&=\\/.;25Ff"].Array[0, 30].Select(chars => new string(chars));
        await Gen.Select(text, text).SampleAsync(async pair =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{host.Client.BaseAddress}everything/{pair.Item1}?nested={pair.Item2}&grid={pair.Item2}&free={pair.Item2}&ttl={pair.Item1}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            using var response = await host.Client.SendAsync(request);
            Assert.That((int)response.StatusCode, Is.LessThan(500));
        }, iter: 400);
        Assert.That(host.Log.Lines, Is.Empty);
    }

    private static async Task<int> ExpectAnswerAsync(WireHost host, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        var answer = await host.SendAsync(request);
        Assert.That((int)answer.Status, Is.EqualTo(200).Or.EqualTo(400), answer.Body);
        if ((int)answer.Status == 400)
            Assert.That(answer.Code, Is.EqualTo("InvalidJson").Or.EqualTo("ValidationException"));
        return (int)answer.Status;
    }
}
