using PushHost.ServiceInterface.Host.Settings;

namespace PushHost.ServiceInterface.Health;

/// <summary>When the host calls itself unwell.</summary>
internal sealed record HealthSettings
{
    /// <summary>How long a message may be due and not sent, though its gateway is well.</summary>
    public TimeSpan OldestDue { get; init; } = TimeSpan.FromMinutes(5);

    public static HealthSettings Read(SettingsSection section)
    {
        var defaults = new HealthSettings();
        var settings = new HealthSettings
        {
            OldestDue = section.Duration("OldestDue", defaults.OldestDue, TimeSpan.FromSeconds(10), TimeSpan.FromDays(7)),
        };
        section.RefuseOthers();
        return settings;
    }
}
