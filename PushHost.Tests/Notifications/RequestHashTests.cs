using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Notifications;

namespace PushHost.Tests.Notifications;

public class RequestHashTests
{
    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)), Gen.String.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)), Gen.Const((JsonNode?)null));

    private static readonly Gen<Dictionary<string, JsonNode?>> Members = Gen.Dictionary(Gen.String[1, 4], Leaf)[0, 8];

    [Test]
    public void The_order_of_members_does_not_matter() => Gen.Select(Members, Gen.Int).Sample((members, seed) =>
    {
        var shuffled = members.ToArray();
        new Random(seed).Shuffle(shuffled);

        return Hash(members).AsSpan().SequenceEqual(Hash(shuffled));
    });

    [Test]
    public void Another_value_is_another_request() => Gen.Select(Members, Gen.String[1, 4], Gen.Int).Sample((members, name, value) =>
    {
        members[name] = value;
        var before = Hash(members);
        members[name] = value + 1;

        return !before.AsSpan().SequenceEqual(Hash(members));
    });

    [Test]
    public void A_value_cannot_move_from_one_part_to_the_next()
    {
        Assert.That(RequestHash.Of("a", null), Is.Not.EqualTo(RequestHash.Of(null, "a")));
        Assert.That(RequestHash.Of("a", "b"), Is.Not.EqualTo(RequestHash.Of("a,b", null)));
    }

    private static byte[] Hash(IEnumerable<KeyValuePair<string, JsonNode?>> members) =>
        RequestHash.Of(new { data = new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))) });
}
