using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>What an assembly's file says of itself, read without loading it.</summary>
/// <param name="ContractVersion">The version of the provider contract it was built for; null if it doesn't carry the attribute.</param>
/// <param name="Version">Its own version.</param>
internal sealed record PluginManifest(int? ContractVersion, string? Version)
{
    /// <summary>Reads it; null when the file is no .NET assembly.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PluginManifest? Read(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            using var image = new PEReader(file);
            if (!image.HasMetadata)
                return null;
            var metadata = image.GetMetadataReader();
            if (!metadata.IsAssembly)
                return null;
            var assembly = metadata.GetAssemblyDefinition();
            int? contract = null;
            string? informational = null;
            foreach (var handle in assembly.GetCustomAttributes())
            {
                var attribute = metadata.GetCustomAttribute(handle);
                if (Is<ProviderContractAttribute>(metadata, attribute))
                    contract = Argument(metadata, attribute).ReadInt32();
                else if (Is<AssemblyInformationalVersionAttribute>(metadata, attribute))
                    informational = Argument(metadata, attribute).ReadSerializedString();
            }
            return new PluginManifest(contract, Short(informational) ?? assembly.Version.ToString());
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>An informational version without the commit that builds append to it.</summary>
    public static string? Short(string? informational) => informational?.Split('+')[0];

    private static bool Is<TAttribute>(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        var constructor = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
        if (constructor.Parent.Kind != HandleKind.TypeReference)
            return false;
        var type = metadata.GetTypeReference((TypeReferenceHandle)constructor.Parent);
        return metadata.StringComparer.Equals(type.Name, typeof(TAttribute).Name)
            && metadata.StringComparer.Equals(type.Namespace, typeof(TAttribute).Namespace!);
    }

    // ECMA-335 II.23.3: a prolog of two bytes, then the constructor's arguments.
    private static BlobReader Argument(MetadataReader metadata, CustomAttribute attribute)
    {
        var blob = metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        return blob;
    }
}
