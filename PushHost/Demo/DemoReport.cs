using PushHost.ServiceModel;

namespace PushHost.Demo;

/// <summary>What happened.</summary>
internal sealed record DemoReport
{
    public required int Devices { get; init; }

    public required IReadOnlyList<TallyRow> Rows { get; init; }

    /// <summary>Devices that are inactive since, as the device table says.</summary>
    public required long Deactivated { get; init; }

    /// <summary>From the request to send until the last device's outcome.</summary>
    public required TimeSpan Sending { get; init; }

    /// <summary>From the first registration until everything was checked.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The most memory that this process, host and callers together, held at once; resident bytes.</summary>
    public required long PeakMemory { get; init; }

    /// <summary>The numbers that do not add up.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public long Count(DeliveryOutcome outcome) => Rows.Where(row => row.Outcome == outcome).Sum(row => row.Count);
}
