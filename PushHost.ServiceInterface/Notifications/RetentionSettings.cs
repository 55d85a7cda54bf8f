using PushHost.ServiceInterface.Host.Settings;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>How long what is over is kept.</summary>
internal sealed record RetentionSettings
{
    /// <summary>Notifications that have ended, and what became of each of their recipients. Longer than idempotency keys, which answer with them.</summary>
    public TimeSpan Notifications { get; init; } = TimeSpan.FromDays(30);

    public static RetentionSettings Read(SettingsSection section)
    {
        var defaults = new RetentionSettings();
        var settings = new RetentionSettings
        {
            Notifications = section.Duration("Notifications", defaults.Notifications, TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)),
        };
        section.RefuseOthers();
        return settings;
    }
}
