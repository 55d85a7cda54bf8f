using System.Text.Json;
using System.Text.Json.Serialization;

namespace PushHost.Simulator.Control;

/// <summary>The body of <c>POST /faults</c>. docs/simulator.md describes it for its users.</summary>
internal sealed class FaultCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public string? Gateway { get; init; }

    public string? Token { get; init; }

    public string? Prefix { get; init; }

    public bool All { get; init; }

    public bool TokenEndpoint { get; init; }

    public string? Kind { get; init; }

    public string? Reason { get; init; }

    public int? Status { get; init; }

    public string? Body { get; init; }

    public string? ContentType { get; init; }

    public string? RegistrationId { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public int? LastStreamId { get; init; }

    public int? ErrorCode { get; init; }

    public int? Bytes { get; init; }

    public int? MaxConcurrentStreams { get; init; }

    public double? DelayMilliseconds { get; init; }

    public int? Times { get; init; }

    public double? DurationSeconds { get; init; }

    /// <exception cref="FaultCommandException">The text is not a command.</exception>
    public static FaultCommand Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<FaultCommand>(body, Json) ?? throw new FaultCommandException("The body must be a JSON object.");
        }
        catch (JsonException malformed)
        {
            throw new FaultCommandException($"The body is not a fault: {malformed.Path} {malformed.Message}");
        }
    }
}

/// <summary>A command that cannot be carried out; the message says why and what would be right.</summary>
internal sealed class FaultCommandException(string message) : Exception(message);
