namespace PushHost.Providers;

/// <summary>What a gateway said about one recipient. Reported as a value; the engine decides what follows.</summary>
/// <param name="Reason">The gateway's own word, such as <c>BadDeviceToken</c>, kept for logs and support; at most 200 characters are kept, and control
/// characters become question marks.</param>
public abstract record Verdict(string Reason)
{
    /// <inheritdoc cref="Verdict(string)" path="/param"/>
    public string Reason { get; init; } = GatewayText.Of(Reason) ?? "no reason";
}

/// <summary>The gateway took it. Whether the phone showed it is not known to any server.</summary>
/// <param name="GatewayMessageId">The id under which the gateway knows it; null if it gives none.</param>
public sealed record Accepted(string? GatewayMessageId) : Verdict("accepted")
{
    /// <summary>The id under which the gateway knows it, made harmless as <see cref="Verdict.Reason"/> is; null if it gives none.</summary>
    public string? GatewayMessageId { get; init; } = GatewayText.Of(GatewayMessageId);
}

/// <summary>The gateway took it and says that this device has another token now.</summary>
/// <param name="GatewayMessageId">The id under which the gateway knows the message; null if it gives none.</param>
/// <param name="RegistrationId">The token to use from now on.</param>
public sealed record Replaced(string? GatewayMessageId, string RegistrationId) : Verdict("accepted")
{
    /// <summary>The id under which the gateway knows it, made harmless as <see cref="Verdict.Reason"/> is; null if it gives none.</summary>
    public string? GatewayMessageId { get; init; } = GatewayText.Of(GatewayMessageId);
}

/// <summary>The gateway is certain that this token is dead.</summary>
/// <param name="Reason">The gateway's own word.</param>
/// <param name="Since">When the gateway knew the token dead, UTC; null if it doesn't say, and the moment of asking counts.
/// A registration after this moment outlives the verdict.</param>
public sealed record Unregistered(string Reason, DateTimeOffset? Since) : Verdict(Reason);

/// <summary>The gateway will not take this token here, which may be the token's fault or ours.</summary>
/// <param name="Reason">The gateway's own word.</param>
/// <param name="TryEnvironment">The environment in which the same token may be right; null if there is none to try.</param>
public sealed record TokenRejected(string Reason, string? TryEnvironment = null) : Verdict(Reason)
{
    /// <summary>Whether the same answer may mean that the message or our credential is wrong. Then the token is doubted only once the gateway
    /// has taken the same message for somebody else.</summary>
    public bool MayBeOurFault { get; init; }
}

/// <summary>The gateway will never take this message, whoever it is for.</summary>
/// <param name="Reason">The gateway's own word.</param>
public sealed record MessageRejected(string Reason) : Verdict(Reason);

/// <summary>The gateway will not take our credential.</summary>
/// <param name="Reason">The gateway's own word.</param>
/// <param name="Scope">Whom it concerns: this recipient, or all of the credential's.</param>
public sealed record CredentialRejected(string Reason, VerdictScope Scope = VerdictScope.Credential) : Verdict(Reason);

/// <summary>Too many, too fast.</summary>
/// <param name="Reason">The gateway's own word.</param>
/// <param name="NotBefore">The earliest time to try again, UTC: the gateway's Retry-After or its documented minimum.</param>
/// <param name="Scope">Whom to slow down: this recipient, the credential or the gateway.</param>
public sealed record Throttled(string Reason, DateTimeOffset NotBefore, VerdictScope Scope) : Verdict(Reason);

/// <summary>The gateway cannot take it now.</summary>
/// <param name="Reason">The gateway's own word, or what happened to the connection.</param>
/// <param name="NotBefore">The earliest time to try again, UTC; null leaves it to the engine's backoff.</param>
/// <param name="Scope">What is unavailable: this request only, or the gateway.</param>
/// <param name="MayHaveProcessed">False when the gateway certainly did not process it: it is sent again at once and is no attempt.</param>
public sealed record Unavailable(string Reason, DateTimeOffset? NotBefore, VerdictScope Scope, bool MayHaveProcessed) : Verdict(Reason);

/// <summary>No answer came, or none that could be understood: the gateway may or may not have taken it.</summary>
/// <param name="Reason">What came instead, such as <c>no answer within 30 s</c>.</param>
public sealed record Unknown(string Reason) : Verdict(Reason);

/// <summary>How far a verdict reaches.</summary>
public enum VerdictScope
{
    /// <summary>This recipient only.</summary>
    Target,

    /// <summary>Everything sent with this credential.</summary>
    Credential,

    /// <summary>Everything sent to this gateway.</summary>
    Gateway,
}
