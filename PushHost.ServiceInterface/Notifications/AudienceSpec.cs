using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Whom a notification is for: checked, in canonical form, and stored with the notification as JSON.</summary>
internal sealed record AudienceSpec
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Pairs of provider and canonical token.</summary>
    public IReadOnlyList<string[]>? Registrations { get; init; }

    public IReadOnlyList<string>? UserIds { get; init; }

    public IReadOnlyList<string>? DeviceIds { get; init; }

    public string? Tags { get; init; }

    /// <summary>Only through these providers; null for all.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>Only devices seen since then, Unix milliseconds.</summary>
    public long? SeenSince { get; init; }

    /// <summary>For each provider, which of an installation's tokens the message goes to.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get; init; } = new Dictionary<string, string>();

    /// <summary>Chosen one by one: then a device that has another owner by now is not sent to.</summary>
    [JsonIgnore]
    public bool Listed => ListedCount > 0;

    /// <summary>How many entries the lists have.</summary>
    [JsonIgnore]
    public int ListedCount => (Ids?.Count ?? 0) + (Registrations?.Count ?? 0) + (UserIds?.Count ?? 0) + (DeviceIds?.Count ?? 0);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static AudienceSpec FromJson(string json) => JsonSerializer.Deserialize<AudienceSpec>(json, Json)!;
}
