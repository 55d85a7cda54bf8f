using PushHost.Providers;
using PushHost.Providers.Settings;

[assembly: ProviderContract(ProviderContractAttribute.Current)]

namespace PushHost.Providers.Apns;

/// <summary>Apple Push Notification service over HTTP/2. See README.md for the settings and what becomes of a message.</summary>
public sealed class ApnsProviderFactory : IPushProviderFactory
{
    private readonly TimeProvider _time;

    /// <summary>Made by the host.</summary>
    public ApnsProviderFactory()
        : this(TimeProvider.System)
    {
    }

    internal ApnsProviderFactory(TimeProvider time) => _time = time;

    /// <inheritdoc/>
    public string Name => "apns";

    /// <inheritdoc/>
    public IReadOnlyList<string> Environments => ApnsEnvironment.All;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(CredentialSettings settings)
    {
        using var read = ApnsSettings.Read(settings, _time);
        return read.Faults;
    }

    /// <inheritdoc/>
    public IPushProvider Create(CredentialSettings settings, ProviderServices services) =>
        new ApnsProvider(ApnsSettings.Read(settings, services.Time), services);

    /// <inheritdoc/>
    public RegistrationCheck CheckRegistration(RegistrationForm registration) => DeviceToken.Check(registration.RegistrationId);
}
