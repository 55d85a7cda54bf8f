using PushHost.ServiceInterface.Storage;
using PushHost.Simulator;

namespace PushHost.Tests.Support;

/// <summary>Writes the credentials of a simulator's gateways into a folder and names them in settings.</summary>
internal static class TestHostSettings
{
    public static Dictionary<string, string?> Of(
        GatewaySimulator simulator, GatewaySimulator? sandbox, string folder, StorageSettings storage, TestHostOptions options)
    {
        var credentials = simulator.Credentials;
        File.WriteAllText(Path.Combine(folder, "AuthKey.p8"), credentials.ApnsKeyPem);
        File.WriteAllText(Path.Combine(folder, "service-account.json"), credentials.ServiceAccountJson);
        File.WriteAllText(Path.Combine(folder, "simulator.pem"), simulator.CertificatePem);
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Provider"] = storage.Provider,
            ["Storage:ConnectionString"] = storage.ConnectionString,
            ["AdminKey"] = TestHost.AdminKey,
        };
        if (options.Credentials.Contains("apns"))
        {
            Add("apns", ("KeyFile", "AuthKey.p8"), ("KeyId", credentials.ApnsKeyId), ("TeamId", credentials.ApnsTeamId),
                ("BundleId", credentials.ApnsBundleId), ("Host", simulator.Host), ("Port", $"{simulator.ApnsPort}"));
        }
        if (sandbox is not null)
        {
            File.WriteAllText(Path.Combine(folder, "SandboxKey.p8"), sandbox.Credentials.ApnsKeyPem);
            File.WriteAllText(Path.Combine(folder, "sandbox.pem"), sandbox.CertificatePem);
            Add("apns:Sandbox", ("KeyFile", "SandboxKey.p8"), ("KeyId", sandbox.Credentials.ApnsKeyId), ("TeamId", sandbox.Credentials.ApnsTeamId),
                ("BundleId", sandbox.Credentials.ApnsBundleId), ("Host", sandbox.Host), ("Port", $"{sandbox.ApnsPort}"), ("CaCertificatesFile", "sandbox.pem"));
        }
        if (options.Credentials.Contains("gcm") && options.LegacyGcm)
            Add("gcm", ("ApiKey", credentials.LegacyApiKey), ("PostUrl", $"https://localhost:{simulator.FcmPort}/gcm/send"));
        else if (options.Credentials.Contains("gcm"))
            Add("gcm", ("ServiceAccountFile", "service-account.json"), ("Endpoint", $"https://localhost:{simulator.FcmPort}"));
        foreach (var (path, value) in options.Settings)
            settings[path] = value;
        return settings.ToDictionary(setting => $"PushHost:{setting.Key}", setting => setting.Value);

        void Add(string provider, params (string Name, string Value)[] values)
        {
            foreach (var (name, value) in values.Prepend(("CaCertificatesFile", "simulator.pem")))
            {
                settings[$"Apps:default:Providers:{provider}:{name}"] = value;
                if (options.SecondApp is { } app)
                    settings[$"Apps:{app}:Providers:{provider}:{name}"] = value;
            }
        }
    }
}
