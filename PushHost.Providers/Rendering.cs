using System.Text.Json;

namespace PushHost.Providers;

/// <summary>What a group of recipients reads: one message in one language. Encoded once for all of them.</summary>
public sealed record Rendering
{
    /// <summary>The message.</summary>
    public required PushMessage Message { get; init; }

    /// <summary>The BCP 47 tag of its language; null for the message as it was sent.</summary>
    public string? Locale { get; init; }
}

/// <summary>How urgent a message is to the phone.</summary>
public enum MessagePriority
{
    /// <summary>Show it now.</summary>
    High,

    /// <summary>May wait until the phone wakes anyway.</summary>
    Normal,
}

/// <summary>The common message. Every provider says in its README what becomes of each member.</summary>
public sealed record PushMessage
{
    /// <summary>The title; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>The line below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The text; null for none, never empty.</summary>
    public string? Body { get; init; }

    /// <summary>The number on the app's icon: 0 removes it, null leaves it.</summary>
    public int? Badge { get; init; }

    /// <summary>The name of a sound; null for none.</summary>
    public string? Sound { get; init; }

    /// <summary>An image's URL; null for none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The app's own members, a JSON object; null for none.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The set of actions to offer; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>Groups messages that belong together; null for none.</summary>
    public string? ThreadId { get; init; }

    /// <summary>A later message with the same id takes the place of an earlier one; null for none.</summary>
    public string? CollapseId { get; init; }

    /// <summary>How urgent it is. Silent messages are always <see cref="MessagePriority.Normal"/>.</summary>
    public MessagePriority Priority { get; init; }

    /// <summary>Wakes the app and shows nothing; has no title, body, sound or badge.</summary>
    public bool Silent { get; init; }

    /// <summary>Lets the app change the message before it is shown.</summary>
    public bool MutableContent { get; init; }

    /// <summary>The message's member of this provider's name, a JSON object: merged over what the common members became, member by member.
    /// Null for none.</summary>
    public JsonElement? Overrides { get; init; }
}
