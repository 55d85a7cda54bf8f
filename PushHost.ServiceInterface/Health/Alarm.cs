namespace PushHost.ServiceInterface.Health;

/// <summary>Something that an operator has to know or decide, from the moment it began until it is over.</summary>
/// <param name="Name">What it is: one of <see cref="AlarmNames"/>.</param>
/// <param name="App">The app's name.</param>
/// <param name="Provider">The provider's name; null where it is about the whole app.</param>
/// <param name="Environment">The gateway's environment; null where it has only one.</param>
/// <param name="Reason">Why, in the gateway's own word where it is one. No token, no payload: health shows it to everybody.</param>
/// <param name="PausesDelivery">Whether messages of this gateway wait because of it, so that their age says nothing of this host.</param>
/// <param name="Since">When it began.</param>
internal sealed record Alarm(
    string Name, string App, string? Provider, string? Environment, string Reason, bool PausesDelivery, DateTimeOffset Since);

/// <summary>The alarms there are. A name is a label of a metric: few, and the same for ever.</summary>
internal static class AlarmNames
{
    /// <summary>The gateway refuses the credential; its messages wait until it works.</summary>
    public const string CredentialRejected = "credentialRejected";

    /// <summary>The gateway cannot be reached or answers that it is down; its messages wait until it is back.</summary>
    public const string GatewayUnavailable = "gatewayUnavailable";

    /// <summary>A send would have switched off an abnormal share of its audience; its verdicts wait for an operator.</summary>
    public const string MassDeactivation = "massDeactivation";
}
