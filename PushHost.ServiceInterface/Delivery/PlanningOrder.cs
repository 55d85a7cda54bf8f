using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>Whose page is planned next: each notification's in its turn, and every other page one of the transactional lane, if one waits. So a one-to-one
/// message whose time has come is never behind more than one page, however many campaigns are being planned.</summary>
internal sealed class PlanningOrder
{
    private static readonly string Urgent = $"AND lane = {(int)Lane.Transactional} ";

    private long _last;
    private long _lastUrgent;
    private bool _wasUrgent;

    // Nearly always empty.
    private readonly Dictionary<long, long> _passedOver = [];

    /// <summary>The next in turn; null when there is nothing to plan.</summary>
    /// <param name="session">Of the database.</param>
    /// <param name="now">Unix milliseconds.</param>
    public long? Next(SqlSession session, long now)
    {
        foreach (var (id, until) in _passedOver)
        {
            if (until <= now)
                _passedOver.Remove(id);
        }
        var others = _passedOver.Count == 0 ? "" : $"AND id NOT IN ({string.Join(", ", _passedOver.Keys)}) ";
        var urgent = _wasUrgent ? null : Turn(session, Urgent + others, ref _lastUrgent);
        _wasUrgent = urgent is not null;
        return urgent ?? Turn(session, others, ref _last);
    }

    /// <summary>Gives a notification no turn until then, Unix milliseconds.</summary>
    public void PassOver(long id, long until) => _passedOver[id] = until;

    private static long? Turn(SqlSession session, string which, ref long last)
    {
        const string Open = "SELECT id FROM notification WHERE state IN (2, 3) ";
        const string First = "ORDER BY id LIMIT 1";
        var next = session.Number($"{Open}{which}AND id > @p0 {First}", last) ?? session.Number($"{Open}{which}{First}");
        last = next ?? last;
        return next;
    }
}
