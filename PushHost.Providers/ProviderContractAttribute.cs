namespace PushHost.Providers;

/// <summary>Says which version of the provider contract a plugin assembly was built for. Every plugin assembly carries it:
/// <c>[assembly: ProviderContract(ProviderContractAttribute.Current)]</c>.</summary>
/// <remarks>The constant is compiled into the plugin, so the host can tell an older or newer plugin before it runs any of its code.
/// The contract assembly's own <c>AssemblyVersion</c> stays fixed, or plugins would stop binding to it.</remarks>
/// <param name="version">The version built for, from 1.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ProviderContractAttribute(int version) : Attribute
{
    /// <summary>The version of this assembly's contract.</summary>
    public const int Current = 1;

    /// <summary>The version the plugin was built for.</summary>
    public int Version { get; } = version;
}
