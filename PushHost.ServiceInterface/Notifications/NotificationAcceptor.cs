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

/// <summary>Accepts sends: encodes and measures for every provider concerned, then commits notification, audience and idempotency key together.
/// Small audiences are planned in the same transaction.</summary>
internal sealed class NotificationAcceptor(EngineParts parts, DeliveryEngine engine, Schedule schedule)
{
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
        var payloads = Encode(send);
        var audience = Whom(send, payloads);
        var row = new NotificationRow
        {
            App = send.App.Id,
            Message = MessageRules.ToJson(send.Message),
            Audience = audience.ToJson(),
            NotAfter = send.NotAfter,
            Expiry = send.Expiry,
            Lane = send.Lane,
            PerMinute = send.PerMinute,
            SendAt = send.SendAt,
            OnUnknown = send.OnUnknown,
        };
        Completions.Waiter? waiter = null;
        AcceptedSend accepted;
        try
        {
            accepted = await parts.Writer.WriteAsync(WriteLane.Caller, session =>
            {
                if (send.Idempotency is { } idempotency && Repeated(session, send.App, idempotency) is { } repeated)
                    return repeated;
                Store(session, row, audience, send.IsSmall);
                if (send.Idempotency is { } key && !NotificationStore.RememberKey(session, send.App.Id, key, row.Id, row.CreatedAt))
                    throw new KeyTakenException();
                // Before the commit, so that even an instant completion finds who waits for it.
                waiter?.Dispose();
                waiter = wait ? parts.Completions.Expect(row.Id) : null;
                return new AcceptedSend(row.Id, Replayed: false, waiter);
            });
        }
        // Another host accepted a request under the same key while this one was being stored, and nothing of this one was.
        catch (KeyTakenException)
        {
            waiter?.Dispose();
            accepted = Repeated(send.App, send.Idempotency)!;
        }
        catch
        {
            waiter?.Dispose();
            throw;
        }
        if (accepted.Replayed)
            return accepted;
        parts.Meter.Accepted(row.App, row.Lane);
        Hand(row, payloads);
        return accepted;
    }

    /// <summary>Checks a send as far as accepting it would, and counts whom it would reach now; stores nothing.</summary>
    /// <exception cref="RequestException">400 when the message cannot be sent.</exception>
    public NotificationRow Rehearse(Send send)
    {
        var audience = Whom(send, Encode(send));
        using var session = parts.Database.Read();
        return new NotificationRow
        {
            App = send.App.Id,
            State = send.SendAt is null ? NotificationState.Queued : NotificationState.Scheduled,
            Lane = send.Lane,
            CreatedAt = parts.Time.UnixMilliseconds(),
            SendAt = send.SendAt,
            Total = AudienceQuery.Count(session, send.App.Id, audience),
        };
    }

    // Which of an installation's tokens the message goes to is known once it is encoded.
    private static AudienceSpec Whom(Send send, List<(Gateway Gateway, EncodedPayload Payload)> payloads)
    {
        RefuseOtherKind(send, payloads);
        // A provider with a credential for each of two environments has two gateways, and the message is of one kind for both.
        var kinds = payloads.DistinctBy(payload => payload.Gateway.ProviderName).ToDictionary(payload => payload.Gateway.ProviderName, payload => payload.Payload.Kind);
        return send.Audience with { Kinds = kinds };
    }

    private static AcceptedSend? Repeated(SqlSession session, App app, Idempotency idempotency, long now)
    {
        if (NotificationStore.FindKey(session, app.Id, idempotency.Key, now - (long)KeysKept.TotalMilliseconds) is not { } known)
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
        if (row.SendAt is not null)
        {
            row.State = NotificationState.Scheduled;
            row.Id = NotificationStore.Insert(session, row);
            return;
        }
        row.PlanUntil = session.Number("SELECT MAX(id) FROM device") ?? 0;
        // A few entries can name very many devices, such as a user's: those are left to the planner.
        // Held before the id is given: a device that changes hands from now on does so above this id, and is not sent to.
        var most = BatchStore.MostAtOnce(row);
        var members = small ? AudienceQuery.Page(session, row.App, audience, 0, row.PlanUntil, most + 1, hold: true) : null;
        var planned = members is not null && members.Count <= most;
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
        if (row.State == NotificationState.Scheduled)
        {
            schedule.Ring();
            return;
        }
        var job = parts.Jobs.Add(new Job(row, parts.Time, () => parts.Hosts.Count));
        foreach (var (gateway, payload) in payloads)
            job.Keep(gateway, payload);
        if (row.State == NotificationState.Queued)
            engine.RingPlanner();
        else
            engine.RingDispatcher();
    }

    private List<(Gateway Gateway, EncodedPayload Payload)> Encode(Send send)
    {
        var payloads = new List<(Gateway, EncodedPayload)>();
        foreach (var provider in Concerned(send))
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

    // Whom a small audience reaches is known, so only its providers matter; of a large or later one, every provider that can send.
    private List<string> Concerned(Send send)
    {
        List<string> concerned;
        if (send.IsSmall)
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
