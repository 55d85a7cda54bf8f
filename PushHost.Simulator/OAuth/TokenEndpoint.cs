using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PushHost.Simulator.Hosting;

namespace PushHost.Simulator.OAuth;

/// <summary><c>POST /token</c>: exchanges a service account's assertion for an access token.</summary>
internal sealed class TokenEndpoint(AssertionRules rules, AccessTokens tokens, TimeProvider time)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <returns>What the endpoint did.</returns>
    public async Task<Outcome> HandleAsync(HttpContext context, byte[] body)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return await RefuseAsync(context, 405, "invalid_request", "Only POST is allowed.");
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return await RefuseAsync(context, 400, "invalid_request", "The body must be application/x-www-form-urlencoded.");

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        if (form.GetValueOrDefault("grant_type") != GrantType)
            return await RefuseAsync(context, 400, "unsupported_grant_type", "Invalid grant_type: " + form.GetValueOrDefault("grant_type"));
        if ((string?)form.GetValueOrDefault("assertion") is not { Length: > 0 } assertion)
            return await RefuseAsync(context, 400, "invalid_request", "The assertion is missing.");
        if (rules.Check(assertion, time.GetUtcNow()) is { } fault)
            return await RefuseAsync(context, 400, "invalid_grant", fault);

        var answer = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["access_token"] = tokens.Issue(),
            ["expires_in"] = (long)tokens.Lifetime.TotalSeconds,
            ["token_type"] = "Bearer",
        });
        await Exchange.WriteAsync(context, 200, answer);
        return new Outcome(200, "token");
    }

    private static async Task<Outcome> RefuseAsync(HttpContext context, int status, string error, string description)
    {
        var answer = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["error"] = error,
            ["error_description"] = description,
        });
        await Exchange.WriteAsync(context, status, answer);
        return new Outcome(status, error);
    }
}
