using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Lanes;

/// <summary>How long a message to one device takes from its POST to the gateway: on an idle host, and with a send to many devices under way, whose gateway
/// answers at once so that it takes all the processor there is.</summary>
internal static class LanesBenchmark
{
    private const int IdleMessages = 500;
    private const int MostMessages = 5000;
    private const double LimitMilliseconds = 250;

    // Open loop: a message is due at its time, whether the ones before it were answered or not.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var devices = args.Number("--devices", 200_000);
        var folder = Directory.CreateTempSubdirectory("pushhost-benchmark-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var simulator = await SimulatorChild.StartAsync(folder, tally: true);
            await using var host = await HostChild.StartAsync(folder, simulator.ApnsPort);
            await host.ImportAsync(BenchmarkDevices.Tokens(devices));
            await host.CompletedAsync(await host.SendToAllAsync());
            await MeasureAsync(host, simulator, "b0", () => false, IdleMessages);

            var idle = await MeasureAsync(host, simulator, "b1", () => false, IdleMessages);
            var bulk = await host.SendToAllAsync();
            var completion = host.CompletedAsync(bulk);
            var busy = await MeasureAsync(host, simulator, "b2", () => completion.IsCompleted, MostMessages);
            var counts = await completion;

            Print("idle host", idle);
            Print($"with a send to {devices}", busy);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"99th percentile: {At(busy, 0.99):0.0} ms, limit {LimitMilliseconds:0} ms; {At(busy, 0.99) / At(idle, 0.99):0.0} times idle; bulk accepted {counts.GetProperty("accepted")}"));
            return At(busy, 0.99) < LimitMilliseconds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The devices of a measurement are made when it begins: a send to all that was accepted before does not reach them.
    private static async Task<List<double>> MeasureAsync(HostChild host, SimulatorChild simulator, string prefix, Func<bool> isOver, int most)
    {
        var tokens = BenchmarkDevices.Tokens(most, prefix).ToList();
        await host.ImportAsync(tokens);
        var sent = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var answers = new List<Task>();
        var begin = TimeProvider.System.GetTimestamp();
        foreach (var token in tokens)
        {
            var wait = (Every * answers.Count) - TimeProvider.System.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System);
            if (isOver())
                break;
            sent.Add(token, TimeProvider.System.GetUtcNow());
            answers.Add(PostAsync(host.Client, token));
        }
        await Task.WhenAll(answers);
        Dictionary<string, DateTimeOffset> arrivals;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            arrivals = await simulator.ArrivalsAsync();
        }
        while (!sent.Keys.All(arrivals.ContainsKey));
        return [.. sent.Select(one => (arrivals[one.Key] - one.Value).TotalMilliseconds).Order()];
    }

    private static async Task PostAsync(HttpClient client, string token)
    {
        using var answer = await client.PostAsJsonAsync("/notifications", new
        {
            to = new { registrationIds = new[] { new { provider = "apns", registrationId = token } } },
            message = new { body = "Your code is 123456" },
        });
        answer.EnsureSuccessStatusCode();
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)];

    private static void Print(string name, List<double> sorted) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-26} {sorted.Count,5} messages  median {At(sorted, 0.5),6:0.0} ms  90% {At(sorted, 0.9),6:0.0} ms  99% {At(sorted, 0.99),6:0.0} ms  most {sorted[^1],6:0.0} ms"));
}
