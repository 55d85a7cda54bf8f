using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.Tests.Delivery;

/// <summary>Plays claims, verdicts, lapses, restarts and changes of devices on a real ledger, beside a few lines that say what must come of them.
/// Every step answers what it found wrong; null when all is well.</summary>
internal sealed class LedgerModel
{
    private const int Devices = 10;
    private const long Lease = 100;

    private readonly LedgerDatabase _database;
    private readonly Job _job;
    private readonly long _notification;
    private readonly Dictionary<long, Recipient> _recipients;
    private readonly List<Held> _held = [];
    private long _now = 1;
    private int _tokens;

    /// <param name="database">The ledger; what it had is deleted.</param>
    /// <param name="listed">Whether the audience was chosen one by one, so that a new owner does not get it.</param>
    public LedgerModel(LedgerDatabase database, bool listed)
    {
        _database = database;
        foreach (var table in (string[])["batch", "delivery", "device"])
            database.Session.Execute($"DELETE FROM {table}");
        var rows = Enumerable.Range(0, Devices).Select(i => NewDevice(i % 3 == 0 ? "gcm" : "apns")).ToList();
        _notification = database.Plan(rows.Select(row => new AudienceMember(row.Id, row.Provider, null)), _now);
        var audience = listed ? new AudienceSpec { Ids = [.. rows.Select(row => row.Id)] } : new AudienceSpec();
        _job = new Job(new NotificationRow { Id = _notification, App = 1, Audience = audience.ToJson() }, TimeProvider.System);
        _recipients = rows.ToDictionary(row => row.Id, row => new Recipient(row.Id));
    }

    public bool IsCompleted => NotificationStore.Find(_database.Session, _notification)!.State == NotificationState.Completed;

    /// <summary>A worker claims a batch and reads its recipients.</summary>
    public string? Claim()
    {
        if (_database.Claim(_now, _now + Lease) is not { } claim)
            return null;
        var members = PackedRecipients.Unpack(claim.Batch.Recipients);
        if (_held.Exists(held => held.Claim.Batch.Id == claim.Batch.Id && held.Lives(_now)))
            return "a batch was claimed under a lease that lives";
        // Whoever held it before has lost it, and with it what he sent and did not record.
        foreach (var lost in _held.Where(held => held.Claim.Batch.Id == claim.Batch.Id))
            Lose(lost);
        var loaded = RecipientLoader.Load(_database.Session, claim, _job, _now);
        _held.Add(new Held(claim, [.. loaded.Decided], [.. loaded.Due]));
        return Compare(members, loaded);
    }

    /// <summary>A worker sends to some of those it may send to: promise 4 is checked here.</summary>
    public string? Send(Random random)
    {
        if (Pick(random) is not { } held || !held.Lives(_now))
            return null;
        foreach (var due in held.Due.Where(_ => random.Next(2) == 0).ToList())
        {
            held.Due.Remove(due);
            held.Sent.Add(due);
            var recipient = _recipients[due.Device];
            recipient.Sends++;
            if (recipient.Outcome is not null)
                return $"device {due.Device} was sent to after its outcome";
        }
        return null;
    }

    /// <summary>A worker records verdicts of some it sent to, under whatever its lease is worth by now.</summary>
    public string? Record(Random random, bool release)
    {
        if (Pick(random) is not { } held)
            return null;
        var results = new List<DeliveryResult>(held.Decided);
        var answered = held.Sent.Where(_ => random.Next(3) > 0).ToList();
        results.AddRange(answered.Select(due => Verdict(due, random)));
        var recorded = _database.Record(held.Claim, results, release ? _now : null, _now);
        if (recorded.Stale)
            return held.IsLost || IsDone(held) ? null : "a lease that nobody else has was called lost";
        if (held.IsLost)
            return "a lost lease wrote";

        held.Decided.Clear();
        held.Sent.RemoveAll(answered.Contains);
        foreach (var result in results)
        {
            if (_recipients[result.Device].Take(result) is { } problem)
                return problem;
        }
        if (release)
        {
            Lose(held);
            _held.Remove(held);
        }
        return recorded.Completed == _recipients.Values.All(recipient => recipient.Outcome is not null) ? null : "completed is wrong";
    }

    public string? Lapse()
    {
        _now += Lease;
        return null;
    }

    /// <summary>The process dies, and another begins.</summary>
    public string? Restart()
    {
        BatchStore.ReleaseAll(_database.Session, _now);
        _held.ForEach(Lose);
        _held.Clear();
        return null;
    }

    /// <summary>A device is switched off or on, gets another owner or another token, or is deleted.</summary>
    public string? ChangeDevice(Random random)
    {
        _now++;
        var recipient = _recipients.Values.ElementAt(random.Next(Devices));
        if (DeviceStore.Find(_database.Session, recipient.Device) is not { } row)
            return null;
        var tags = row.Tags;
        switch (random.Next(9))
        {
            case 0 or 1:
                row.Deactivate(DeviceStates.ByCaller, _now);
                break;
            case 2 or 3 or 4:
                row.Activate();
                break;
            case 5:
                row.HandOver($"user-{random.Next(3)}");
                break;
            case 6 or 7:
                row.RegistrationId = $"token-{_tokens++}";
                row.RegisteredAt = _now;
                break;
            default:
                DeviceStore.Delete(_database.Session, row.Id);
                return null;
        }
        DeviceStore.Update(_database.Session, row, tags);
        return null;
    }

    /// <summary>Workers go on until everybody has an outcome.</summary>
    public string? Finish()
    {
        for (var round = 0; round < 10 * Devices && !IsCompleted; round++)
        {
            _now += Lease;
            if (Claim() is { } problem)
                return problem;
            foreach (var held in _held.Where(held => held.Lives(_now)).ToList())
            {
                var results = new List<DeliveryResult>(held.Decided);
                foreach (var due in held.Due.Concat(held.Sent))
                {
                    _recipients[due.Device].Sends += held.Sent.Contains(due) ? 0 : 1;
                    results.Add(new DeliveryResult(due.Device, DeliveryOutcome.Accepted, null, "id", due.Attempt, 0, null));
                }
                _database.Record(held.Claim, results, _now, _now);
                if (results.Select(result => _recipients[result.Device].Take(result)).FirstOrDefault(wrong => wrong is not null) is { } wrong)
                    return wrong;
                _held.Remove(held);
            }
        }
        return IsCompleted ? Check() : "not everybody got an outcome";
    }

    /// <summary>Promise 2 at this moment: the counters are the rows, and their sum with those pending is the total. Promise 3: nobody was sent to more often
    /// than there are verdicts on record and losses of a lease with an answer outstanding.</summary>
    public string? Check()
    {
        var row = NotificationStore.Find(_database.Session, _notification)!;
        if (row.Total != Devices)
            return $"total is {row.Total}";
        (DeliveryOutcome Outcome, long Count)[] counters =
        [
            (DeliveryOutcome.Accepted, row.Accepted), (DeliveryOutcome.Failed, row.Failed), (DeliveryOutcome.Expired, row.Expired),
            (DeliveryOutcome.Suppressed, row.Suppressed), (DeliveryOutcome.Unknown, row.Unknown),
        ];
        foreach (var (outcome, count) in counters)
        {
            var rows = _database.Session.Number("SELECT COUNT(*) FROM delivery WHERE notification = @p0 AND outcome = @p1", _notification, (int)outcome);
            if (count != rows || count != _recipients.Values.Count(recipient => recipient.Outcome == outcome))
                return $"{outcome} is {count}, there are {rows} rows";
        }
        var outstanding = _held.Where(held => !held.IsLost).SelectMany(held => held.Sent).CountBy(due => due.Device).ToDictionary();
        var doubled = _recipients.Values.FirstOrDefault(recipient =>
            recipient.Sends != recipient.Recorded + recipient.Lost + outstanding.GetValueOrDefault(recipient.Device));
        return doubled is null ? null : $"device {doubled.Device} was sent to {doubled.Sends} times, and {doubled.Recorded} are on record";
    }

    private static bool IsDone(Held held) => held.Due.Count == 0 && held.Sent.Count == 0 && held.Decided.Count == 0;

    private Held? Pick(Random random) => _held.Count == 0 ? null : _held[random.Next(_held.Count)];

    private DeviceRow NewDevice(string provider)
    {
        var row = new DeviceRow
        {
            App = 1, Provider = provider, Kind = "alert", RegistrationId = $"token-{_tokens++}", State = DeviceState.Active, CreatedAt = _now, RegisteredAt = _now,
        };
        DeviceStore.Insert(_database.Session, row);
        return row;
    }

    // What the loader must find, from the devices as they are and the results that were taken.
    private string? Compare(long[] members, LoadedRecipients loaded)
    {
        foreach (var device in members)
        {
            var recipient = _recipients[device];
            var due = loaded.Due.SingleOrDefault(one => one.Device == device);
            var decided = loaded.Decided.Exists(one => one.Device == device);
            var row = DeviceStore.Find(_database.Session, device);
            var mayBeSentTo = row is { State: DeviceState.Active } && !(_job.Listed && row.OwnerEpoch >= _notification);
            var isDue = recipient.Outcome is null && recipient.DueAt <= _now;
            if ((due is not null) != (isDue && mayBeSentTo))
                return $"device {device} is {(due is null ? "not " : "")}sent to";
            if (decided != (isDue && !mayBeSentTo))
                return $"device {device} is {(decided ? "" : "not ")}suppressed";
            if (due is not null && (due.RegistrationId != row!.RegistrationId || due.Attempt != recipient.Attempts + 1))
                return $"device {device} is sent to by an old token or with a wrong attempt";
        }
        return null;
    }

    private DeliveryResult Verdict(DueRecipient due, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return new DeliveryResult(due.Device, DeliveryOutcome.Failed, "Unregistered", null, due.Attempt, 0, new TokenAction.Deactivate(due.RegistrationId, "Unregistered", _now));
            case 1:
                return new DeliveryResult(due.Device, DeliveryOutcome.Pending, "silence", null, due.Attempt, _now + random.Next(150), null, due.Silences + 1);
            case 2:
                return new DeliveryResult(due.Device, DeliveryOutcome.Unknown, "silence", null, due.Attempt, 0, null);
            case 3:
                return new DeliveryResult(due.Device, DeliveryOutcome.Accepted, null, "id", due.Attempt, 0, new TokenAction.Replace(due.RegistrationId, $"token-{_tokens++}"));
            default:
                return new DeliveryResult(due.Device, DeliveryOutcome.Accepted, null, "id", due.Attempt, 0, null);
        }
    }

    // What was sent under a lease and is not recorded yet may be sent again when the lease is gone.
    private void Lose(Held held)
    {
        if (held.IsLost)
            return;
        held.IsLost = true;
        foreach (var sent in held.Sent)
            _recipients[sent.Device].Lost++;
    }

    // A claim as its worker knows it.
    private sealed class Held(Claim claim, List<DeliveryResult> decided, List<DueRecipient> due)
    {
        public Claim Claim => claim;

        public List<DeliveryResult> Decided => decided;

        public List<DueRecipient> Due => due;

        public List<DueRecipient> Sent { get; } = [];

        public bool IsLost { get; set; }

        public bool Lives(long now) => !IsLost && claim.LeaseUntil > now;
    }

    private sealed class Recipient(long device)
    {
        public long Device => device;

        public DeliveryOutcome? Outcome { get; private set; }

        public int Attempts { get; private set; }

        public long DueAt { get; private set; }

        public int Sends { get; set; }

        public int Recorded { get; private set; }

        public int Lost { get; set; }

        public string? Take(DeliveryResult result)
        {
            if (Outcome is not null)
                return $"device {device} was decided twice";
            (Attempts, DueAt) = (result.Attempts, result.DueAt);
            Recorded += result.Outcome == DeliveryOutcome.Suppressed ? 0 : 1;
            Outcome = result.Outcome == DeliveryOutcome.Pending ? null : result.Outcome;
            return null;
        }
    }
}
