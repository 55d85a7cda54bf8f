namespace PushHost.Simulator;

/// <summary>The two APNs environments. A device has a different token in each.</summary>
public enum ApnsEnvironment
{
    /// <summary>The gateway for apps from the store and TestFlight.</summary>
    Production,

    /// <summary>The gateway for development builds. It answers <c>apns-unique-id</c> too.</summary>
    Sandbox,
}

/// <summary>What the simulated APNs does to a client that opens more streams than the limit it acknowledged.</summary>
public enum StreamLimitPenalty
{
    /// <summary>RST_STREAM with REFUSED_STREAM for each stream too many.</summary>
    RefuseStream,

    /// <summary>GOAWAY with the reason <c>Maximum active streams violated</c>.</summary>
    GoAway,
}

/// <summary>How the simulated gateways behave before any fault is set.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Port of the APNs gateway on the loopback address; 0 takes a free one.</summary>
    public int ApnsPort { get; init; }

    /// <summary>Port of FCM v1, the token endpoint and legacy GCM on the loopback address; 0 takes a free one.</summary>
    public int FcmPort { get; init; }

    /// <summary>Port of the control API (plain HTTP) on the loopback address; 0 takes a free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>The clock of token ages, delays and outbox times. Certificates always follow the real one.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many of the latest requests each gateway's outbox keeps; 0 keeps none.</summary>
    public int OutboxCapacity { get; init; } = 10_000;

    /// <summary>Count requests by recipient, for all recipients there are: some 200 bytes for each.</summary>
    public bool TallyRecipients { get; init; }

    /// <summary>Which APNs environment is simulated.</summary>
    public ApnsEnvironment Environment { get; init; } = ApnsEnvironment.Production;

    /// <summary>The bundle ID of the app that the credentials belong to.</summary>
    public string BundleId { get; init; } = "com.example.pushhost";

    /// <summary>Further bundle IDs of the same team, allowed with token authentication.</summary>
    public IReadOnlyList<string> OtherBundleIds { get; init; } = [];

    /// <summary>With token authentication allow one stream until a connection's first good provider token, as APNs does.</summary>
    public bool StartWithOneStream { get; init; } = true;

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS of an APNs connection once it is trusted; 1 to 100,000.</summary>
    public int MaxConcurrentStreams { get; init; } = 1000;

    /// <summary>Drop an APNs connection to one stream after a rejection and lift it after the next accepted request,
    /// as was observed on the real gateway.</summary>
    public bool DropStreamLimitAfterRejection { get; init; }

    /// <summary>Hold clients to the stream limit even before they acknowledged the first SETTINGS and could know it. HttpClient
    /// then sees its first flight on a connection refused, and gives up on a request after three refusals.</summary>
    public bool RefuseEarlyStreams { get; init; }

    /// <summary>What happens to a client that exceeds the stream limit.</summary>
    public StreamLimitPenalty StreamLimitPenalty { get; init; } = StreamLimitPenalty.RefuseStream;

    /// <summary>Answer BadDeviceToken to tokens that were not registered. Otherwise every well-formed token is good.</summary>
    public bool RequireRegisteredTokens { get; init; }

    /// <summary>The Firebase project that the service account belongs to.</summary>
    public string ProjectId { get; init; } = "pushhost-simulator";

    /// <summary>How long an access token from the token endpoint is good. Google's live 3,599 seconds.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromSeconds(3599);

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS of an FCM connection; 1 to 100,000.</summary>
    public int FcmMaxConcurrentStreams { get; init; } = 100;
}
