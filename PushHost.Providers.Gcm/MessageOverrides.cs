using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>The <c>gcm</c> member of a message: <c>{"message":{…}}</c>, merged over what the common members became.</summary>
internal static class MessageOverrides
{
    /// <summary>Merges it over <paramref name="message"/>.</summary>
    /// <param name="overrides">The <c>gcm</c> member; null for none.</param>
    /// <param name="message">What the common members became.</param>
    /// <param name="rules">What the protocol says of its message.</param>
    /// <exception cref="MessageInvalidException">A member cannot be merged.</exception>
    public static void Merge(JsonElement? overrides, JsonMembers message, MessageRules rules)
    {
        if (overrides is not { } given)
            return;
        if (given.ValueKind != JsonValueKind.Object)
            throw new MessageInvalidException("gcm", "must be an object such as {\"message\":{…}}");
        foreach (var member in given.EnumerateObject())
        {
            if (member.Name != "message")
                throw new MessageInvalidException($"gcm.{member.Name}", "is not known: gcm takes message, which is merged over the gateway's message");
            if (member.Value.ValueKind != JsonValueKind.Object)
                throw new MessageInvalidException("gcm.message", "must be an object: the gateway's own message");
            foreach (var theirs in member.Value.EnumerateObject())
                MergeMember(theirs, message, rules);
        }
    }

    private static void MergeMember(JsonProperty theirs, JsonMembers message, MessageRules rules)
    {
        var path = $"gcm.message.{theirs.Name}";
        if (rules.Targets.Contains(theirs.Name))
            throw new MessageInvalidException(path, "says whom the message goes to, and that is what the notification's 'to' does; leave it out");
        if (rules.Objects.Contains(theirs.Name) && theirs.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            throw new MessageInvalidException(path, "must be an object");
        if (theirs.Value.ValueKind != JsonValueKind.Object || !rules.Objects.Contains(theirs.Name))
            message.Merge(theirs.Name, theirs.Value);
        else if (theirs.Name == "data")
            MessageData.Add(theirs.Value, message.Object(theirs.Name), path, rules);
        else
            message.Object(theirs.Name).Merge(theirs.Value);
    }
}
