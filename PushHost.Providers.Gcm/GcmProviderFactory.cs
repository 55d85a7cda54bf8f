using PushHost.Providers.Settings;

namespace PushHost.Providers.Gcm;

/// <summary>Firebase Cloud Messaging: HTTP v1 with a service account, or the legacy GCM protocol with a server key. See README.md for the settings.</summary>
public sealed class GcmProviderFactory : IPushProviderFactory
{
    // Google names no bound and warns that tokens may grow; this one only keeps nonsense out.
    private const int MaxTokenLength = 4096;

    /// <inheritdoc/>
    public string Name => "gcm";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => ["fcm"];

    // Firebase, "FCM throttling and quotas": 600,000 messages a minute for each project.
    /// <inheritdoc/>
    public int? MaxPerMinute => 600_000;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(CredentialSettings settings) => GcmSettings.Read(settings).Faults;

    /// <inheritdoc/>
    public IPushProvider Create(CredentialSettings settings, ProviderServices services)
    {
        var read = GcmSettings.Read(settings);
        return read.Legacy is null ? FcmV1Provider.Create(read, services) : LegacyGcmProvider.Create(read, read.Legacy, services);
    }

    /// <inheritdoc/>
    public RegistrationCheck CheckRegistration(RegistrationForm registration)
    {
        var token = registration.RegistrationId;
        if (token.Length is 0 or > MaxTokenLength)
            return RegistrationCheck.Refuse("registrationId", $"has {token.Length} characters, and an FCM token has 1 to {MaxTokenLength}");
        foreach (var character in token)
        {
            if (character is <= ' ' or > '~')
                return RegistrationCheck.Refuse("registrationId", "must be printable ASCII without spaces, as the phone received it");
        }
        return RegistrationCheck.Accept(token);
    }
}
