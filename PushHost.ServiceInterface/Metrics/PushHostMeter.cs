using System.Diagnostics.Metrics;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Metrics;

/// <summary>What the host counts, as the meter <c>PushHost</c>, which any listener of System.Diagnostics.Metrics can follow. Labels are apps, providers, lanes and a
/// few fixed words: never a device, a token or a gateway's text.</summary>
/// <remarks>Verdicts are counted for each group that is written down, not one by one. Safe for concurrent use.</remarks>
internal sealed class PushHostMeter
{
    public const string Name = "PushHost";

    private static readonly InstrumentAdvice<double> Latency = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> Work = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    };

    private static readonly InstrumentAdvice<int> Group = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500] };

    private static readonly DeliveryOutcome[] Outcomes =
    [
        DeliveryOutcome.Pending, DeliveryOutcome.Accepted, DeliveryOutcome.Failed, DeliveryOutcome.Expired, DeliveryOutcome.Suppressed, DeliveryOutcome.Unknown,
    ];

    private readonly AppDirectory _apps;
    private readonly Counter<long> _notifications;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _switchedOff;
    private readonly Counter<long> _held;
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _commits;
    private readonly Histogram<int> _groups;

    public PushHostMeter(IMeterFactory factory, AppDirectory apps)
    {
        _apps = apps;
        Meter = factory.Create(Name);
        _notifications = Meter.CreateCounter<long>("pushhost.notifications.accepted", null, "Notifications accepted.");
        _deliveries = Meter.CreateCounter<long>("pushhost.deliveries", null, "Recipients that ended, by their outcome.");
        _retries = Meter.CreateCounter<long>("pushhost.retries", null, "Recipients that are to be tried again.");
        _switchedOff = Meter.CreateCounter<long>("pushhost.devices.switched.off", null, "Devices that a verdict switched off or put into quarantine.");
        _held = Meter.CreateCounter<long>("pushhost.verdicts.held", null, "Verdicts over devices that are held for an operator.");
        _requests = Meter.CreateHistogram("pushhost.gateway.request.duration", "s", "From a recipient's request to its verdict.", null, Latency);
        _commits = Meter.CreateHistogram("pushhost.journal.commit.duration", "s", "From the beginning of a group of writes until it is on disk.", null, Work);
        _groups = Meter.CreateHistogram("pushhost.journal.group.size", null, "Pieces of work that were committed together.", null, Group);
    }

    public Meter Meter { get; }

    public void Accepted(long app, Lane lane) => _notifications.Add(1, new("app", NameOf(app)), new("lane", Word(lane)));

    /// <summary>Counts verdicts that were written down.</summary>
    public void Recorded(long app, string provider, IReadOnlyList<DeliveryResult> results)
    {
        Span<int> counts = stackalloc int[(int)DeliveryOutcome.Unknown + 1];
        foreach (var result in results)
            counts[(int)result.Outcome]++;
        foreach (var outcome in Outcomes)
        {
            if (counts[(int)outcome] == 0)
                continue;
            if (outcome == DeliveryOutcome.Pending)
                _retries.Add(counts[(int)outcome], new("app", NameOf(app)), new("provider", provider));
            else
                _deliveries.Add(counts[(int)outcome], new("app", NameOf(app)), new("provider", provider), new("outcome", Word(outcome)));
        }
    }

    /// <summary>Counts recipients whom a cancel left out.</summary>
    public void LeftOut(long app, string provider, long count)
    {
        if (count > 0)
            _deliveries.Add(count, new("app", NameOf(app)), new("provider", provider), new("outcome", Word(DeliveryOutcome.Suppressed)));
    }

    /// <summary>Counts what verdicts did to devices.</summary>
    public void Applied(long app, string provider, AppliedVerdicts verdicts)
    {
        if (verdicts.SwitchedOff > 0)
            _switchedOff.Add(verdicts.SwitchedOff, new("app", NameOf(app)), new("provider", provider));
        if (verdicts.Held > 0)
            _held.Add(verdicts.Held, new("app", NameOf(app)), new("provider", provider));
    }

    /// <summary>Counts a recipient's verdict, whatever it is.</summary>
    public void Answered(string provider, TimeSpan after) => _requests.Record(after.TotalSeconds, new KeyValuePair<string, object?>("provider", provider));

    public void Committed(int pieces, TimeSpan after)
    {
        _groups.Record(pieces);
        _commits.Record(after.TotalSeconds);
    }

    private string NameOf(long app) => _apps.ById(app)?.Name ?? "";

    private static string Word(Lane lane) => lane switch
    {
        Lane.Transactional => "transactional",
        Lane.Normal => "normal",
        _ => "bulk",
    };

    private static string Word(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Accepted => "accepted",
        DeliveryOutcome.Failed => "failed",
        DeliveryOutcome.Expired => "expired",
        DeliveryOutcome.Suppressed => "suppressed",
        _ => "unknown",
    };
}
