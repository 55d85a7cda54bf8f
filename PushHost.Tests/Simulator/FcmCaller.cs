using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>A real client for the simulated FCM: token endpoint, v1 and legacy.</summary>
internal sealed class FcmCaller(GatewaySimulator simulator) : IDisposable
{
    private readonly HttpClient _client = new(ApnsCaller.NewHandler(simulator))
    {
        BaseAddress = new Uri($"https://localhost:{simulator.FcmPort}"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public static async Task<FcmCaller> AuthorizedAsync(GatewaySimulator simulator, TimeProvider? time = null)
    {
        var caller = new FcmCaller(simulator);
        var reply = await caller.ExchangeAsync(caller.Assertion((time ?? TimeProvider.System).GetUtcNow()));
        caller._client.DefaultRequestHeaders.Authorization = new("Bearer", (string)reply.Body!["access_token"]!);
        return caller;
    }

    public string Assertion(DateTimeOffset now, Action<JsonObject>? change = null, RSA? signer = null, string algorithm = "RS256")
    {
        var claims = new JsonObject
        {
            ["iss"] = simulator.Credentials.ServiceAccountEmail,
            ["scope"] = "https://www.googleapis.com/auth/firebase.messaging",
            ["aud"] = simulator.Credentials.TokenUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 3600,
        };
        change?.Invoke(claims);
        using var key = RSA.Create();
        key.ImportFromPem(JsonNode.Parse(simulator.Credentials.ServiceAccountJson)!["private_key"]!.GetValue<string>());
        var text = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""") + "." + Encode(claims.ToJsonString());
        var signature = (signer ?? key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return text + "." + Base64Url.EncodeToString(signature);
    }

    public async Task<FcmReply> ExchangeAsync(string assertion, string grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer")
    {
        using var form = new FormUrlEncodedContent([new("grant_type", grantType), new("assertion", assertion)]);
        return await ReplyAsync(await _client.PostAsync("/token", form));
    }

    public Task<FcmReply> SendToAsync(string token) => SendAsync($$"""{"message":{"data":{"a":"b"},"token":"{{token}}" } }""");

    public async Task<FcmReply> SendAsync(string body, string project = "pushhost-simulator")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await ReplyAsync(await _client.PostAsync($"/v1/projects/{project}/messages:send", content));
    }

    public async Task<FcmReply> SendLegacyAsync(object body, string path = "/gcm/send", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "key=" + (key ?? simulator.Credentials.LegacyApiKey));
        return await ReplyAsync(await _client.SendAsync(request));
    }

    public void Dispose() => _client.Dispose();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static async Task<FcmReply> ReplyAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            JsonNode? json = null;
            try
            {
                json = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // Some faults are no JSON on purpose.
            }
            return new FcmReply((int)response.StatusCode, text, json, response.Headers.RetryAfter?.Delta);
        }
    }
}

internal sealed record FcmReply(int Status, string Text, JsonNode? Body, TimeSpan? RetryAfter)
{
    public string? RpcStatus => (string?)Body?["error"]?["status"];

    public string? ErrorCode => (string?)Details("FcmError")?["errorCode"];

    public string? ViolatedField => (string?)Details("BadRequest")?["fieldViolations"]?[0]?["field"];

    private JsonNode? Details(string type) => Body?["error"]?["details"]?.AsArray()
        .FirstOrDefault(detail => ((string?)detail?["@type"])?.EndsWith("." + type, StringComparison.Ordinal) == true);
}
