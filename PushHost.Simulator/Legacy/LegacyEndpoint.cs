using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PushHost.Simulator.Hosting;

namespace PushHost.Simulator.Legacy;

/// <summary><c>POST /gcm/send</c> and <c>/fcm/send</c>: many recipients in a request, a result for each in its place
/// ("Firebase Cloud Messaging HTTP protocol", the legacy reference).</summary>
internal sealed class LegacyEndpoint(FcmGateway gateway, string authorization)
{
    private const string GatewayName = "gcm";

    public async Task HandleAsync(HttpContext context, byte[] body)
    {
        var (status, refusal, message) = Check(context.Request, body);
        var fault = refusal is null ? gateway.Faults.Next(token: null) : null;
        if (!FcmGateway.Claim(context, fault))
            return;
        gateway.CountRequest();
        if (refusal is not null)
        {
            var reason = status == 401 ? "Unauthorized" : "InvalidParameters";
            gateway.Record(context, GatewayName, "", body, new Outcome(status, reason));
            await Exchange.WriteAsync(context, status, Encoding.UTF8.GetBytes(refusal), "text/plain; charset=UTF-8");
            return;
        }

        var recipients = Decide(message!, ref fault);
        var delay = Exchange.DelayAsync(context, fault, gateway.Options.Time);
        foreach (var recipient in recipients)
            Record(context, body, message!, recipient, fault);
        if (!await delay)
            return;
        if (fault is not null && !fault.Accepts)
        {
            await Exchange.CarryOutAsync(context, fault);
            return;
        }
        await Exchange.WriteAsync(context, 200, message!.IsTopic ? TopicAnswer() : Answer(recipients));
    }

    private (int Status, string? Refusal, LegacyMessage? Message) Check(HttpRequest request, byte[] body)
    {
        if (!HttpMethods.IsPost(request.Method))
            return (405, "Only POST is allowed.", null);
        if (request.Headers.Authorization != authorization)
            return (401, "The request's Authorization (key=...) is missing or not valid.", null);
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return (400, "The Content-Type must be application/json.", null);
        var (message, fault) = LegacyMessage.Read(body);
        return fault is null ? (200, null, message) : (400, fault, null);
    }

    /// <summary>Finds each recipient's result. A recipient's fault that is no result becomes the whole request's.</summary>
    private List<Recipient> Decide(LegacyMessage message, ref Fault? wholeRequest)
    {
        if (message.Tokens.Count == 0)
            return [new Recipient("", "MissingRegistration", null)];
        var recipients = new List<Recipient>(message.Tokens.Count);
        foreach (var token in message.Tokens)
        {
            var error = message.Error ?? (token.Length == 0 ? "InvalidRegistration" : null);
            var fault = error is null && wholeRequest is null ? gateway.Faults.NextForRecipient(token) : null;
            if (fault is { LegacyError: null, CanonicalId: null })
                wholeRequest = fault;
            recipients.Add(new Recipient(token, error ?? fault?.LegacyError, fault?.CanonicalId));
        }
        return recipients;
    }

    private void Record(HttpContext context, byte[] body, LegacyMessage message, Recipient recipient, Fault? fault)
    {
        if (fault is not null && !fault.Accepts)
            gateway.Record(context, GatewayName, recipient.Token, body, new Outcome(fault.Status, fault.Name));
        else if (recipient.Error is not null)
            gateway.Record(context, GatewayName, recipient.Token, body, new Outcome(200, recipient.Error));
        else if (message.DryRun)
            gateway.Count(new Outcome(200, "dry_run"));
        else
            gateway.Record(context, GatewayName, recipient.Token, body, Outcome.Accepted);
    }

    private byte[] Answer(List<Recipient> recipients)
    {
        var failed = recipients.Count(recipient => recipient.Error is not null);
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["multicast_id"] = gateway.NextMessageNumber(),
            ["success"] = recipients.Count - failed,
            ["failure"] = failed,
            ["canonical_ids"] = recipients.Count(recipient => recipient.CanonicalId is not null),
            ["results"] = recipients.Select(Result),
        });
    }

    private Dictionary<string, string> Result(Recipient recipient)
    {
        if (recipient.Error is not null)
            return new() { ["error"] = recipient.Error };
        var result = new Dictionary<string, string> { ["message_id"] = $"0:{gateway.NextMessageNumber():x16}" };
        if (recipient.CanonicalId is not null)
            result["registration_id"] = recipient.CanonicalId;
        return result;
    }

    private byte[] TopicAnswer() => Encoding.UTF8.GetBytes($"{{\"message_id\":{gateway.NextMessageNumber()}}}");

    private readonly record struct Recipient(string Token, string? Error, string? CanonicalId);
}
