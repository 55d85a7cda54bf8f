using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Demo;

/// <summary>The demo's callers: plain REST and JSON, as a phone or a back end in any language would speak.</summary>
internal sealed class DemoClient : IDisposable
{
    private const int Callers = 32;
    private const int Page = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    private readonly HttpClient _http;

    public DemoClient(Uri host, string key)
    {
        _http = new HttpClient { BaseAddress = host, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Registers the plan's first devices, each with a request of its own.</summary>
    public async Task RegisterAsync(DemoPlan plan, Action<long> step, CancellationToken cancellationToken)
    {
        var registered = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plan.Single, options, async (index, cancellation) =>
        {
            var device = plan.At(index);
            using var answer = await _http.PostAsJsonAsync("/devices", new { device.Provider, device.RegistrationId, UserId = $"user-{index}" }, Json, cancellation);
            await ExpectAsync(answer, HttpStatusCode.Created, cancellation);
            step(Interlocked.Increment(ref registered));
        });
    }

    /// <summary>Streams the rest of the plan's devices in one request.</summary>
    public async Task ImportAsync(DemoPlan plan, Action<long> step, CancellationToken cancellationToken)
    {
        using var lines = new DeviceLines(plan, step);
        using var answer = await _http.PostAsync("/devices/import", lines, cancellationToken);
        await ExpectAsync(answer, HttpStatusCode.OK, cancellationToken);
        var report = (await answer.Content.ReadFromJsonAsync<ImportReport>(Json, cancellationToken))!;
        if (report.Created != plan.Imported)
            throw new HttpRequestException($"the import made {report.Created} of {plan.Imported} devices: {report.Errors.FirstOrDefault()?.Message}");
    }

    /// <returns>The notification's id.</returns>
    public async Task<long> SendToAllAsync(CancellationToken cancellationToken)
    {
        var request = new { To = new { All = true }, Message = new { Title = "PushHost", Body = "Hello from the demo", Data = new { Demo = true } } };
        using var answer = await _http.PostAsJsonAsync("/notifications", request, Json, cancellationToken);
        await ExpectAsync(answer, HttpStatusCode.Accepted, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<Notification>(Json, cancellationToken))!.Id;
    }

    public Task<Notification> NotificationAsync(long id, CancellationToken cancellationToken) => GetAsync<Notification>($"/notifications/{id}", cancellationToken);

    /// <summary>How many devices there are.</summary>
    /// <param name="filter">Which to count, such as <c>state=inactive&amp;</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<long> DevicesAsync(string filter, CancellationToken cancellationToken) =>
        (await GetAsync<QueryResponse<Device>>($"/devices?{filter}take=1&include=total", cancellationToken)).Total ?? 0;

    /// <summary>Reads what became of every recipient, page by page.</summary>
    public async Task<DemoTally> TallyAsync(long notification, CancellationToken cancellationToken)
    {
        var tally = new DemoTally();
        var after = 0L;
        while (true)
        {
            var page = await GetAsync<QueryResponse<Delivery>>($"/notifications/{notification}/deliveries?take={Page}&after={after}", cancellationToken);
            foreach (var delivery in page.Results)
                tally.Add(delivery);
            if (page.Results.Count < Page)
                return tally;
            after = page.Results[^1].Device;
        }
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(path, cancellationToken);
        await ExpectAsync(answer, HttpStatusCode.OK, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
    }

    private static async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        if (answer.StatusCode != expected)
            throw new HttpRequestException(
                $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
