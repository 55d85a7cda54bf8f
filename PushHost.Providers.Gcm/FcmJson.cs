using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushHost.Providers.Gcm;

/// <summary>What an error of FCM v1 says. All null when the body was no error of Google's.</summary>
internal sealed record FcmError
{
    /// <summary>FCM's own word.</summary>
    public string? Code { get; init; }

    /// <summary>Google's general status, such as <c>NOT_FOUND</c>; it often differs from <see cref="Code"/>.</summary>
    public string? Status { get; init; }

    /// <summary>The first field at fault other than the token.</summary>
    public string? Field { get; init; }

    /// <summary>The token is named as a field at fault.</summary>
    public bool TokenAtFault { get; init; }

    /// <summary>The message is above FCM's limit.</summary>
    public bool SaysTooBig { get; init; }

    /// <summary>The quota is the device's or topic's, not the project's.</summary>
    public bool ConcernsTarget { get; init; }
}

/// <summary>Reads FCM v1's answers. Whatever is no answer of FCM's reads as nothing; it never throws.</summary>
internal static partial class FcmJson
{
    private const string FcmErrorType = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
    private const string BadRequestType = "type.googleapis.com/google.rpc.BadRequest";
    private const string QuotaFailureType = "type.googleapis.com/google.rpc.QuotaFailure";

    /// <summary>The name of the message that was accepted; null if there is none.</summary>
    public static string? ReadName(ReadOnlyMemory<byte> body) =>
        Parse(body, static root => Text(root, "name") is { Length: > 0 } name ? name : null, null);

    /// <summary>The error; an empty one if it is none of Google's.</summary>
    public static FcmError ReadError(ReadOnlyMemory<byte> body) => Parse(body, ReadError, new FcmError());

    private static FcmError ReadError(JsonElement root)
    {
        if (!root.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
            return new FcmError();
        var text = Text(error, "message") ?? "";
        var read = new FcmError
        {
            Status = Word(error, "status"),
            SaysTooBig = text.Contains("too big", StringComparison.OrdinalIgnoreCase),
            ConcernsTarget = NamesTarget(text),
        };
        if (!error.TryGetProperty("details", out var details) || details.ValueKind != JsonValueKind.Array)
            return read;
        foreach (var detail in details.EnumerateArray())
        {
            if (detail.ValueKind == JsonValueKind.Object)
                read = Read(read, detail);
        }
        return read;
    }

    private static FcmError Read(FcmError read, JsonElement detail) => Text(detail, "@type") switch
    {
        FcmErrorType => read with { Code = Word(detail, "errorCode") },
        BadRequestType => ReadFields(read, [.. Violations(detail, "fieldViolations").Select(violation => Word(violation, "field"))]),
        QuotaFailureType => read with { ConcernsTarget = read.ConcernsTarget || Violations(detail, "violations")
            .Any(violation => NamesTarget(Text(violation, "subject")) || NamesTarget(Text(violation, "description"))) },
        _ => read,
    };

    private static FcmError ReadFields(FcmError read, string?[] fields) => read with
    {
        Field = fields.FirstOrDefault(field => field is not (null or "message.token" or "message.fid")),
        TokenAtFault = fields.Any(field => field is "message.token" or "message.fid"),
    };

    private static IEnumerable<JsonElement> Violations(JsonElement detail, string name) =>
        detail.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(violation => violation.ValueKind == JsonValueKind.Object)
            : [];

    private static bool NamesTarget(string? text) => text is not null
        && (text.Contains("device", StringComparison.OrdinalIgnoreCase) || text.Contains("topic", StringComparison.OrdinalIgnoreCase));

    // Reasons are kept and shown: a gateway's word is let through, a page of text is not.
    private static string? Word(JsonElement element, string name) => Text(element, name) is { } text && WordForm().IsMatch(text) ? text : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static T Parse<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read, T otherwise)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : otherwise;
        }
        // InvalidOperationException: half a surrogate pair in a string.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return otherwise;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.\[\]-]{1,100}\z")]
    private static partial Regex WordForm();
}
