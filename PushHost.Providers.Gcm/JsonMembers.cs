using System.Text.Json;

namespace PushHost.Providers.Gcm;

/// <summary>A JSON object while it is composed. Values are <see cref="string"/>, <see cref="int"/>, <see cref="JsonMembers"/> or <see cref="JsonElement"/>.</summary>
internal sealed class JsonMembers
{
    private readonly OrderedDictionary<string, object> _members = new(StringComparer.Ordinal);

    public int Count => _members.Count;

    public IEnumerable<KeyValuePair<string, object>> All => _members;

    /// <summary>A member; null when absent. Setting null takes it away.</summary>
    public object? this[string name]
    {
        get => _members.GetValueOrDefault(name);
        set
        {
            if (value is null)
                _members.Remove(name);
            else
                _members[name] = value;
        }
    }

    /// <summary>The object of this name, made if there is none.</summary>
    public JsonMembers Object(string name)
    {
        if (this[name] is JsonMembers known)
            return known;
        var made = new JsonMembers();
        this[name] = made;
        return made;
    }

    /// <summary>Merges an object over this one, member by member and object by object: theirs win, and null takes a member away,
    /// which is what it means to Google's JSON parser.</summary>
    public void Merge(JsonElement theirs)
    {
        foreach (var member in theirs.EnumerateObject())
            Merge(member.Name, member.Value);
    }

    /// <summary>Merges one member.</summary>
    public void Merge(string name, JsonElement theirs)
    {
        // Google's parser takes clickAction for click_action, and both together for an error.
        if (name.Any(char.IsAsciiLetterUpper) || name.Contains('_', StringComparison.Ordinal))
        {
            foreach (var twin in _members.Keys.Where(known => known != name && Camel(known) == Camel(name)).ToArray())
                _members.Remove(twin);
        }
        if (theirs.ValueKind == JsonValueKind.Object && this[name] is JsonMembers ours)
            ours.Merge(theirs);
        else
            this[name] = theirs.ValueKind == JsonValueKind.Null ? null : theirs;
    }

    /// <summary>Writes the members without the braces around them.</summary>
    public void WriteMembersTo(Utf8JsonWriter writer)
    {
        foreach (var (name, value) in _members)
        {
            writer.WritePropertyName(name);
            switch (value)
            {
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case int number:
                    writer.WriteNumberValue(number);
                    break;
                case JsonMembers members:
                    writer.WriteStartObject();
                    members.WriteMembersTo(writer);
                    writer.WriteEndObject();
                    break;
                case JsonElement element:
                    element.WriteTo(writer);
                    break;
            }
        }
    }

    private static string Camel(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
            return name;
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
