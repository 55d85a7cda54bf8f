#pragma warning disable CA1032 // Made in one place only, always with its faults.
namespace PushHost.Wire;

/// <summary>The services and request DTOs don't fit together, so the host cannot start. The message lists every fault.</summary>
public sealed class WireConfigurationException : Exception
{
    internal WireConfigurationException(IReadOnlyList<string> faults)
        : base($"The operations don't fit together:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"))}") =>
        Faults = faults;

    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyList<string> Faults { get; }
}
