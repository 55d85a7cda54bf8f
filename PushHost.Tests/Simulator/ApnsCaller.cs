using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>A real HTTP/2 client for the simulated APNs: one handler, and unless told otherwise one connection.</summary>
internal sealed class ApnsCaller : IDisposable
{
    public const string Alert = """{"aps":{"alert":"Hi"}}""";

    private readonly GatewaySimulator _simulator;
    private readonly HttpMessageInvoker _invoker;
    private readonly string _jwt;

    public ApnsCaller(GatewaySimulator simulator, TimeProvider? time = null, X509Certificate2? certificate = null)
    {
        _simulator = simulator;
        _invoker = new HttpMessageInvoker(NewHandler(simulator, certificate));
        _jwt = certificate is null ? ProviderToken(simulator, (time ?? TimeProvider.System).GetUtcNow()) : "";
    }

    public static SocketsHttpHandler NewHandler(GatewaySimulator simulator, X509Certificate2? certificate = null)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(simulator.CertificatePem));
        var ssl = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (certificate is not null)
        {
            ssl.ClientCertificates = [certificate];
            ssl.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        return new SocketsHttpHandler { SslOptions = ssl, AllowAutoRedirect = false };
    }

    public static string ProviderToken(GatewaySimulator simulator, DateTimeOffset issuedAt, string? keyId = null, string? teamId = null)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(simulator.Credentials.ApnsKeyPem);
        var header = Encode(new { alg = "ES256", kid = keyId ?? simulator.Credentials.ApnsKeyId });
        var claims = Encode(new { iss = teamId ?? simulator.Credentials.ApnsTeamId, iat = issuedAt.ToUnixTimeSeconds() });
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    public HttpRequestMessage NewRequest(string token, string payload = Alert, string pushType = "alert")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"https://localhost:{_simulator.ApnsPort}/3/device/{token}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload)),
        };
        if (_jwt.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("bearer", _jwt);
        request.Headers.TryAddWithoutValidation("apns-topic", _simulator.Credentials.ApnsBundleId);
        request.Headers.TryAddWithoutValidation("apns-push-type", pushType);
        return request;
    }

    public async Task<ApnsReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using var response = await _invoker.SendAsync(request, cancellationToken);
        return new ApnsReply(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers);
    }

    public Task<ApnsReply> PushAsync(string token, CancellationToken cancellationToken = default) =>
        SendAsync(NewRequest(token), cancellationToken);

    public void Dispose() => _invoker.Dispose();

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}

internal sealed record ApnsReply(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)
{
    public string? Reason => Body.Length == 0 ? null : JsonDocument.Parse(Body).RootElement.GetProperty("reason").GetString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}
