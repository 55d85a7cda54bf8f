using System.Text;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>The app's own members, which Google's gateways carry as strings only.</summary>
internal static class MessageData
{
    /// <summary>The common message's <c>data</c> as a gateway's; null without it.</summary>
    /// <exception cref="MessageInvalidException">It is not an object, or a key is reserved.</exception>
    public static JsonMembers? Read(JsonElement? data, MessageRules rules) => data is not { } given ? null : MessageText.Reading("data", () =>
    {
        var members = new JsonMembers();
        Add(given, members, "data", rules);
        return members;
    });

    /// <summary>Puts an object's members into <paramref name="target"/>, anything but a string as its JSON text.</summary>
    /// <param name="data">The members.</param>
    /// <param name="target">Where they go; members of the same name give way.</param>
    /// <param name="path">The member that holds them, relative to the message, such as <c>data</c>, for errors.</param>
    /// <param name="rules">Which keys are reserved.</param>
    /// <exception cref="MessageInvalidException">It is not an object, or a key is reserved.</exception>
    public static void Add(JsonElement data, JsonMembers target, string path, MessageRules rules)
    {
        if (data.ValueKind != JsonValueKind.Object)
            throw new MessageInvalidException(path, "must be a JSON object");
        foreach (var member in data.EnumerateObject())
        {
            if (rules.IsReserved(member.Name))
                throw new MessageInvalidException($"{path}.{member.Name}", $"is a name the gateway keeps for itself, as it does {rules.Reserved}; choose another");
            target[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText();
        }
    }

    /// <summary>The UTF-8 bytes of keys and values, as far as they are text.</summary>
    public static int Count(JsonMembers? data) => data is null ? 0 : data.All.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + CountText(member.Value));

    /// <summary>The UTF-8 bytes of values, as far as they are text.</summary>
    public static int CountTexts(JsonMembers? members) => members is null ? 0 : members.All.Sum(member => CountText(member.Value));

    /// <summary>The UTF-8 bytes of keys and values of an object that the caller wrote.</summary>
    public static int Count(JsonElement data) =>
        data.EnumerateObject().Sum(member => Encoding.UTF8.GetByteCount(member.Name) + CountText(member.Value));

    private static int CountText(object value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        JsonElement { ValueKind: JsonValueKind.String } element => Encoding.UTF8.GetByteCount(element.GetString()!),
        _ => 0,
    };
}
