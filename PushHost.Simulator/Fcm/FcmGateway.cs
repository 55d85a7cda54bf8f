using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PushHost.Simulator.Fcm;
using PushHost.Simulator.Hosting;
using PushHost.Simulator.Legacy;
using PushHost.Simulator.OAuth;

namespace PushHost.Simulator;

/// <summary>The simulated Firebase Cloud Messaging: HTTP v1, the OAuth token endpoint and the legacy protocol on one port.
/// Faults for all and for tokens concern both protocols; the token endpoint has its own.</summary>
public sealed class FcmGateway : Gateway, IEndpoint
{
    // Larger than any message that could be right, and than a legacy request for 1,000 tokens of usual length.
    private const int MaxBody = 1024 * 1024;

    private readonly AccessTokens _accessTokens;
    private readonly FaultBook _tokenEndpointFaults;
    private readonly string _sendPath;
    private TokenEndpoint? _tokenEndpoint;
    private LegacyEndpoint? _legacy;
    private volatile int _streamLimit;
    private long _messageNumber;

    internal FcmGateway(SimulatorOptions options)
        : base("fcm", options, StringComparison.Ordinal)
    {
        _accessTokens = new AccessTokens(options.Time, options.AccessTokenLifetime);
        _tokenEndpointFaults = new FaultBook(options.Time, StringComparison.Ordinal);
        _sendPath = $"/v1/projects/{options.ProjectId}/messages:send";
        _streamLimit = options.FcmMaxConcurrentStreams;
    }

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS; announced on open connections at once. 1 to 100,000.</summary>
    public int StreamLimit
    {
        get => _streamLimit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100_000);
            _streamLimit = value;
            foreach (var gate in Gates)
                gate.LimitStreams(value);
        }
    }

    private protected override long TokensIssued => _accessTokens.Issued;

    /// <summary>Makes every access token issued so far worthless: 401 from now on.</summary>
    public void RevokeAccessTokens() => _accessTokens.Revoke();

    /// <summary>Meets requests to the token endpoint with a fault.</summary>
    /// <param name="fault">What to do.</param>
    /// <param name="times">For how many requests; null for all.</param>
    /// <param name="during">For how long by the simulator's clock; null without end.</param>
    public void FaultTokenEndpoint(Fault fault, int? times = null, TimeSpan? during = null) =>
        _tokenEndpointFaults.ForAll(fault, times, during);

    internal void Trust(SimulatorCredentials credentials)
    {
        _legacy = new LegacyEndpoint(this, "key=" + credentials.LegacyApiKey);
        _tokenEndpoint = new TokenEndpoint(
            new AssertionRules(credentials.ServiceAccountKey, credentials.ServiceAccountEmail, credentials.TokenUri), _accessTokens, Options.Time);
    }

    internal long NextMessageNumber() => Interlocked.Increment(ref _messageNumber);

    internal override void Reset()
    {
        base.Reset();
        _accessTokens.Reset();
        _tokenEndpointFaults.Clear();
        StreamLimit = Options.FcmMaxConcurrentStreams;
    }

    async Task IEndpoint.HandleAsync(HttpContext context)
    {
        byte[]? body;
        try
        {
            body = await Exchange.ReadBodyAsync(context, MaxBody, []);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return;
        }
        var gate = context.Features.GetRequiredFeature<ConnectionFeature>().Gate;
        if (gate?.Streams.MayProcess(Exchange.StreamId(context)) == false)
        {
            Exchange.Refuse(context);
            return;
        }
        if (body is null)
        {
            await Exchange.WriteAsync(context, 413, "Request Entity Too Large"u8.ToArray(), "text/plain");
            return;
        }

        var path = context.Request.Path.Value!;
        if (path == "/token")
            await HandleTokenAsync(context, body);
        else if (path is "/gcm/send" or "/fcm/send")
            await _legacy!.HandleAsync(context, body);
        else
            await HandleSendAsync(context, path, body);
    }

    /// <summary>Claims a request for processing, after a GOAWAY if that is its fault.</summary>
    /// <returns>False if it was refused, and is over.</returns>
    internal static bool Claim(HttpContext context, Fault? fault)
    {
        var connection = context.Features.GetRequiredFeature<ConnectionFeature>();
        if (connection.Gate is not { } gate)
        {
            if (fault is not { Kind: FaultKind.GoAway })
                return true;
            connection.Reset();
            return false;
        }
        if (fault is { Kind: FaultKind.GoAway })
            gate.GoAway(fault.Name, fault.LastStreamId, fault.Timestamp);
        if (gate.Streams.TryProcess(Exchange.StreamId(context)))
            return true;
        Exchange.Refuse(context);
        return false;
    }

    internal void Record(HttpContext context, string gateway, string token, byte[] body, Outcome outcome)
    {
        Count(outcome);
        Tally?.Add(token, id: null, outcome, Options.Time.GetUtcNow());
        if (Outbox.IsEnabled)
        {
            Outbox.Add(new OutboxEntry(
                gateway,
                token,
                Exchange.Headers(context),
                body,
                Options.Time.GetUtcNow(),
                context.Connection.Id,
                Exchange.StreamId(context),
                outcome));
        }
    }

    private async Task HandleTokenAsync(HttpContext context, byte[] body)
    {
        var fault = _tokenEndpointFaults.Next(token: null);
        if (!Claim(context, fault))
            return;
        var delay = Exchange.DelayAsync(context, fault, Options.Time);
        CountRequest();
        if (!await delay)
            return;
        if (fault is not null && !fault.Accepts)
        {
            Count(new Outcome(fault.Status, fault.Name));
            await Exchange.CarryOutAsync(context, fault);
            return;
        }
        var outcome = await _tokenEndpoint!.HandleAsync(context, body);
        if (outcome.Status != 200)
            Count(outcome);
    }

    private async Task HandleSendAsync(HttpContext context, string path, byte[] body)
    {
        var error = Check(context.Request, path, body, out var message);
        var fault = error is null ? Faults.Next(message!.Target) : null;
        if (!Claim(context, fault))
            return;
        CountRequest();
        var accepted = error is null && (fault is null || fault.Accepts);
        var delay = Exchange.DelayAsync(context, fault, Options.Time);
        if (accepted && message!.ValidateOnly)
            Count(new Outcome(200, "validate_only"));
        else
            Record(context, Name, message?.Target ?? "", body, OutcomeOf(error, fault, accepted));

        if (!await delay)
            return;
        if (error is not null)
            await Exchange.WriteAsync(context, error.HttpStatus, error.ToJson());
        else if (accepted)
            await Exchange.WriteAsync(context, 200, Answer(message!));
        else
            await Exchange.CarryOutAsync(context, fault!);
    }

    private FcmError? Check(HttpRequest request, string path, byte[] body, out FcmMessage? message)
    {
        message = null;
        if (path != _sendPath && !IsSendPath(path))
            return FcmError.ProjectNotFound;
        if (!HttpMethods.IsPost(request.Method))
            return new FcmError(405, "UNIMPLEMENTED", "Only POST is allowed.");
        if (!_accessTokens.Authorizes(request.Headers.Authorization))
            return FcmError.Unauthenticated;
        return path != _sendPath ? FcmError.Forbidden : FcmMessageRules.Read(body, out message);
    }

    private static bool IsSendPath(string path) =>
        path.StartsWith("/v1/projects/", StringComparison.Ordinal) && path.EndsWith("/messages:send", StringComparison.Ordinal)
        && path.AsSpan("/v1/projects/".Length).Count('/') == 1;

    private static Outcome OutcomeOf(FcmError? error, Fault? fault, bool accepted) =>
        accepted ? Outcome.Accepted
        : error is not null ? new(error.HttpStatus, error.Name)
        : new(fault!.Status, fault.Name);

    private byte[] Answer(FcmMessage message)
    {
        // Google's dry run answers this name too.
        var id = message.ValidateOnly
            ? "fake_message_id"
            : string.Create(CultureInfo.InvariantCulture, $"0:{Options.Time.GetUtcNow().ToUnixTimeMilliseconds()}000%{NextMessageNumber():x16}");
        return Encoding.UTF8.GetBytes($"{{\n  \"name\": \"projects/{Options.ProjectId}/messages/{id}\"\n}}\n");
    }
}
