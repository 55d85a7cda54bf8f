using PushHost.Providers;
using PushHost.Providers.Settings;

[assembly: ProviderContract(ProviderContractAttribute.Current)]

namespace PushHost.Providers.Sample;

/// <summary>A gateway that is a file: every delivery becomes a line of JSON. For trying an app's sends out, and to copy from.</summary>
public sealed class FileProviderFactory : IPushProviderFactory
{
    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(CredentialSettings settings) => FileSettings.Read(settings).Faults;

    /// <inheritdoc/>
    public IPushProvider Create(CredentialSettings settings, ProviderServices services) =>
        new FileProvider(FileSettings.Read(settings).Path, services.Time);

    /// <inheritdoc/>
    public RegistrationCheck CheckRegistration(RegistrationForm registration) =>
        registration.RegistrationId.Trim() is { Length: > 0 and <= 100 } name
            ? RegistrationCheck.Accept(name)
            : RegistrationCheck.Refuse("registrationId", "must be a name of 1 to 100 characters");
}
