using PushHost.Providers;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>A send that was checked.</summary>
internal sealed record Send
{
    public required App App { get; init; }
    public required AudienceSpec Audience { get; init; }
    public required Message Message { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long NotAfter { get; init; }

    public required ExpiryKind Expiry { get; init; }

    public required Lane Lane { get; init; }

    /// <summary>At most so many recipients a minute; null for as many as the gateway takes.</summary>
    public int? PerMinute { get; init; }

    /// <summary>Null when the caller gave none.</summary>
    public Idempotency? Idempotency { get; init; }

    /// <summary>The one device it is for; null for an audience.</summary>
    public DeviceRow? Device { get; init; }
}

/// <summary>A caller's idempotency key.</summary>
/// <param name="Caller">The key is the caller's own.</param>
/// <param name="Key">Its text.</param>
/// <param name="Hash">Of the request; another request under the same key is refused.</param>
internal sealed record Idempotency(string Caller, string Key, byte[] Hash);

/// <summary>What accepting a send came to.</summary>
/// <param name="Id">The notification's.</param>
/// <param name="Replayed">Whether it was accepted before, under the same key.</param>
/// <param name="Waiter">Waits for its completion.</param>
internal sealed record AcceptedSend(long Id, bool Replayed, Completions.Waiter? Waiter);

/// <summary>Accepts sends: encodes and measures for every provider concerned, then commits notification, audience and idempotency key together.
/// Small audiences are planned in the same transaction.</summary>
internal sealed class NotificationAcceptor(EngineParts parts, DeliveryEngine engine)
{
    private const int MaxPlannedAtOnce = 4 * BatchStore.MaxRecipients;

    /// <summary>How long an idempotency key is remembered.</summary>
    public static readonly TimeSpan KeysKept = TimeSpan.FromHours(24);

    /// <summary>The notification that an idempotency key made already; null when there is none.</summary>
    /// <exception cref="RequestException">409 when it was made by another request.</exception>
    public AcceptedSend? Repeated(App app, Idempotency? idempotency)
    {
        if (idempotency is null)
            return null;
        using var session = parts.Database.Read();
        return Repeated(session, app, idempotency);
    }

    /// <summary>Stores the send durably.</summary>
    /// <param name="send">What to send.</param>
    /// <param name="wait">Whether the caller waits for completion.</param>
    /// <exception cref="RequestException">400 when the message cannot be sent; nothing was stored.</exception>
    /// <exception cref="StorageUnavailableException">It could not be stored.</exception>
    public async Task<AcceptedSend> AcceptAsync(Send send, bool wait)
    {
        var small = send.Audience.Listed && send.Audience.ListedCount <= BatchStore.MaxRecipients;
        var payloads = Encode(send, small);
        RefuseOtherKind(send, payloads);
        // A provider with a credential for each of two environments has two gateways, and the message is of one kind for both.
        var kinds = payloads.DistinctBy(payload => payload.Gateway.ProviderName).ToDictionary(payload => payload.Gateway.ProviderName, payload => payload.Payload.Kind);
        var audience = send.Audience with { Kinds = kinds };
        var row = new NotificationRow
        {
            App = send.App.Id,
            Message = MessageRules.ToJson(send.Message),
            Audience = audience.ToJson(),
            NotAfter = send.NotAfter,
            Expiry = send.Expiry,
            Lane = send.Lane,
            PerMinute = send.PerMinute,
        };
        Completions.Waiter? waiter = null;
        var accepted = await parts.Writer.WriteAsync(WriteLane.Caller, session =>
        {
            if (send.Idempotency is { } idempotency && Repeated(session, send.App, idempotency) is { } repeated)
                return repeated;
            Store(session, row, audience, small);
            if (send.Idempotency is { } key)
                NotificationStore.RememberKey(session, send.App.Id, key.Caller, key.Key, key.Hash, row.Id, row.CreatedAt);
            // Before the commit, so that even an instant completion finds who waits for it.
            waiter = wait ? parts.Completions.Expect(row.Id) : null;
            return new AcceptedSend(row.Id, Replayed: false, waiter);
        });
        if (accepted.Replayed)
            return accepted;
        Hand(row, payloads);
        return accepted;
    }

    private static AcceptedSend? Repeated(SqlSession session, App app, Idempotency idempotency, long now)
    {
        if (NotificationStore.FindKey(session, app.Id, idempotency.Caller, idempotency.Key, now - (long)KeysKept.TotalMilliseconds) is not { } known)
            return null;
        return known.RequestHash.AsSpan().SequenceEqual(idempotency.Hash)
            ? new AcceptedSend(known.Notification, Replayed: true, null)
            : throw RequestException.Conflict(
                $"idempotencyKey was used for another request, which made notification {known.Notification}: use a new key", Faults.IdempotencyMismatch);
    }

    private AcceptedSend? Repeated(SqlSession session, App app, Idempotency idempotency) =>
        Repeated(session, app, idempotency, parts.Time.UnixMilliseconds());

    // Sent to an audience such a device is left out; sent to it alone, that would be an answer that says nothing.
    private static void RefuseOtherKind(Send send, List<(Gateway Gateway, EncodedPayload Payload)> payloads)
    {
        if (send.Device is { } device && payloads.Find(payload => payload.Payload.Kind != device.Kind) is { Payload: { } other })
        {
            throw RequestException.Validation(
                "message", "OtherKind", $"message is for {other.Kind} tokens, and device {device.Id} is a {device.Kind} token");
        }
    }

    private void Store(SqlSession session, NotificationRow row, AudienceSpec audience, bool small)
    {
        row.CreatedAt = parts.Time.UnixMilliseconds();
        row.PlanUntil = session.Number("SELECT MAX(id) FROM device") ?? 0;
        // A few entries can name very many devices, such as a user's: those are left to the planner.
        var members = small ? AudienceQuery.Page(session, row.App, audience, 0, row.PlanUntil, MaxPlannedAtOnce + 1) : null;
        var planned = members is { Count: <= MaxPlannedAtOnce };
        row.State = planned ? NotificationState.Sending : NotificationState.Queued;
        row.Id = NotificationStore.Insert(session, row);
        if (!planned)
            return;
        BatchStore.Insert(session, row, members!, row.CreatedAt);
        if (members!.Count == 0 && NotificationStore.CompleteIfDone(session, row.Id, row.CreatedAt))
            row.State = NotificationState.Completed;
    }

    private void Hand(NotificationRow row, List<(Gateway Gateway, EncodedPayload Payload)> payloads)
    {
        if (row.State == NotificationState.Completed)
        {
            parts.Completions.Complete(row.Id);
            return;
        }
        var job = parts.Jobs.Add(new Job(row, parts.Time));
        foreach (var (gateway, payload) in payloads)
            job.Keep(gateway, payload);
        if (row.State == NotificationState.Queued)
            engine.RingPlanner();
        else
            engine.RingDispatcher();
    }

    private List<(Gateway Gateway, EncodedPayload Payload)> Encode(Send send, bool small)
    {
        var payloads = new List<(Gateway, EncodedPayload)>();
        foreach (var provider in Concerned(send, small))
        {
            foreach (var gateway in parts.Providers.Of(send.App.Id, provider))
                payloads.Add((gateway, Encode(send, gateway)));
        }
        return payloads;
    }

    private static EncodedPayload Encode(Send send, Gateway gateway)
    {
        try
        {
            return gateway.Encode(new Rendering { Message = MessageRules.For(send.Message, gateway.ProviderName) });
        }
        catch (PayloadTooLargeException error)
        {
            var message = $"message is {error.Bytes} bytes for {gateway.ProviderName}, which takes {error.Limit}";
            throw new RequestException(400, Faults.PayloadTooLarge, message)
            {
                Errors = [new FieldError(Faults.PayloadTooLarge, "message", message)],
                Meta = new Dictionary<string, string>
                {
                    ["provider"] = gateway.ProviderName,
                    ["bytes"] = error.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["limit"] = error.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
            };
        }
        catch (MessageInvalidException error)
        {
            throw RequestException.Validation(
                $"message.{error.FieldName}", "InvalidForProvider", $"message.{error.FieldName} {error.Message} ({gateway.ProviderName})");
        }
    }

    // Whom a small audience reaches is known, so only its providers matter; of a large one, every provider that can send.
    private List<string> Concerned(Send send, bool small)
    {
        List<string> concerned;
        if (small)
        {
            using var session = parts.Database.Read();
            // Kinds are not known before encoding, and which provider it is does not depend on them.
            concerned = AudienceQuery.Providers(session, send.App.Id, send.Audience);
            // An audience of nobody is no reason to take a message that could never be sent.
            if (concerned.Count == 0)
                return [.. parts.Providers.WithCredential(send.App.Id).Where(name => send.Audience.Providers?.Contains(name) ?? true)];
        }
        else
        {
            concerned = [.. send.Audience.Providers ?? parts.Providers.WithCredential(send.App.Id)];
            if (concerned.Count == 0)
                throw NoCredential(send.App, null);
        }
        return concerned.Find(name => parts.Providers.Of(send.App.Id, name).Count == 0) is { } missing
            ? throw NoCredential(send.App, missing)
            : concerned;
    }

    private static RequestException NoCredential(App app, string? provider) => RequestException.Validation(
        "to", "NoCredential",
        $"to reaches {(provider is null ? "no provider" : $"{provider} devices")}, and PushHost:Apps:{app.Name}:Providers{(provider is null ? "" : $":{provider}")} sets no credential");
}
