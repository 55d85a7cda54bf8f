using PushHost.ServiceInterface.Host.Settings;

namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>From when on a send stops switching devices off.</summary>
internal sealed record BrakeSettings
{
    /// <summary>The largest share of its audience that a send may switch off, from 0 to 1.</summary>
    public double Share { get; init; } = 0.2;

    /// <summary>As many devices as any send may switch off, however small its audience.</summary>
    public int MinCount { get; init; } = 100;

    public static BrakeSettings Read(SettingsSection section)
    {
        var defaults = new BrakeSettings();
        var settings = new BrakeSettings
        {
            Share = section.Fraction("Share", defaults.Share),
            MinCount = section.Number("MinCount", defaults.MinCount, 0, 1_000_000_000),
        };
        section.RefuseOthers();
        return settings;
    }
}
