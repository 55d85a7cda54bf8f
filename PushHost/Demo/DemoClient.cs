using PushHost.Client;
using PushHost.Commands;
using PushHost.ServiceModel;

namespace PushHost.Demo;

/// <summary>The demo's callers: phones that register, and a back end that imports, sends and reads what became of it.</summary>
internal sealed class DemoClient : IDisposable
{
    private const int Callers = 32;
    private const int StepLines = 1000;

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly PushHostClient _client;

    public DemoClient(Uri host, string key) => _client = new PushHostClient(_http, host, key);

    public void Dispose() => _http.Dispose();

    /// <summary>Registers the plan's first devices, each with a request of its own.</summary>
    public async Task RegisterAsync(DemoPlan plan, Action<long> step, CancellationToken cancellationToken)
    {
        var registered = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plan.Single, options, async (index, cancellation) =>
        {
            await _client.SendAsync(Registration(plan, index), cancellation);
            step(Interlocked.Increment(ref registered));
        });
    }

    /// <summary>Streams the rest of the plan's devices in one request.</summary>
    public async Task ImportAsync(DemoPlan plan, Action<long> step, CancellationToken cancellationToken)
    {
        var report = await _client.ImportAsync(Rest(), cancellationToken: cancellationToken);
        if (report.Created != plan.Imported)
            throw new CommandException($"the import made {report.Created} of {plan.Imported} devices: {report.Errors.FirstOrDefault()?.Message}");

        IEnumerable<RegisterDevice> Rest()
        {
            for (var index = plan.Single; index < plan.Devices; index++)
            {
                yield return Registration(plan, index);
                var sent = index - plan.Single + 1;
                if (sent % StepLines == 0 || sent == plan.Imported)
                    step(sent);
            }
        }
    }

    /// <returns>The notification's id.</returns>
    public async Task<long> SendToAllAsync(CancellationToken cancellationToken)
    {
        var sent = await _client.SendAsync(
            new SendNotification
            {
                To = new Audience { All = true },
                Message = new Message { Title = "PushHost", Body = "Hello from the demo", Data = new() { ["demo"] = true } },
            },
            cancellationToken);
        return sent.Id;
    }

    public Task<Notification> NotificationAsync(long id, CancellationToken cancellationToken) => _client.SendAsync(new GetNotification { Id = id }, cancellationToken);

    /// <summary>How many devices there are.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<long> DevicesAsync(DeviceState? state, CancellationToken cancellationToken) =>
        (await _client.SendAsync(new QueryDevices { State = state, Take = 1, Include = "total" }, cancellationToken)).Total ?? 0;

    /// <summary>Reads what became of every recipient.</summary>
    public async Task<DemoTally> TallyAsync(long notification, CancellationToken cancellationToken)
    {
        var tally = new DemoTally();
        await foreach (var delivery in _client.ListAsync(new QueryDeliveries { NotificationId = notification }, cancellationToken))
            tally.Add(delivery);
        return tally;
    }

    private static RegisterDevice Registration(DemoPlan plan, int index)
    {
        var device = plan.At(index);
        return new RegisterDevice { Provider = device.Provider, RegistrationId = device.RegistrationId, UserId = $"user-{index}" };
    }
}
