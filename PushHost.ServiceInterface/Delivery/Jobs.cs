using PushHost.ServiceInterface.Delivery.Hosts;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>The notifications whose batches were worked on lately, so that a message is read and encoded once and not for every batch.</summary>
/// <remarks>Bounded: the one used longest ago goes first, and is read again if it is needed again.</remarks>
internal sealed class Jobs(Database database, HostPresence hosts, TimeProvider time)
{
    private const int Capacity = 256;
    private readonly Dictionary<long, LinkedListNode<Job>> _byId = [];
    private readonly LinkedList<Job> _lastUsedFirst = new();

    /// <summary>The notification; read from the database where it isn't at hand.</summary>
    public Job Get(long id)
    {
        lock (_byId)
        {
            if (_byId.TryGetValue(id, out var node))
            {
                _lastUsedFirst.Remove(node);
                _lastUsedFirst.AddFirst(node);
                return node.Value;
            }
        }
        using var session = database.Read();
        var row = NotificationStore.FindUncounted(session, id) ?? throw new InvalidOperationException($"notification {id} has batches but no row");
        return Add(new Job(row, time, () => hosts.Count));
    }

    /// <summary>Keeps a notification at hand.</summary>
    public Job Add(Job job)
    {
        lock (_byId)
        {
            if (_byId.TryGetValue(job.Id, out var known))
                return known.Value;
            _byId.Add(job.Id, _lastUsedFirst.AddFirst(job));
            if (_byId.Count > Capacity)
            {
                _byId.Remove(_lastUsedFirst.Last!.Value.Id);
                _lastUsedFirst.RemoveLast();
            }
            return job;
        }
    }

    /// <summary>Has nothing more be sent of a notification that was cancelled.</summary>
    public void Stop(long id)
    {
        lock (_byId)
        {
            if (_byId.TryGetValue(id, out var node))
                node.Value.IsStopped = true;
        }
    }

    /// <summary>Lets a complete notification go.</summary>
    public void Forget(long id)
    {
        lock (_byId)
        {
            if (_byId.Remove(id, out var node))
                _lastUsedFirst.Remove(node);
        }
    }
}
