using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PushHost.Benchmarks.Support;

namespace PushHost.Benchmarks.EndToEnd;

/// <summary>The physical limit to compare with: a bare <see cref="HttpMessageInvoker"/> that posts the same payload to the same gateway, 1,000 in flight,
/// and keeps nothing. A process of its own; prints one line of JSON for each round, the last of which counts.</summary>
internal static class ReferenceLoop
{
    private const int InFlight = 1000;

    public static async Task<int> RunAsync(string folder, int port, int messages)
    {
        using var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            // The gateway is the simulator of this run, on loopback, with a certificate it made itself.
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "simulator.pem")) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        var authorization = "bearer " + ProviderToken(await File.ReadAllTextAsync(Path.Combine(folder, "AuthKey.p8")));
        var payload = Encoding.UTF8.GetBytes("""{"aps":{"alert":{"title":"Hello","body":"You've got mail"},"sound":"default"}}""");
        await PostAsync(invoker, port, authorization, payload, 0);
        for (var round = 0; round <= EndToEndBenchmark.WarmUps; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            await LoopAsync(invoker, port, authorization, payload, messages);
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(JsonSerializer.Serialize(new Measured(
                Stopwatch.GetElapsedTime(started).TotalSeconds, (self.TotalProcessorTime - cpu).TotalSeconds, self.PeakWorkingSet64)));
        }
        return 0;
    }

    private static async Task LoopAsync(HttpMessageInvoker invoker, int port, string authorization, byte[] payload, int messages)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index <= messages)
                await PostAsync(invoker, port, authorization, payload, index);
        }));
    }

    private static async Task PostAsync(HttpMessageInvoker invoker, int port, string authorization, byte[] payload, int index)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://localhost:{port}/3/device/{BenchmarkDevices.Token(index)}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(payload),
        };
        request.Headers.TryAddWithoutValidation("authorization", authorization);
        request.Headers.TryAddWithoutValidation("apns-topic", "com.example.pushhost");
        request.Headers.TryAddWithoutValidation("apns-push-type", "alert");
        request.Headers.TryAddWithoutValidation("apns-priority", "10");
        request.Headers.TryAddWithoutValidation("apns-id", Guid.NewGuid().ToString());
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"the simulator answered {(int)response.StatusCode}");
    }

    private static string ProviderToken(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var issued = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Base64("""{"alg":"ES256","kid":"SIMKEY0001"}""") + "." + Base64($$"""{"iss":"SIMTEAM001","iat":{{issued}}}""");
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return signed + "." + System.Buffers.Text.Base64Url.EncodeToString(signature);
    }

    private static string Base64(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

/// <summary>What one round cost.</summary>
internal sealed record Measured(double Seconds, double CpuSeconds, long PeakBytes);
