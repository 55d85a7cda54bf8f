using System.Text;
using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>The app's own members, which Google's gateways carry as strings only.</summary>
internal static class MessageData
{
    /// <summary>Puts an object's members into <paramref name="target"/>, anything but a string as its JSON text.</summary>
    /// <param name="data">The members.</param>
    /// <param name="target">Where they go; members of the same name give way.</param>
    /// <param name="path">The member that holds them, relative to the message, such as <c>data</c>, for errors.</param>
    /// <exception cref="MessageInvalidException">It is not an object, or a key is reserved.</exception>
    public static void Add(JsonElement data, JsonMembers target, string path)
    {
        if (data.ValueKind != JsonValueKind.Object)
            throw new MessageInvalidException(path, "must be a JSON object");
        foreach (var member in data.EnumerateObject())
        {
            if (IsReserved(member.Name))
                throw new MessageInvalidException($"{path}.{member.Name}",
                    "is a name FCM keeps for itself: from, message_type and all that begin with google. or gcm. are; choose another");
            target[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText();
        }
    }

    /// <summary>The UTF-8 bytes of keys and values.</summary>
    public static int Count(JsonMembers? data) => data is null ? 0 : data.All.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + CountText(member.Value));

    /// <summary>The UTF-8 bytes of values, as far as they are text.</summary>
    public static int CountTexts(JsonMembers? members) => members is null ? 0 : members.All.Sum(member => CountText(member.Value));

    private static int CountText(object value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        JsonElement { ValueKind: JsonValueKind.String } element => Encoding.UTF8.GetByteCount(element.GetString()!),
        _ => 0,
    };

    // Firebase, "Message" of the FCM v1 REST reference: "from", "message_type" and words starting with "google." or "gcm.".
    private static bool IsReserved(string key) =>
        key is "from" or "message_type"
        || key.StartsWith("google.", StringComparison.Ordinal)
        || key.StartsWith("gcm.", StringComparison.Ordinal);
}
