using PushHost.Providers;
using PushHost.ServiceInterface.Delivery;
using PushHost.Simulator;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Support;

/// <summary>How a <see cref="TestHost"/> differs from the usual one: real clock, both gateways with a credential, default settings.</summary>
internal sealed record TestHostOptions
{
    /// <summary>Host and simulator share a faked clock, which only <see cref="TestHost.Advance"/> moves.</summary>
    public bool FakeTime { get; init; }

    /// <summary>The <c>gcm</c> credential speaks legacy GCM instead of FCM v1.</summary>
    public bool LegacyGcm { get; init; }

    /// <summary>The providers that have a credential.</summary>
    public IReadOnlyList<string> Credentials { get; init; } = ["apns", "gcm"];

    /// <summary>Providers that the host is given in code, beside the plugins.</summary>
    public IReadOnlyList<IPushProviderFactory> Providers { get; init; } = [];

    /// <summary>Another app beside <c>default</c>, with the same credentials; null for none.</summary>
    public string? SecondApp { get; init; }

    /// <summary>The <c>apns</c> credential has one for the sandbox beside it, whose gateway is a simulator of its own that knows no token.</summary>
    public bool Sandbox { get; init; }

    /// <summary>The engine's own measures.</summary>
    public DeliverySettings Delivery { get; init; } = new() { StopTimeout = TimeSpan.FromSeconds(1), HostTimeout = TimeSpan.FromSeconds(3) };

    /// <summary>Makes the database; null is one of the kind that the fixture runs on.</summary>
    public Func<TestStorage>? Storage { get; init; }

    /// <summary>How the simulated gateways behave before any fault is set.</summary>
    public Func<TimeProvider, SimulatorOptions> Simulator { get; init; } = time => new SimulatorOptions { Time = time };

    /// <summary>Settings below <c>PushHost</c>, by their path.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
