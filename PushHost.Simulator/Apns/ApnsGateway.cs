using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PushHost.Simulator.Apns;
using PushHost.Simulator.Hosting;
using PushHost.Simulator.Http2;

namespace PushHost.Simulator;

/// <summary>The simulated Apple Push Notification service: <c>POST /3/device/…</c> over HTTP/2.</summary>
public sealed class ApnsGateway : Gateway, IEndpoint
{
    private readonly ApnsRequestRules _rules;
    private readonly ApnsTokens _tokens = new();
    private ProviderTokenRules? _providerTokens;
    private string? _clientThumbprint;
    private volatile int _maxConcurrentStreams;

    internal ApnsGateway(SimulatorOptions options)
        : base("apns", options, StringComparison.OrdinalIgnoreCase)
    {
        _rules = new ApnsRequestRules(options.BundleId, options.OtherBundleIds);
        _maxConcurrentStreams = options.MaxConcurrentStreams;
    }

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS of connections that are trusted. Setting it announces the new limit on open
    /// ones at once; those still waiting for their first good provider token keep one stream. 1 to 100,000.</summary>
    public int MaxConcurrentStreams
    {
        get => _maxConcurrentStreams;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100_000);
            _maxConcurrentStreams = value;
            foreach (var gate in Gates)
            {
                if (gate.IsTrusted)
                    gate.LimitStreams(value);
            }
        }
    }

    /// <summary>Makes a token known, which matters with <see cref="SimulatorOptions.RequireRegisteredTokens"/>.</summary>
    /// <param name="token">The device token.</param>
    /// <param name="topic">The only topic it is good for, else DeviceTokenNotForTopic; null for all.</param>
    public void RegisterToken(string token, string? topic = null) => _tokens.Register(token, topic);

    /// <summary>Marks a token as one of the other environment: BadDeviceToken here.</summary>
    public void MarkOtherEnvironment(string token) => _tokens.MarkOtherEnvironment(token);

    internal int InitialStreamLimit(ConnectionContext connection) =>
        Options.StartWithOneStream && CertificateOf(connection) != ClientCertificateState.Good ? 1 : _maxConcurrentStreams;

    internal override object NewConnectionState(ConnectionContext connection) => new ApnsConnection(CertificateOf(connection));

    internal void Trust(SimulatorCredentials credentials)
    {
        _clientThumbprint = credentials.ClientCertificate.Thumbprint;
        _providerTokens = new ProviderTokenRules(credentials.ApnsKey, credentials.ApnsKeyId, credentials.ApnsTeamId);
    }

    internal override void Reset()
    {
        base.Reset();
        _tokens.Clear();
        MaxConcurrentStreams = Options.MaxConcurrentStreams;
    }

    async Task IEndpoint.HandleAsync(HttpContext context)
    {
        var feature = context.Features.GetRequiredFeature<ConnectionFeature>();
        var gate = feature.Gate!;
        var connection = (ApnsConnection)feature.State!;
        byte[]? body;
        try
        {
            body = await Exchange.ReadBodyAsync(context, PushTypes.LargestPayload, connection.Payload.Body);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return;
        }

        var streamId = Exchange.StreamId(context);
        if (!gate.Streams.MayProcess(streamId))
        {
            Exchange.Refuse(context);
            return;
        }

        var reason = Check(context.Request, connection, gate, body, out var token);
        var fault = reason is null ? Faults.Next(token) : null;
        if (fault is { Kind: FaultKind.GoAway })
            gate.GoAway(fault.Name, fault.LastStreamId, fault.Timestamp);
        if (!gate.Streams.TryProcess(streamId))
        {
            Exchange.Refuse(context);
            return;
        }

        var outcome = OutcomeOf(reason, fault);
        var delay = Exchange.DelayAsync(context, fault, Options.Time);
        Record(context, token, body, streamId, outcome);
        Pace(gate, outcome);
        if (await delay)
            await AnswerAsync(context, reason, fault);
    }

    private string? Check(HttpRequest request, ApnsConnection connection, FrameGate gate, byte[]? body, out string token)
    {
        if (_rules.Check(request, connection, out var type, out token) is { } broken)
            return broken;
        if (_tokens.Check(token, request.Headers["apns-topic"], Options.RequireRegisteredTokens) is { } badToken)
            return badToken;
        if (connection.Authenticate(request.Headers.Authorization, _providerTokens!, Options.Time.GetUtcNow()) is { } unauthentic)
            return unauthentic;
        if (!gate.IsTrusted)
        {
            gate.IsTrusted = true;
            gate.LimitStreams(_maxConcurrentStreams);
        }
        if (body is { Length: 0 })
            return "PayloadEmpty";
        if (body is null || body.Length > type.MaxPayload)
            return "PayloadTooLarge";
        // An equal body is the same array: its reading is still good.
        var payload = connection.Payload;
        if (!ReferenceEquals(payload.Body, body))
            connection.Payload = payload = ApnsPayload.Read(body);
        return ApnsRequestRules.CheckPayload(payload, type);
    }

    private static Outcome OutcomeOf(string? reason, Fault? fault) =>
        reason is not null ? new(ApnsReasons.StatusOf(reason), reason)
        : fault is null || fault.Accepts ? Outcome.Accepted
        : new(fault.Status, fault.Name);

    private void Record(HttpContext context, string token, byte[]? body, int streamId, Outcome outcome)
    {
        CountRequest();
        Count(outcome);
        Tally?.Add(token, context.Request.Headers["apns-id"], outcome, Options.Time.GetUtcNow());
        if (Outbox.IsEnabled)
        {
            Outbox.Add(new OutboxEntry(
                Name, token, Exchange.Headers(context), body, Options.Time.GetUtcNow(), context.Connection.Id, streamId, outcome));
        }
    }

    private void Pace(FrameGate gate, Outcome outcome)
    {
        // Apple: 410 does not count as an error.
        if (Options.DropStreamLimitAfterRejection && outcome.Status != 410)
            gate.LimitStreams(outcome.IsAccepted ? _maxConcurrentStreams : 1);
    }

    private async Task AnswerAsync(HttpContext context, string? reason, Fault? fault)
    {
        var id = context.Request.Headers["apns-id"];
        context.Response.Headers["apns-id"] = id.Count == 1 ? id : Guid.NewGuid().ToString();
        if (reason is not null)
        {
            await Exchange.WriteAsync(context, ApnsReasons.StatusOf(reason), ApnsReasons.Body(reason), "application/json");
            return;
        }
        if (fault is null || fault.Accepts)
        {
            if (Options.Environment == ApnsEnvironment.Sandbox)
                context.Response.Headers["apns-unique-id"] = Guid.NewGuid().ToString();
            return;
        }
        await Exchange.CarryOutAsync(context, fault);
    }

    private ClientCertificateState CertificateOf(ConnectionContext connection) =>
        connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } certificate ? ClientCertificateState.None
        : certificate.Thumbprint == _clientThumbprint ? ClientCertificateState.Good
        : ClientCertificateState.Bad;
}
