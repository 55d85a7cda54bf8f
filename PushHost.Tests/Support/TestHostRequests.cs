using System.Text;
using System.Text.Json;
using PushHost.ServiceModel;
using PushHost.Tests.Wire;
using PushHost.Wire;

namespace PushHost.Tests.Support;

/// <summary>What callers ask of a <see cref="TestHost"/>, over HTTP.</summary>
internal static class TestHostRequests
{
    private static readonly JsonSerializerOptions Json = new WireJson().ReadOptions;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static int _tokens;

    /// <summary>A token that no other device has, in its canonical form.</summary>
    public static string NewToken(string provider)
    {
        var number = Interlocked.Increment(ref _tokens);
        return provider == "apns" ? $"a9{number:x62}" : $"fcm-token-{number}:APA91b";
    }

    public static async Task<Answer> CallAsync(
        this TestHost host, string method, string path, object? body = null, string? key = TestHost.AdminKey, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await host.Client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), all);
    }

    public static Task<Answer> GetAsync(this TestHost host, string path, string? key = TestHost.AdminKey) => host.CallAsync("GET", path, null, key);

    public static Task<Answer> PostAsync(this TestHost host, string path, object body, string? key = TestHost.AdminKey) => host.CallAsync("POST", path, body, key);

    /// <summary>The answer's body; fails with what it says where it is an error.</summary>
    public static T As<T>(this Answer answer) => (int)answer.Status < 300
        ? JsonSerializer.Deserialize<T>(answer.Body, Json)!
        : throw new InvalidOperationException($"{(int)answer.Status} {answer.Body}");

    /// <summary>Registers a device; <paramref name="members"/> adds to provider and token.</summary>
    public static async Task<Device> RegisterAsync(this TestHost host, string provider, string? token = null, object? members = null)
    {
        var body = new Dictionary<string, object?> { ["provider"] = provider, ["registrationId"] = token ?? NewToken(provider) };
        foreach (var member in JsonSerializer.SerializeToElement(members ?? new { }).EnumerateObject())
            body[member.Name] = member.Value;
        return (await host.PostAsync("/devices", body)).As<Device>();
    }

    /// <summary>Registers many devices at once, by import.</summary>
    public static async Task<List<Device>> RegisterManyAsync(this TestHost host, string provider, int count)
    {
        var lines = string.Concat(Enumerable.Range(0, count).Select(_ =>
            JsonSerializer.Serialize(new { provider, registrationId = NewToken(provider) }) + "\n"));
        await host.ImportAsync(lines);
        var devices = new List<Device>();
        for (var after = 0L; ; after = devices[^1].Id)
        {
            var page = (await host.GetAsync($"/devices?provider={provider}&take=1000&after={after}&orderBy=id")).As<QueryResponse<Device>>().Results;
            if (page.Count == 0)
                return devices;
            devices.AddRange(page);
        }
    }

    /// <summary>Imports lines of JSON.</summary>
    public static async Task ImportAsync(this TestHost host, string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/devices/import") { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Authorization = new("Bearer", TestHost.AdminKey);
        using var response = await host.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public static async Task<Device> DeviceAsync(this TestHost host, long id) => (await host.GetAsync($"/devices/{id}")).As<Device>();

    /// <summary>Sends, and answers what was accepted.</summary>
    public static async Task<Notification> SendAsync(this TestHost host, object request) => (await host.PostAsync("/notifications", request)).As<Notification>();

    /// <summary>Sends a text to devices, and answers what was accepted.</summary>
    public static Task<Notification> SendAsync(this TestHost host, string body, params Device[] devices) =>
        host.SendAsync(new { to = new { ids = devices.Select(device => device.Id) }, message = new { body } });

    public static async Task<Notification> NotificationAsync(this TestHost host, long id) => (await host.GetAsync($"/notifications/{id}")).As<Notification>();

    /// <summary>Waits until a notification is complete.</summary>
    public static Task<Notification> CompletedAsync(this TestHost host, Notification sent) =>
        Until(() => host.NotificationAsync(sent.Id), notification => notification.State == NotificationState.Completed);

    public static async Task<List<ServiceModel.Delivery>> DeliveriesAsync(this TestHost host, Notification sent, string query = "take=1000") =>
        (await host.GetAsync($"/notifications/{sent.Id}/deliveries?{query}")).As<QueryResponse<ServiceModel.Delivery>>().Results;

    public static async Task<ServiceModel.Delivery> DeliveryAsync(this TestHost host, Notification sent) => (await host.DeliveriesAsync(sent)).Single();

    /// <summary>Waits until a notification's one recipient was tried so often and waits for its next attempt, its claim ended.</summary>
    public static async Task<ServiceModel.Delivery> RetryingAsync(this TestHost host, Notification sent, int attempts)
    {
        var delivery = await Until(() => host.DeliveryAsync(sent), delivery => delivery.Outcome == DeliveryOutcome.Pending && delivery.Attempts == attempts);
        await host.ReleasedAsync(sent);
        return delivery;
    }

    /// <summary>Asks until the answer is right, or fails with the last one.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> isRight)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isRight(answer))
                return answer;
            if (TimeProvider.System.GetElapsedTime(started) > TestHost.Deadline)
                throw new TimeoutException($"still {JsonSerializer.Serialize(answer)}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
