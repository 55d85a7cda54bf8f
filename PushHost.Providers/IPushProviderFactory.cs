using PushHost.Providers.Settings;

namespace PushHost.Providers;

/// <summary>Names a gateway, checks what belongs to it, and makes a provider for a credential. One public, parameterless class in each plugin.</summary>
/// <remarks>Stateless towards the host and called concurrently. Nothing here talks to the network.</remarks>
public interface IPushProviderFactory
{
    /// <summary>The provider's name as devices, settings and messages spell it: lower-case letters and digits, such as <c>webpush</c>.</summary>
    string Name { get; }

    /// <summary>Other names callers may use for it; answers always carry <see cref="Name"/>.</summary>
    IReadOnlyList<string> Aliases => [];

    /// <summary>The environments that this gateway keeps apart, the usual one first; empty where there is only one.
    /// A credential is for one of them, and a registration belongs to one of them.</summary>
    IReadOnlyList<string> Environments => [];

    /// <summary>How many messages a minute the gateway takes from one credential, unless a setting says otherwise; null where it names no such limit.</summary>
    int? MaxPerMinute => null;

    /// <summary>Checks a credential's settings: every fault at once, none thrown. Called at startup and when a credential is saved.</summary>
    IReadOnlyList<SettingFault> Check(CredentialSettings settings);

    /// <summary>Makes a provider for one app's credential: one for each lane of messages that is used, so that each has connections of its own. Only called with settings that <see cref="Check"/> found no fault in.</summary>
    IPushProvider Create(CredentialSettings settings, ProviderServices services);

    /// <summary>Checks the form of a registration token and gives its canonical text, under which the device is unique.</summary>
    RegistrationCheck CheckRegistration(RegistrationForm registration);
}
