using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PushHost.Providers;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Checks a message, and carries it between callers, the database and providers.</summary>
internal static class MessageRules
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Check(Message? message, Validation validation)
    {
        if (message is null)
        {
            validation.Fault("message", "NotEmpty", "is missing: give at least a body");
            return;
        }
        if (message.Badge < 0)
            validation.Fault("message.badge", "Range", $"is {message.Badge}, and must be 0 or more");
        if (message.Silent == true)
            CheckSilent(message, validation);
        else if (SaysNothing(message))
            validation.Fault("message", "NotEmpty", "says nothing: give at least a body, or silent: true with data");
    }

    /// <summary>The message as it is stored: camelCase, without nulls.</summary>
    public static string ToJson(Message message) => JsonSerializer.Serialize(message, Json);

    public static Message FromJson(string json) => JsonSerializer.Deserialize<Message>(json, Json)!;

    /// <summary>The message as a provider gets it, with the raw members that are meant for it.</summary>
    public static PushMessage For(Message message, string provider) => new()
    {
        Title = Text(message.Title),
        Subtitle = Text(message.Subtitle),
        Body = Text(message.Body),
        Badge = message.Badge,
        Sound = Text(message.Sound),
        ImageUrl = Text(message.ImageUrl),
        Data = message.Data is { Count: > 0 } ? JsonSerializer.SerializeToElement(message.Data, Json) : null,
        Category = Text(message.Category),
        ThreadId = Text(message.ThreadId),
        CollapseId = Text(message.CollapseId),
        Priority = message.Silent == true || message.Priority == Priority.Normal ? MessagePriority.Normal : MessagePriority.High,
        Silent = message.Silent == true,
        MutableContent = message.MutableContent == true,
        Overrides = Overrides(message, provider),
    };

    private static JsonElement? Overrides(Message message, string provider) => provider switch
    {
        "apns" when message.Apns is not null => JsonSerializer.SerializeToElement(message.Apns, Json),
        "gcm" when message.Gcm is not null => JsonSerializer.SerializeToElement(message.Gcm, Json),
        _ => message.Overrides?.GetValueOrDefault(provider) is { } raw ? JsonSerializer.SerializeToElement(raw, Json) : null,
    };

    private static void CheckSilent(Message message, Validation validation)
    {
        void Refuse(bool given, string field)
        {
            if (given)
                validation.Fault($"message.{field}", "Contradiction", "is given, and a silent message shows nothing");
        }
        Refuse(Text(message.Title) is not null, "title");
        Refuse(Text(message.Subtitle) is not null, "subtitle");
        Refuse(Text(message.Body) is not null, "body");
        Refuse(message.Badge is not null, "badge");
        Refuse(Text(message.Sound) is not null, "sound");
        if (message.Priority == Priority.High)
            validation.Fault("message.priority", "Contradiction", "is high, and a silent message is normal");
    }

    private static bool SaysNothing(Message message) =>
        Text(message.Title) is null && Text(message.Subtitle) is null && Text(message.Body) is null && message.Badge is null && Text(message.Sound) is null
        && Text(message.ImageUrl) is null && message.Data is not { Count: > 0 } && message.Apns is null && message.Gcm is null && message.Overrides is null;

    // An empty text is no text, as clients send one for a field they leave blank.
    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
