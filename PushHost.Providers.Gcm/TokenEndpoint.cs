using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using PushHost.Providers.Http2;

namespace PushHost.Providers.Gcm;

/// <summary>What the token endpoint said.</summary>
/// <param name="Token">The access token; null when there is none.</param>
/// <param name="Lifetime">For how long it holds.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="Rejected">Google knows the account and will not have it, rather than being out of reach.</param>
/// <param name="RetryAt">What Retry-After says; null without it.</param>
internal sealed record TokenAnswer(string? Token, TimeSpan Lifetime, string Reason, bool Rejected = false, DateTimeOffset? RetryAt = null);

/// <summary>Asks Google for access tokens with assertions signed by the service account
/// (Google, "Using OAuth 2.0 for Server to Server Applications"). One call at a time.</summary>
internal sealed class TokenEndpoint(ServiceAccount account, HttpMessageInvoker http, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024 - 1;
    private const int MaxTokenLength = 16 * 1024;
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    private readonly RSA _key = account.ImportKey();

    /// <summary>Asks for a token. Never throws for what the endpoint or the network does.</summary>
    public async Task<TokenAnswer> AskAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = Request();
            using var response = await http.SendAsync(request, either.Token);
            var answer = await GatewayAnswer.ReadAsync(response, MaxAnswerBytes, either.Token);
            return Read(response, answer.Body);
        }
        catch (OperationCanceledException)
        {
            return Nothing(cancellationToken.IsCancellationRequested ? "stopping" : $"no answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Nothing(error.InnerException?.Message ?? error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        http.Dispose();
    }

    private HttpRequestMessage Request() => new(HttpMethod.Post, account.TokenUri)
    {
        Content = new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            new("assertion", ServiceAccountAssertion.Sign(account, _key, time.GetUtcNow())),
        ]),
    };

    private TokenAnswer Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                if (response.StatusCode == HttpStatusCode.OK)
                    return ReadToken(root);
                if (IsRefusal(response.StatusCode) && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
                    return new TokenAnswer(null, default, $"token endpoint: {error.GetString()}", Rejected: true);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, so not the endpoint's own word: the status says what can be said.
        }
        return Nothing($"HTTP {(int)response.StatusCode} without an access token", RetryAfter.Read(response.Headers, time));
    }

    private static TokenAnswer ReadToken(JsonElement root)
    {
        if (!root.TryGetProperty("access_token", out var member) || member.ValueKind != JsonValueKind.String)
            return Nothing("HTTP 200 without an access token");
        var token = member.GetString()!;
        // It goes into a header.
        if (token.Length is 0 or > MaxTokenLength || token.Any(character => character is <= ' ' or > '~'))
            return Nothing("an access token that is none");
        var lifetime = ReadLifetime(root);
        return lifetime <= TimeSpan.Zero ? Nothing("an access token that has expired already") : new TokenAnswer(token, lifetime, "");
    }

    // Some endpoints write the number as a string. Nothing longer than Google's hour is believed.
    private static TimeSpan ReadLifetime(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in", out var member))
            return UsualLifetime;
        var read = member.ValueKind switch
        {
            JsonValueKind.Number => member.GetDouble(),
            JsonValueKind.String when double.TryParse(member.GetString(), CultureInfo.InvariantCulture, out var seconds) => seconds,
            _ => double.NaN,
        };
        return double.IsNaN(read) ? UsualLifetime : TimeSpan.FromSeconds(Math.Clamp(read, 0, UsualLifetime.TotalSeconds));
    }

    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private static TokenAnswer Nothing(string reason, DateTimeOffset? retryAt = null) =>
        new(null, default, $"token endpoint: {reason}", RetryAt: retryAt);
}
