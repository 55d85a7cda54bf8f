using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Notifications;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Tests.Support.Databases;
using PushHost.Wire;

namespace PushHost.Tests.Support;

/// <summary>A migrated database in a folder of its own, with its writer, a clock that stands still, the app <c>default</c>,
/// and the providers <c>test</c> and <c>other</c>.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pushhost-").FullName;
    private readonly TestStorage _storage;
    private readonly AppDirectory _apps = new();

    private TestDatabase()
    {
        _storage = TestStorage.New(_folder);
        Database = _storage.Open();
        Writer = Database.OpenWriter(NullLogger<DatabaseWriter>.Instance);
        Devices = new DeviceRegistry(Writer, Time);
    }

    public Database Database { get; }

    public DatabaseWriter Writer { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public PushProviders Providers { get; } = TestProviderFactory.Registry("test", "other");

    public DeviceRegistry Devices { get; }

    public AppDirectory Apps => _apps;

    public App App => _apps.Default;

    public long Now => Time.UnixMilliseconds();

    public static async Task<TestDatabase> StartAsync()
    {
        var test = new TestDatabase();
        await test._apps.LoadAsync(test.Database, test.Writer, test.Time);
        return test;
    }

    /// <summary>Registers as a caller with the scope <c>devices</c>, unless told otherwise.</summary>
    /// <exception cref="RequestException">The request is at fault, or refused.</exception>
    public Task<RegisteredDevice> RegisterAsync(RegisterDevice request, bool byManager = true)
    {
        request.Provider ??= "test";
        var validation = new Validation();
        var device = DeviceRules.Whole(request, Providers, Now, validation);
        validation.ThrowIfAny();
        return Devices.RegisterAsync(new DeviceRegistration
        {
            App = App.Id,
            Provider = device!.Value.Provider,
            RegistrationId = device.Value.RegistrationId,
            Values = device.Value.Values,
            Sequence = request.Sequence,
            ByManager = byManager,
        });
    }

    /// <summary>Registers a token of the provider <c>test</c> and answers its row.</summary>
    public async Task<DeviceRow> RegisterAsync(string token, Action<RegisterDevice>? more = null, bool byManager = true)
    {
        var request = new RegisterDevice { RegistrationId = token };
        more?.Invoke(request);
        return (await RegisterAsync(request, byManager)).Row;
    }

    public Task<DeviceRow> PatchAsync(long id, UpdateDevice change) =>
        Devices.ChangeAsync(DeviceChange.From(change, new DeviceKey(App.Id, id, null, null), Providers, Time));

    public Task<DeviceRow> PutAsync(long id, ReplaceDevice change) =>
        Devices.ChangeAsync(DeviceChange.From(change, new DeviceKey(App.Id, id, null, null), Providers, Time));

    public DeviceRow? Find(string token)
    {
        using var session = Database.Read();
        return DeviceStore.Find(session, App.Id, "test", token);
    }

    public DeviceRow? Find(long id)
    {
        using var session = Database.Read();
        return DeviceStore.Find(session, id);
    }

    /// <summary>A notification is accepted; answers its id.</summary>
    public Task<long> AcceptAsync() => Writer.WriteAsync(WriteLane.Caller, session =>
        NotificationStore.Insert(session, new NotificationRow { App = App.Id, State = NotificationState.Sending, Message = "{}", Audience = "{}" }));

    /// <summary>Does to a device what the engine does on a gateway's verdict.</summary>
    public Task DeactivateAsync(long id, string reason) => Writer.WriteAsync(WriteLane.Engine, session =>
    {
        var row = DeviceStore.Find(session, id)!;
        row.Deactivate(reason, Now);
        DeviceStore.Update(session, row, row.Tags);
        return row;
    });

    /// <summary>The devices that a filter selects, by id.</summary>
    /// <exception cref="RequestException">The filter is at fault.</exception>
    public List<DeviceRow> Select(DeviceFilter filter, string orderBy = "id", int take = 1000, int skip = 0)
    {
        var validation = new Validation();
        var where = DeviceSelection.From(filter, App.Id, Providers, validation);
        validation.ThrowIfAny();
        using var session = Database.Read();
        return DeviceStore.Page(session, where, orderBy, take, skip);
    }

    public long Number(string sql, params object?[] values)
    {
        using var session = Database.Read();
        return session.Number(sql, values) ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Providers.DisposeAsync();
        Database.Dispose();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
