using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Accepts notifications and tells how far they have come.</summary>
internal sealed class NotificationServices(
    NotificationAcceptor acceptor, Canceller canceller, PushProviders providers, Completions completions, Database database, Caller caller, OperationContext context,
    TimeProvider time) : IService
{
    private const long MaxBytes = 4 * 1024 * 1024;

    [RequiresScope(Scopes.Send)]
    [Answers(202, "It is stored, and being sent.")]
    [Answers(200, "It has ended within `wait`: the final counts. Or it is a dry run, and nothing was stored.")]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, Faults.PayloadTooLarge, ErrorCodes.NotFound, Faults.IdempotencyMismatch)]
    [RefuseUnknownMembers]
    [RequestLimit(MaxBytes)]
    public Task<Notification> Post(SendNotification request, CancellationToken cancellationToken) =>
        SendAsync(request, caller.App(request.AppId), cancellationToken);

    [RequiresScope(Scopes.Send)]
    [Answers(202, "It is stored, and being sent.")]
    [Answers(200, "It has ended within `wait`: the final counts.")]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, Faults.PayloadTooLarge, ErrorCodes.NotFound, ErrorCodes.Conflict, Faults.IdempotencyMismatch)]
    [RefuseUnknownMembers]
    public Task<Notification> Post(SendToDevice request, CancellationToken cancellationToken)
    {
        var send = new SendNotification
        {
            To = To(request),
            Message = Message(request),
            Ttl = request.Ttl,
            ExpiresAt = request.ExpiresAt,
            OnUnknown = request.OnUnknown,
            IdempotencyKey = request.IdempotencyKey,
            Wait = request.Wait,
        };
        return SendAsync(send, caller.App(request.AppId), cancellationToken, toDevice: true);
    }

    [RequiresScope(Scopes.Read, Scopes.Send)]
    public Notification Get(GetNotification request)
    {
        var app = caller.App(request.AppId);
        return Find(request.Id ?? 0, app).ToDto(app.Name);
    }

    [RequiresScope(Scopes.Read, Scopes.Send)]
    [Fails(ErrorCodes.NotFound)]
    public QueryResponse<Notification> Get(QueryNotifications request)
    {
        var app = caller.App(request.AppId);
        var validation = new Validation();
        var paging = Paging.From(request, validation);
        var order = Paging.OrderOf(request, validation);
        var descending = order?.ToUpperInvariant() is null or "" or "-ID" or "-CREATEDAT";
        if (!descending && order!.ToUpperInvariant() is not ("ID" or "CREATEDAT"))
            validation.Fault("orderBy", "UnknownValue", $"is '{DeviceRules.Short(order)}', and must be id or createdAt, with a minus to turn it round");
        validation.ThrowIfFaulty();

        var where = new SqlWhere().And($"n.app = {app.Id}")
            .AndIf(request.State is not null, $"n.state = {(int?)request.State}")
            .AndIf(request.Lane is not null, $"n.lane = {(int?)request.Lane}")
            .AndIf(request.CreatedAfter is not null, $"n.created_at >= {request.CreatedAfter?.ToUnixTimeMilliseconds()}")
            .AndIf(request.CreatedBefore is not null, $"n.created_at < {request.CreatedBefore?.ToUnixTimeMilliseconds()}");
        using var session = database.Read();
        long? total = paging.Total ? NotificationStore.Count(session, where) : null;
        if (paging.After is { } after)
            where.AndIf(descending, $"n.id < {after}").AndIf(!descending, $"n.id > {after}");
        return new QueryResponse<Notification>
        {
            Offset = paging.Skip,
            Total = total,
            // Ids rise with the time of creation, so that the order by one is the order by the other.
            Results = NotificationStore.Page(session, where, descending ? "n.id DESC" : "n.id", paging.Take, paging.Skip).ConvertAll(row => row.ToDto(app.Name)),
        };
    }

    [RequiresScope(Scopes.Send)]
    [Fails(ErrorCodes.NotFound)]
    public async Task<Notification> Post(CancelNotification request)
    {
        var app = caller.App(request.AppId);
        var id = Find(request.Id ?? 0, app).Id;
        await canceller.CancelAsync(app.Id, id);
        return Find(id, app).ToDto(app.Name);
    }

    private async Task<Notification> SendAsync(SendNotification request, App app, CancellationToken cancellationToken, bool toDevice = false)
    {
        var wait = SendRules.Wait(request.Wait);
        var validation = new Validation();
        var send = SendRules.Check(request, app, providers, time.GetUtcNow(), validation);
        var header = context.Http.Request.Headers.TryGetValue("Idempotency-Key", out var given) ? given.ToString() : null;
        var idempotency = SendRules.Idempotency(request.IdempotencyKey, header, () => SendRules.Hash(request, send));

        if (request.DryRun == true)
        {
            validation.ThrowIfFaulty();
            return acceptor.Rehearse(send).ToDto(app.Name);
        }
        // Before the faults, some of which depend on the time: a repeat is answered even when the message's own time is over.
        var accepted = acceptor.Repeated(app, idempotency);
        if (accepted is null)
        {
            validation.ThrowIfFaulty();
            send = send with { Idempotency = idempotency, Device = toDevice ? ActiveDevice(app, send.Audience) : null };
            accepted = await acceptor.AcceptAsync(send, wait > TimeSpan.Zero);
        }
        return await AnswerAsync(accepted, app, wait, cancellationToken);
    }

    private async Task<Notification> AnswerAsync(AcceptedSend accepted, App app, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (accepted.Replayed)
            context.SetHeader("Idempotent-Replay", "true");
        context.SetHeader("Location", $"/notifications/{accepted.Id}");
        if (wait > TimeSpan.Zero)
        {
            using var waiter = accepted.Waiter ?? completions.Expect(accepted.Id);
            if (accepted.Waiter is not null || Find(accepted.Id, app).CompletedAt is null)
                await waiter.WaitAsync(wait, cancellationToken);
        }
        var row = Find(accepted.Id, app);
        context.StatusCode = wait > TimeSpan.Zero && row.CompletedAt is not null ? 200 : 202;
        return row.ToDto(app.Name);
    }

    private NotificationRow Find(long id, App app)
    {
        using var session = database.Read();
        return NotificationStore.Find(session, id) is { } row && row.App == app.Id
            ? row
            : throw RequestException.NotFound($"There is no notification {id}.");
    }

    private DeviceRow ActiveDevice(App app, AudienceSpec audience)
    {
        var key = audience.Ids is [var id]
            ? new DeviceKey(app.Id, id, null, null)
            : new DeviceKey(app.Id, null, audience.Registrations![0][0], audience.Registrations[0][1]);
        using var session = database.Read();
        var device = key.Find(session);
        return device.State == DeviceState.Active
            ? device
            : throw RequestException.Conflict($"Device {device.Id} is {device.State.ToString().ToLowerInvariant()} ({device.Reason}): nothing can be sent to it.");
    }

    private Audience To(SendToDevice request)
    {
        if (request.Id is { } id)
            return new Audience { Ids = [id] };
        var validation = new Validation();
        var provider = providers.Named(request.Provider, "provider", validation);
        var token = DeviceRules.Token(provider, request.RegistrationId, DeviceRules.DefaultKind, null, validation);
        validation.ThrowIfFaulty();
        return new Audience { RegistrationIds = [new ProviderRegistration { Provider = provider!.Name, RegistrationId = token }] };
    }

    private static Message Message(SendToDevice request)
    {
        var inShort = request.Body is not null || request.Title is not null || request.Badge is not null || request.Sound is not null || request.Data is not null;
        if (request.Message is not null && inShort)
            throw RequestException.Validation("message", "Contradiction", "message excludes body, title, badge, sound and data at the top level");
        return request.Message ?? new Message
        {
            Body = request.Body,
            Title = request.Title,
            Badge = request.Badge,
            Sound = request.Sound,
            Data = request.Data,
        };
    }
}
