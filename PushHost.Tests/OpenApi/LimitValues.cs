using System.Reflection;
using System.Text.Json.Nodes;
using PushHost.Wire;

namespace PushHost.Tests.OpenApi;

/// <summary>Values just beyond and just at the limits of a member.</summary>
internal sealed record LimitValues(IReadOnlyList<JsonNode> Beyond, IReadOnlyList<JsonNode> Edges)
{
    public static LimitValues Of(ApiMember member)
    {
        var limits = member.Property.GetCustomAttribute<LimitsAttribute>()!;
        var (beyond, edges) = (new List<JsonNode>(), new List<JsonNode>());
        if (limits.MaxLength > 0)
        {
            beyond.Add(Long(member.Type, limits.MaxLength + 1));
            edges.Add(Long(member.Type, limits.MaxLength));
        }
        if (limits.MinLength > 0)
        {
            beyond.Add(Long(member.Type, limits.MinLength - 1));
            edges.Add(Long(member.Type, limits.MinLength));
        }
        Add(limits.Min, -1);
        Add(limits.Max, 1);
        if (limits.Pattern is not null)
            beyond.Add(member.Type.IsList ? new JsonArray("not ✗ so") : JsonValue.Create("not ✗ so"));
        return new(beyond, edges);

        void Add(double limit, int outward)
        {
            if (double.IsNaN(limit))
                return;
            beyond.Add(JsonValue.Create((long)limit + outward));
            edges.Add(JsonValue.Create((long)limit));
        }
    }

    private static JsonNode Long(TypeRef type, int length) => type.IsList
        ? new JsonArray([.. Enumerable.Range(1, length).Select(i => Entry(type.Element, i))])
        : JsonValue.Create(new string('a', length));

    private static JsonNode Entry(TypeRef type, int i) => type switch
    {
        { Clr: var clr } when clr == typeof(long) => JsonValue.Create((long)i),
        { IsDto: true } => new JsonObject { ["provider"] = "gcm", ["registrationId"] = $"token-{i}" },
        _ => JsonValue.Create($"t{i}"),
    };
}
