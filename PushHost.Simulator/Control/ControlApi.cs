using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PushHost.Simulator.Hosting;

namespace PushHost.Simulator.Control;

/// <summary>The control port: GET <c>/outbox</c>, <c>/recipients</c> and <c>/stats</c>, POST <c>/faults</c> and <c>/reset</c>.</summary>
internal sealed class ControlApi(GatewaySimulator simulator) : IEndpoint
{
    private const int MaxBody = 1024 * 1024;
    private const int DefaultTake = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            // Only this machine reaches the port; the check keeps web pages in its browsers out too.
            if (context.Request.Host.Host is not ("localhost" or "127.0.0.1"))
                await RefuseAsync(context, 403, "The Host must be localhost or 127.0.0.1.");
            else
                await DispatchAsync(context);
        }
        catch (FaultCommandException wrong)
        {
            await RefuseAsync(context, 400, wrong.Message);
        }
    }

    private Task DispatchAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/outbox") => OutboxAsync(context),
        ("GET", "/recipients") => RecipientsAsync(context),
        ("GET", "/stats") => WriteAsync(context, new { apns = simulator.Apns.Stats, fcm = simulator.Fcm.Stats }),
        ("POST", "/faults") => FaultsAsync(context),
        ("POST", "/reset") => ResetAsync(context),
        (_, "/outbox" or "/recipients" or "/stats") => RefuseAsync(context, 405, "Only GET is allowed."),
        (_, "/faults" or "/reset") => RefuseAsync(context, 405, "Only POST is allowed."),
        _ => RefuseAsync(context, 404, "There are GET /outbox, GET /recipients, GET /stats, POST /faults and POST /reset."),
    };

    private Task OutboxAsync(HttpContext context)
    {
        var take = DefaultTake;
        var query = context.Request.Query;
        if (query.TryGetValue("take", out var stated)
            && (!int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out take) || take < 1))
            return RefuseAsync(context, 400, "take must be a whole number from 1.");
        IEnumerable<OutboxEntry> entries;
        switch ((string?)query["gateway"])
        {
            case null:
                entries = simulator.Apns.Outbox.Latest(take).Concat(simulator.Fcm.Outbox.Latest(take)).OrderByDescending(entry => entry.Time).Take(take);
                break;
            case "apns":
                entries = simulator.Apns.Outbox.Latest(take);
                break;
            case "fcm":
                entries = simulator.Fcm.Outbox.Latest(take);
                break;
            default:
                return RefuseAsync(context, 400, "gateway must be apns or fcm.");
        }
        return WriteAsync(context, entries.Select(Show));
    }

    private Task RecipientsAsync(HttpContext context)
    {
        Gateway? gateway = (string?)context.Request.Query["gateway"] switch
        {
            "apns" => simulator.Apns,
            "fcm" => simulator.Fcm,
            _ => null,
        };
        return gateway is null ? RefuseAsync(context, 400, "gateway must be apns or fcm.")
            : gateway.Tally is not { } tally ? RefuseAsync(context, 409, "Recipients are counted with --tally only.")
            : WriteAsync(context, tally.Counts);
    }

    private async Task FaultsAsync(HttpContext context)
    {
        var body = await Exchange.ReadBodyAsync(context, MaxBody, []) ?? throw new FaultCommandException($"The body may have {MaxBody} bytes.");
        FaultCommands.CarryOut(FaultCommand.Parse(body), simulator);
        context.Response.StatusCode = 204;
    }

    private Task ResetAsync(HttpContext context)
    {
        simulator.Reset();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static object Show(OutboxEntry entry) => new
    {
        entry.Gateway,
        entry.Token,
        entry.Time,
        entry.Outcome.Status,
        entry.Outcome.Reason,
        entry.ConnectionId,
        entry.StreamId,
        // Credentials are not shown, though these open nothing but this simulator.
        Headers = entry.Headers.Where(header => !header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
        Body = Encoding.UTF8.GetString(entry.Body.Span),
    };

    private static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new { error });
    }

    private static Task WriteAsync<T>(HttpContext context, T value) =>
        Exchange.WriteAsync(context, context.Response.StatusCode, JsonSerializer.SerializeToUtf8Bytes(value, Json));
}
