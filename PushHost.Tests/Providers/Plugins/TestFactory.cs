using PushHost.Providers;
using PushHost.Providers.Settings;

namespace PushHost.Tests.Providers.Plugins;

/// <summary>What the factories of made-up plugins derive from, and a factory an embedding app might bring.</summary>
public class TestFactory : IPushProviderFactory
{
    public TestFactory(string name, string? alias)
    {
        if (name == "throws")
            throw new InvalidOperationException("no gateway today");
        Name = name;
        Aliases = alias is null ? [] : [alias];
    }

    public string Name { get; }

    public IReadOnlyList<string> Aliases { get; }

    public IReadOnlyList<SettingFault> Check(CredentialSettings settings) => [];

    public IPushProvider Create(CredentialSettings settings, ProviderServices services) => throw new NotSupportedException();

    public RegistrationCheck CheckRegistration(RegistrationForm registration) => RegistrationCheck.Accept(registration.RegistrationId);
}
