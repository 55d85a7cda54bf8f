using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Registers, finds, changes and deletes devices.</summary>
internal sealed class DeviceServices(
    DeviceRegistry devices, PushProviders providers, Database database, Caller caller, OperationContext context, TimeProvider time,
    ILogger<DeviceServices> logger) : IService
{
    [RequiresScope(Scopes.Devices, Scopes.Register)]
    [Answers(200, "The device, which was known.")]
    [Answers(201, "The device, which is new.")]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, ErrorCodes.NotFound, ErrorCodes.Conflict)]
    public async Task<Device> Post(RegisterDevice request, CancellationToken cancellationToken)
    {
        var app = caller.App(request.AppId);
        var registered = await devices.RegisterAsync(Registration(request, app));
        if (registered.Moved)
            logger.DeviceMoved(registered.Row.Id);
        if (!caller.Has(Scopes.Devices))
            return new Device { Id = registered.Row.Id, Provider = registered.Row.Provider };
        if (registered.Created)
            context.StatusCode = 201;
        return registered.Row.ToDto(app.Name);
    }

    [RequiresScope(Scopes.Devices, Scopes.Read)]
    [Fails(Faults.UnknownProvider, ErrorCodes.NotFound)]
    public QueryResponse<Device> Get(QueryDevices request)
    {
        var app = caller.App(request.AppId);
        var validation = new Validation();
        var paging = Paging.From(request, validation);
        var where = DeviceSelection.From(request, app.Id, providers, validation);
        var order = DeviceOrder.From(Paging.OrderOf(request, validation), paging, validation);
        validation.ThrowIfFaulty();

        using var session = database.Read();
        long? total = paging.Total ? DeviceStore.Count(session, where) : null;
        where.AndIf(paging.After is not null, $"id > {paging.After}");
        return new QueryResponse<Device>
        {
            Offset = paging.Skip,
            Total = total,
            Results = DeviceStore.Page(session, where, order, paging.Take, paging.Skip).ConvertAll(row => row.ToDto(app.Name)),
        };
    }

    [RequiresScope(Scopes.Devices, Scopes.Read)]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId)]
    public Device Get(GetDevice request)
    {
        var app = caller.App(request.AppId);
        return Row(app, request.Id, request.Provider, request.RegistrationId).ToDto(app.Name);
    }

    [RequiresScope(Scopes.Devices, Scopes.Read)]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, ErrorCodes.NotFound)]
    public Device Post(FindDevice request)
    {
        var app = caller.App(request.AppId);
        return Row(app, null, request.Provider, request.RegistrationId).ToDto(app.Name);
    }

    [RequiresScope(Scopes.Devices)]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, ErrorCodes.Conflict)]
    public async Task<Device> Patch(UpdateDevice request, CancellationToken cancellationToken)
    {
        var app = caller.App(request.AppId);
        var row = await devices.ChangeAsync(DeviceChange.From(request, Address(app, request.Id, request.Provider, request.RegistrationId), providers, time));
        return row.ToDto(app.Name);
    }

    [RequiresScope(Scopes.Devices)]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, ErrorCodes.Conflict)]
    public async Task<Device> Put(ReplaceDevice request, CancellationToken cancellationToken)
    {
        var app = caller.App(request.AppId);
        var row = await devices.ChangeAsync(DeviceChange.From(request, Address(app, request.Id, request.Provider, request.RegistrationId), providers, time));
        return row.ToDto(app.Name);
    }

    [RequiresScope(Scopes.Devices)]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId)]
    public async Task Delete(DeleteDevice request, CancellationToken cancellationToken)
    {
        var app = caller.App(request.AppId);
        await devices.DeleteAsync(Address(app, request.Id, request.Provider, request.RegistrationId));
    }

    [RequiresScope(Scopes.Devices, Scopes.Register)]
    [Fails(Faults.UnknownProvider, Faults.InvalidRegistrationId, ErrorCodes.NotFound)]
    public async Task Post(UnregisterDevice request, CancellationToken cancellationToken)
    {
        var app = caller.App(request.AppId);
        if (!string.IsNullOrEmpty(request.UserId))
        {
            if (!string.IsNullOrEmpty(request.RegistrationId))
                throw RequestException.Validation("userId", "Contradiction", "userId and registrationId exclude each other: give one of them");
            // The scope register may live in a phone app, where it must not reach other people's devices.
            if (!caller.Has(Scopes.Devices))
                throw RequestException.Forbidden("Unregistering by userId needs a key with the scope devices.");
            var validation = new Validation();
            validation.NoControls("userId", request.UserId);
            validation.ThrowIfFaulty();
            await devices.UnregisterUserAsync(app.Id, request.UserId, request.Sequence);
            return;
        }
        var (provider, registrationId) = Token(request.Provider, request.RegistrationId);
        await devices.UnregisterAsync(app.Id, provider, registrationId, request.Sequence);
    }

    private DeviceRegistration Registration(RegisterDevice request, App app)
    {
        var validation = new Validation();
        var device = DeviceRules.Whole(request, providers, time.UnixMilliseconds(), validation).GetValueOrDefault();
        validation.ThrowIfFaulty();
        return new DeviceRegistration
        {
            App = app.Id,
            Provider = device.Provider,
            RegistrationId = device.RegistrationId,
            Values = device.Values,
            Sequence = request.Sequence,
            ByManager = caller.Has(Scopes.Devices),
        };
    }

    private DeviceKey Address(App app, long? id, string? provider, string? registrationId)
    {
        if (id is not null)
            return new DeviceKey(app.Id, id, null, null);
        var (name, token) = Token(provider, registrationId);
        return new DeviceKey(app.Id, null, name, token);
    }

    private (string Provider, string RegistrationId) Token(string? providerName, string? registrationId)
    {
        var validation = new Validation();
        var provider = providers.Named(providerName, "provider", validation);
        var token = DeviceRules.Token(provider, registrationId, DeviceRules.DefaultKind, null, validation);
        validation.ThrowIfFaulty();
        return (provider!.Name, token!);
    }

    private DeviceRow Row(App app, long? id, string? provider, string? registrationId)
    {
        var key = Address(app, id, provider, registrationId);
        using var session = database.Read();
        return key.Find(session);
    }
}
