using PushHost.Providers.Settings;

namespace PushHost.Providers.Sample;

/// <summary>What a credential says, and every fault in it.</summary>
/// <param name="Path">The file to append to, in a folder that exists.</param>
/// <param name="Faults">What is wrong; empty when nothing is.</param>
internal sealed record FileSettings(string Path, IReadOnlyList<SettingFault> Faults)
{
    public static FileSettings Read(CredentialSettings settings)
    {
        var reader = new SettingsReader(settings);
        var path = reader.Required("Path", "the file to append deliveries to");
        if (path.Length > 0 && !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))))
            reader.Fault("Path", $"is '{path}', and its folder does not exist");
        return new FileSettings(path, reader.Faults);
    }
}
