using System.Text.Json;

namespace PushHost.Tests.Chaos.Parts;

/// <summary>A back end that sends to one device at a time and repeats each call under its key until it is answered, whatever becomes of the hosts.</summary>
internal sealed class SingleSends(IReadOnlyList<HostUnderTest> hosts, IReadOnlyList<string> tokens)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The notification that each token was told it got.</summary>
    public Dictionary<string, long> Acknowledged { get; } = [];

    /// <summary>How often a call was repeated.</summary>
    public int Repeats { get; private set; }

    /// <summary>The longest that an answer of 202 took.</summary>
    public TimeSpan Slowest { get; private set; }

    public async Task RunAsync(CancellationToken end)
    {
        foreach (var token in tokens)
        {
            if (end.IsCancellationRequested)
                return;
            Acknowledged.Add(token, await SendAsync(token));
            await Task.Delay(Pause, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<long> SendAsync(string token)
    {
        for (var turn = 0; ; turn++)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var answer = await hosts[turn % hosts.Count].TryAsync(HttpMethod.Post, "/notifications", new
            {
                to = new { registrationIds = new[] { new { provider = "apns", registrationId = token } } },
                message = new { body = "For you alone" },
                idempotencyKey = "single-" + token,
            });
            if (answer is { Status: System.Net.HttpStatusCode.Accepted or System.Net.HttpStatusCode.OK })
            {
                var took = TimeProvider.System.GetElapsedTime(asked);
                Slowest = took > Slowest ? took : Slowest;
                return answer.Value.Body.GetProperty("id").GetInt64();
            }
            if (answer is { } refused && refused.Status != System.Net.HttpStatusCode.ServiceUnavailable)
                throw new InvalidOperationException($"A single send was answered {(int)refused.Status} {refused.Body}");
            Repeats++;
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
