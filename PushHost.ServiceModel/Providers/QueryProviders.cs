using System.Runtime.Serialization;

namespace PushHost.ServiceModel;

/// <summary>Lists the gateway plugins, those that could not be loaded included.</summary>
/// <example>{}</example>
[Route("/providers", "GET")]
[RefusedMembers(nameof(After), nameof(OrderBy), nameof(OrderByDesc))]
public class QueryProviders : QueryBase, IGet, IReturn<QueryResponse<ProviderInfo>>
{
}

/// <summary>One gateway plugin.</summary>
/// <example>{"name": "apns", "version": "0.1.0", "folder": "Apns", "state": "ready"}</example>
public class ProviderInfo
{
    /// <summary>The provider's name, or its folder's when it could not say one.</summary>
    public string? Name { get; set; }

    /// <summary>The plugin's version.</summary>
    public string? Version { get; set; }

    /// <summary>The folder below the plugin folder that it was loaded from.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether it works.</summary>
    public ProviderState State { get; set; }

    /// <summary>Why it does not.</summary>
    public string? Error { get; set; }
}

/// <summary>Whether a gateway plugin works.</summary>
public enum ProviderState
{
    /// <summary>Never sent.</summary>
    [EnumMember(Value = "unspecified")]
    Unspecified,

    /// <summary>Loaded, and a credential is set.</summary>
    [EnumMember(Value = "ready")]
    Ready,

    /// <summary>Loaded, but no app has a credential for it.</summary>
    [EnumMember(Value = "noCredential")]
    NoCredential,

    /// <summary>Could not be loaded; see its error.</summary>
    [EnumMember(Value = "failed")]
    Failed,
}
