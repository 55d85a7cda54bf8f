using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.Fuzz;

/// <summary>Throws bad requests at a real host over loopback, for so many minutes: first each of <see cref="HostileRequests"/> against the clock, then what
/// <see cref="FuzzGenerator"/> makes up. Fails on the first 500, on an error without a code, on silence, and on memory that grows. The seed makes the same
/// requests again.</summary>
internal static class FuzzProgram
{
    private const int Workers = 4;
    private const int Repeats = 7;
    private const double MostMilliseconds = 100;

    // Far longer than any answer takes; a host that needs it hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(double minutes, string[] args)
    {
        var seed = args.Number("--seed", Environment.ProcessId);
        var folder = Directory.CreateTempSubdirectory("pushhost-fuzz-").FullName;
        try
        {
            Console.WriteLine($"{Machine.Describe()}; seed {seed}, {minutes.ToString(CultureInfo.InvariantCulture)} minutes");
            await using var host = await HostProcess.StartAsync(folder);
            await using (var connection = await RawConnection.OpenAsync(host.Address))
            {
                for (var i = 0; i < 100; i++)
                    await connection.SendAsync(HttpText.Of("a device", "POST", "/devices", $$"""{"provider":"apns","registrationId":"{{BenchmarkDevices.Token(i)}}"}""").Bytes, CancellationToken.None);
            }
            var held = await HostileAsync(host);
            return await FuzzAsync(host, seed, minutes) && held ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> HostileAsync(HostProcess host)
    {
        // Once unmeasured: code that was just compiled is slow.
        foreach (var request in HostileRequests.All)
            await AskAsync(host, request);
        var before = host.Host.Memory >> 20;
        var held = true;
        foreach (var request in HostileRequests.All)
        {
            var times = new List<double>();
            var cpu = host.Host.CpuSeconds;
            RawAnswer? answer = null;
            for (var i = 0; i < Repeats; i++)
            {
                var started = Stopwatch.GetTimestamp();
                answer = await AskAsync(host, request);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            var median = times.Order().ElementAt(Repeats / 2);
            var code = answer is null ? "no answer" : Expectation.ErrorCode(answer);
            var good = answer?.Status is 400 or 413 or 415 && code is not null && median <= MostMilliseconds;
            held &= good;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.About,-52} {answer?.Status,4} {code,-22} {median,7:0.0} ms, CPU {(host.Host.CpuSeconds - cpu) / Repeats * 1000,7:0.0} ms{(good ? "" : "  NOT HELD")}"));
        }
        Console.WriteLine($"memory before {before} MB, after {host.Host.Memory >> 20} MB");
        return held;
    }

    private static async Task<RawAnswer?> AskAsync(HostProcess host, HttpText request)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var connection = await RawConnection.OpenAsync(host.Address);
        try
        {
            return await connection.SendAsync(request.Bytes, patience.Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<bool> FuzzAsync(HostProcess host, int seed, double minutes)
    {
        var until = Stopwatch.GetTimestamp() + (long)(minutes * 60 * Stopwatch.Frequency);
        var statuses = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var watch = new MemoryWatch(host.Host);
        var workers = Enumerable.Range(0, Workers).Select(async worker =>
        {
            var fault = await WorkAsync(host, new FuzzGenerator(new Random(seed + worker)), () => Stopwatch.GetTimestamp() < until && !stop.IsCancellationRequested, statuses);
            if (fault is not null)
                await stop.CancelAsync();
            return fault;
        }).ToList();
        var all = Task.WhenAll(workers);
        while (!all.IsCompleted)
        {
            watch.Sample();
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        }
        var faults = (await all).OfType<string>().ToList();
        foreach (var fault in faults)
            Console.WriteLine($"FAILED (seed {seed}): {fault}");
        var (before, after) = watch.Compare();
        Console.WriteLine($"{statuses.Values.Sum()} requests: {string.Join(", ", statuses.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} × {pair.Key}"))}");
        Console.WriteLine($"memory in the second quarter {before} MB, in the last {after} MB{(watch.Grew() ? ": IT GROWS" : "")}");
        return faults.Count == 0 && !watch.Grew();
    }

    private static async Task<string?> WorkAsync(HostProcess host, FuzzGenerator generator, Func<bool> goesOn, ConcurrentDictionary<string, int> statuses)
    {
        RawConnection? connection = null;
        try
        {
            for (var index = 0; goesOn(); index++)
            {
                var request = generator.Next();
                using var patience = new CancellationTokenSource(Patience);
                try
                {
                    connection ??= await RawConnection.OpenAsync(host.Address);
                    var answer = await connection.SendAsync(request.Bytes, patience.Token, endsSending: request.BreaksFraming);
                    statuses.AddOrUpdate($"{answer.Status} {Expectation.ErrorCode(answer)}".TrimEnd(), 1, (_, count) => count + 1);
                    if (Expectation.Fault(request, answer) is { } fault)
                        return $"request {index} {fault}\n{request}";
                    if (!answer.Closes && !request.BreaksFraming)
                        continue;
                }
                // What isn't HTTP may be answered by closing, and a body that is refused early by closing while it is still being sent.
                catch (Exception error) when (error is IOException or FormatException && !host.Host.HasExited && (request.BreaksFraming || request.Bytes.Length > 100_000))
                {
                    statuses.AddOrUpdate("closed", 1, (_, count) => count + 1);
                }
                catch (Exception error) when (error is IOException or FormatException or OperationCanceledException or System.Net.Sockets.SocketException)
                {
                    return $"request {index}: {(host.Host.HasExited ? "the host died" : error.Message)}\n{request}";
                }
                await connection!.DisposeAsync();
                connection = null;
            }
            return null;
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }
}
