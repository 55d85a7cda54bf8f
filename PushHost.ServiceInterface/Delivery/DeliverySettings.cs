using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Host.Settings;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>How the engine works.</summary>
internal sealed record DeliverySettings
{
    /// <summary>The most requests in flight for one lane of one credential. It starts far lower and follows the gateway.</summary>
    public int MaxInFlight { get; init; } = 200;

    /// <summary>How long a claim lasts, counted from the last verdicts that were recorded under it. Nothing is started with less of it left than <see cref="RequestMargin"/>.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>More than any provider's deadline for a request, so that a lease never lapses with a request in flight.</summary>
    public TimeSpan RequestMargin { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a stop waits for what is in flight.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From when on a send stops switching devices off.</summary>
    public BrakeSettings Brake { get; init; } = new();

    /// <summary>How long a host of several may be silent before the others take back what it had leased. It tells three times as often that it lives.</summary>
    public TimeSpan HostTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public static DeliverySettings Read(SettingsSection section)
    {
        var defaults = new DeliverySettings();
        var settings = new DeliverySettings
        {
            MaxInFlight = section.Number("MaxInFlight", defaults.MaxInFlight, 1, 100_000),
            HostTimeout = TimeSpan.FromSeconds(section.Number("HostTimeoutSeconds", (int)defaults.HostTimeout.TotalSeconds, 3, 300)),
            StopTimeout = TimeSpan.FromSeconds(section.Number("StopTimeoutSeconds", (int)defaults.StopTimeout.TotalSeconds, 1, 600)),
            Brake = BrakeSettings.Read(section.Section("Brake")),
        };
        section.RefuseOthers();
        return settings;
    }
}
