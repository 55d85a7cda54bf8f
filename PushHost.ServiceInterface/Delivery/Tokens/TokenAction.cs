using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>What a verdict does to a device. Only if the device still has the token that was sent to.</summary>
internal abstract record TokenAction(string SentTo)
{
    /// <summary>The device is sent nothing more, if it was active and has not registered after <paramref name="Since"/>. Unix milliseconds.</summary>
    public abstract record SwitchOff(string SentTo, DeviceState State, string Reason, long Since) : TokenAction(SentTo);

    /// <summary>The gateway is certain: the token is dead since <paramref name="Since"/>.</summary>
    public sealed record Deactivate(string SentTo, string Reason, long Since) : SwitchOff(SentTo, DeviceState.Inactive, Reason, Since);

    /// <summary>The gateway doubts the token, and there is no other environment to try.</summary>
    /// <param name="SentTo">The token.</param>
    /// <param name="Reason">The gateway's own word.</param>
    /// <param name="Since">When it was asked, Unix milliseconds.</param>
    /// <param name="RejectedIn">The environments that refused the token until now.</param>
    /// <param name="MayBeOurFault">Only if the same message was taken for somebody else.</param>
    public sealed record Quarantine(string SentTo, string Reason, long Since, string? RejectedIn, bool MayBeOurFault)
        : SwitchOff(SentTo, DeviceState.Quarantined, Reason, Since);

    /// <summary>The recipient moves to a trial batch of another environment.</summary>
    /// <param name="SentTo">The token.</param>
    /// <param name="Environment">Where it is tried next.</param>
    /// <param name="RejectedIn">The environments that refused the token until now.</param>
    public sealed record TryElsewhere(string SentTo, string Environment, string RejectedIn) : TokenAction(SentTo);

    /// <summary>An environment took the token after another had refused it: the device belongs there.</summary>
    /// <param name="SentTo">The token.</param>
    /// <param name="Environment">The one that took it.</param>
    /// <param name="Was">The device's when it was read: if that changed meanwhile, somebody knows better.</param>
    /// <param name="Since">When it was asked, Unix milliseconds: a later registration knows better.</param>
    /// <param name="RejectedIn">The environments that refuse the token.</param>
    public sealed record Remember(string SentTo, string Environment, string? Was, long Since, string? RejectedIn) : TokenAction(SentTo);

    /// <summary>The device has another token now.</summary>
    public sealed record Replace(string SentTo, string RegistrationId) : TokenAction(SentTo);
}
