using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using PushHost.Providers.Settings;

namespace PushHost.Providers.Gcm;

/// <summary>What a credential of this provider says, and every fault in it. With <see cref="Legacy"/> the provider speaks legacy GCM, else FCM HTTP v1.</summary>
internal sealed partial record GcmSettings
{
    private static readonly Uri Google = new("https://fcm.googleapis.com");

    /// <summary>The service account; null with <see cref="Legacy"/>, or when it is at fault.</summary>
    public ServiceAccount? Account { get; private init; }

    public required string ProjectId { get; init; }

    public required Uri Endpoint { get; init; }

    public required X509Certificate2Collection TrustedCertificates { get; init; }

    public LegacySettings? Legacy { get; private init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxConnections { get; init; }

    public required IReadOnlyList<SettingFault> Faults { get; init; }

    public static GcmSettings Read(CredentialSettings settings)
    {
        var reader = new SettingsReader(settings);
        var projectId = reader.Text("ProjectId");
        if (projectId is not null && !ProjectIdForm().IsMatch(projectId))
            reader.Fault("ProjectId", $"is '{projectId}', and must be the project's id or number, such as my-app-12345");

        var legacy = ReadLegacy(reader);
        var account = ReadAccount(reader, projectId);
        var endpoint = reader.Address("Endpoint");
        if (endpoint is { Scheme: not "https", IsLoopback: false })
            reader.Fault("Endpoint", $"is '{endpoint}', and must begin with https://, as access tokens travel with every request");

        return new GcmSettings
        {
            Account = account,
            ProjectId = projectId ?? account?.ProjectId ?? "",
            Endpoint = endpoint ?? Google,
            TrustedCertificates = reader.Certificates("CaCertificatesFile"),
            Legacy = legacy,
            RequestTimeout = TimeSpan.FromSeconds(reader.Number("RequestTimeoutSeconds", 30, 1, 35)),
            MaxConnections = reader.Number("MaxConnections", 4, 1, 100),
            Faults = reader.Faults,
        };
    }

    private static LegacySettings? ReadLegacy(SettingsReader reader)
    {
        var apiKey = reader.Text("ApiKey");
        var postUrl = reader.Address("PostUrl");
        var maxRecipients = reader.Number("MaxRecipients", 1000, 1, 1000);
        if (apiKey is null && !reader.Has("PostUrl"))
            return null;
        if (apiKey is null)
            reader.Fault("ApiKey", "is missing: PostUrl selects the legacy GCM protocol, which needs a server key too");
        else if (apiKey.Any(character => character is <= ' ' or > '~'))
            reader.Fault("ApiKey", "must be printable ASCII without spaces");
        if (!reader.Has("PostUrl"))
            reader.Fault("PostUrl", "is missing: ApiKey selects the legacy GCM protocol, which needs the address to post to; "
                + "for FCM HTTP v1 give ServiceAccountFile instead of ApiKey");
        return apiKey is null || postUrl is null ? null : new LegacySettings(apiKey, postUrl, maxRecipients);
    }

    private static ServiceAccount? ReadAccount(SettingsReader reader, string? projectId)
    {
        const string name = "ServiceAccountFile";
        var legacy = reader.Has("ApiKey") || reader.Has("PostUrl");
        if (reader.Has(name) && legacy)
        {
            reader.Fault(name, "contradicts ApiKey and PostUrl: a service account is for FCM HTTP v1, a server key for legacy GCM; give one of them");
            return null;
        }
        if (!reader.Has(name))
        {
            if (!legacy)
                reader.Fault(name, "is missing: the JSON key of a service account that may send to the project (or ApiKey with PostUrl for legacy GCM)");
            return null;
        }
        if (reader.File(name) is not { } content)
            return null;
        var account = ServiceAccount.Read(content, out var faults);
        foreach (var fault in faults)
            reader.Fault(name, fault);
        if (account is null || projectId is not null)
            return account;
        if (account.ProjectId is null)
            reader.Fault(name, "lacks project_id; give it there or as ProjectId");
        else if (!ProjectIdForm().IsMatch(account.ProjectId))
            reader.Fault(name, $"has the project_id '{account.ProjectId}', and it must be such as my-app-12345");
        return account;
    }

    // Ids are lower-case letters, digits and hyphens, after "domain.example:" in old Workspace projects; a project's number works as well.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.:_-]{0,99}\z")]
    private static partial Regex ProjectIdForm();
}

/// <param name="ApiKey">The server key.</param>
/// <param name="PostUrl">Where to post to.</param>
/// <param name="MaxRecipients">How many registration tokens one request may carry, 1 to 1,000.</param>
internal sealed record LegacySettings(string ApiKey, Uri PostUrl, int MaxRecipients);
