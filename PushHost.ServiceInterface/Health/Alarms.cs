using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Providers;

namespace PushHost.ServiceInterface.Health;

/// <summary>The alarms of this process. Each is told once in the log when it is raised and once when it is cleared, and shown by <c>/health/ready</c> and the metrics meanwhile.</summary>
/// <remarks>Safe for concurrent use, and cheap to raise or clear again and again. Nothing is stored: whoever raises an alarm that outlives the process raises it again at the start.</remarks>
internal sealed class Alarms(AppDirectory apps, TimeProvider time, ILogger<Alarms> logger)
{
    private readonly record struct Subject(string Name, long App, string? Provider, string? Environment);

    private readonly Lock _gate = new();
    private readonly Dictionary<Subject, Alarm> _raised = [];

    // Looked at without the lock, since clearing is called for every message that a gateway takes.
    private volatile int _count;

    /// <summary>What is raised now, the oldest first.</summary>
    public IReadOnlyList<Alarm> All
    {
        get
        {
            lock (_gate)
                return [.. _raised.Values.OrderBy(alarm => alarm.Since)];
        }
    }

    /// <summary>Raises an alarm about a gateway whose messages wait because of it; raised again with another reason, it shows that one.</summary>
    public void RaisePaused(string name, Gateway gateway, string reason) =>
        Raise(new Subject(name, gateway.App, gateway.ProviderName, gateway.Environment), reason, pausesDelivery: true);

    /// <summary>Raises an alarm; raised again with another reason, it shows that one.</summary>
    /// <param name="name">One of <see cref="AlarmNames"/>.</param>
    /// <param name="app">The app's id.</param>
    /// <param name="provider">The provider's name; null where it is about the whole app.</param>
    /// <param name="reason">Why; never a token.</param>
    public void Raise(string name, long app, string? provider, string reason) => Raise(new Subject(name, app, provider, null), reason, pausesDelivery: false);

    /// <summary>Ends an alarm about a gateway; nothing happens where there is none.</summary>
    public void Clear(string name, Gateway gateway) => Clear(new Subject(name, gateway.App, gateway.ProviderName, gateway.Environment));

    /// <summary>Ends an alarm; nothing happens where there is none.</summary>
    public void Clear(string name, long app, string? provider) => Clear(new Subject(name, app, provider, null));

    /// <summary>Whether messages of a gateway wait because of an alarm.</summary>
    public bool Pauses(Gateway gateway)
    {
        lock (_gate)
            return _raised.Any(raised => raised.Value.PausesDelivery
                && raised.Key.App == gateway.App && raised.Key.Provider == gateway.ProviderName && raised.Key.Environment == gateway.Environment);
    }

    private void Raise(Subject subject, string reason, bool pausesDelivery)
    {
        Alarm alarm;
        lock (_gate)
        {
            if (_raised.TryGetValue(subject, out var known))
            {
                if (known.Reason != reason)
                    _raised[subject] = known with { Reason = reason };
                return;
            }
            var app = apps.ById(subject.App)?.Name ?? $"{subject.App}";
            alarm = new Alarm(subject.Name, app, subject.Provider, subject.Environment, reason, pausesDelivery, time.GetUtcNow());
            _raised.Add(subject, alarm);
            _count = _raised.Count;
        }
        logger.Raised(alarm.Name, Describe(alarm), reason);
    }

    private void Clear(Subject subject)
    {
        if (_count == 0)
            return;
        Alarm? alarm;
        lock (_gate)
        {
            if (!_raised.Remove(subject, out alarm))
                return;
            _count = _raised.Count;
        }
        logger.Cleared(alarm.Name, Describe(alarm), (time.GetUtcNow() - alarm.Since).TotalSeconds);
    }

    private static string Describe(Alarm alarm) =>
        string.Join(' ', new[] { alarm.App, alarm.Provider, alarm.Environment }.Where(part => part is not null));
}
