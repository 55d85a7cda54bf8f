using PushHost.Providers;
using PushHost.Providers.Settings;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Providers.Plugins;

namespace PushHost.Tests.Support;

/// <summary>A gateway that never delivers: its tokens are lower-case letters, digits and dashes, written in any case.</summary>
internal sealed class TestProviderFactory(string name = "test") : IPushProviderFactory
{
    public string Name => name;

    public IReadOnlyList<string> Aliases => [$"{name}alias"];

    public IReadOnlyList<string> Environments => ["production", "sandbox"];

    /// <summary>A registry with these providers and no credentials.</summary>
    public static PushProviders Registry(params string[] names) =>
        new(PluginCatalog.Empty.With([.. names.Select(each => new TestProviderFactory(each))]));

    public IReadOnlyList<SettingFault> Check(CredentialSettings settings) => [];

    public IPushProvider Create(CredentialSettings settings, ProviderServices services) => throw new NotSupportedException();

    public RegistrationCheck CheckRegistration(RegistrationForm registration) =>
        registration.RegistrationId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? RegistrationCheck.Accept(registration.RegistrationId.ToLowerInvariant())
            : RegistrationCheck.Refuse("registrationId", "must be letters, digits and dashes");
}
