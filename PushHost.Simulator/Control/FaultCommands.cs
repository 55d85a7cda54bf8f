namespace PushHost.Simulator.Control;

/// <summary>Turns commands into faults and sets them.</summary>
internal static class FaultCommands
{
    private const string Kinds = "reason, answer, slow, noAnswer, connectionReset, streamReset, goAway, htmlPage, notJson, truncatedJson, "
        + "hugeBody, endlessHeaders, legacyError, canonicalId, streamLimit, goAwayNow, connectionResetNow, away";

    /// <exception cref="FaultCommandException">The command contradicts itself or lacks something. Nothing was changed.</exception>
    public static void CarryOut(FaultCommand command, GatewaySimulator simulator)
    {
        Gateway gateway = command.Gateway switch
        {
            "apns" => simulator.Apns,
            "fcm" => simulator.Fcm,
            _ => throw new FaultCommandException("gateway must be apns or fcm."),
        };
        switch (command.Kind)
        {
            case "streamLimit":
                LimitStreams(simulator, gateway, Within(command.MaxConcurrentStreams, "maxConcurrentStreams", 1, 100_000));
                break;
            case "goAwayNow":
                gateway.GoAway(command.Reason ?? "Shutdown", command.LastStreamId, command.Timestamp);
                break;
            case "connectionResetNow":
                gateway.ResetConnections();
                break;
            case "away":
                gateway.GoAwayFor(Span(Required(command.DurationSeconds, "durationSeconds"), "durationSeconds", TimeSpan.FromSeconds)!.Value);
                break;
            default:
                Set(command, simulator, gateway);
                break;
        }
    }

    private static void LimitStreams(GatewaySimulator simulator, Gateway gateway, int limit)
    {
        if (gateway == simulator.Apns)
            simulator.Apns.MaxConcurrentStreams = limit;
        else
            simulator.Fcm.StreamLimit = limit;
    }

    private static void Set(FaultCommand command, GatewaySimulator simulator, Gateway gateway)
    {
        var targets = (command.All ? 1 : 0) + (command.TokenEndpoint ? 1 : 0) + (command.Token is null ? 0 : 1) + (command.Prefix is null ? 0 : 1);
        if (targets != 1)
            throw new FaultCommandException("Exactly one of token, prefix, all or tokenEndpoint must be set.");
        if (command.TokenEndpoint && gateway != simulator.Fcm)
            throw new FaultCommandException("tokenEndpoint needs gateway fcm.");
        var forAll = command.All || command.TokenEndpoint;
        if (command.DurationSeconds is not null && !forAll)
            throw new FaultCommandException("durationSeconds needs all or tokenEndpoint.");
        int? times = command.Times is null ? null : Within(command.Times, "times", 1, int.MaxValue);
        var during = Span(command.DurationSeconds, "durationSeconds", TimeSpan.FromSeconds);
        var fault = FaultOf(command, gateway == simulator.Apns) with
        {
            Delay = Span(command.DelayMilliseconds, "delayMilliseconds", TimeSpan.FromMilliseconds) ?? TimeSpan.Zero,
        };

        if (command.Token is not null)
            gateway.FaultToken(command.Token, fault, times);
        else if (command.Prefix is not null)
            gateway.FaultsByPrefix(command.Prefix, fault, times);
        else if (command.TokenEndpoint)
            simulator.Fcm.FaultTokenEndpoint(fault, times, during);
        else
            gateway.FaultAll(fault, times, during);
    }

    private static Fault FaultOf(FaultCommand command, bool isApns)
    {
        var retryAfter = Span(command.RetryAfterSeconds, "retryAfterSeconds", TimeSpan.FromSeconds);
        try
        {
            return command.Kind switch
            {
                "reason" when isApns => ApnsReason(command, retryAfter),
                "reason" => FcmReason(Required(command.Reason, "reason"), retryAfter),
                "answer" => Fault.Answer(
                    Within(command.Status, "status", 200, 599), command.Reason ?? "Answer", command.Body, command.ContentType, retryAfter),
                "slow" => Fault.Slow(TimeSpan.FromMilliseconds(Required(command.DelayMilliseconds, "delayMilliseconds"))),
                "noAnswer" => Fault.NoAnswer(),
                "connectionReset" => Fault.ConnectionReset(),
                "streamReset" => Fault.StreamReset(Within(command.ErrorCode ?? 7, "errorCode", 0, int.MaxValue)),
                "goAway" => Fault.GoAway(command.Reason ?? "Shutdown", command.LastStreamId, command.Timestamp),
                "htmlPage" => Fault.HtmlPage(),
                "notJson" => Fault.NotJson(Within(command.Status ?? 200, "status", 200, 599)),
                "truncatedJson" => Fault.TruncatedJson(Within(command.Status ?? 400, "status", 200, 599)),
                "hugeBody" => Fault.HugeBody(
                    Within(command.Status ?? 400, "status", 200, 599), Within(command.Bytes ?? 64 * 1024 * 1024, "bytes", 1, int.MaxValue)),
                "endlessHeaders" => Fault.EndlessHeaders(
                    Within(command.Status ?? 200, "status", 200, 599), Within(command.Bytes ?? 4 * 1024 * 1024, "bytes", 1, 64 * 1024 * 1024)),
                "legacyError" when !isApns => LegacyFault.Error(Required(command.Reason, "reason")),
                "canonicalId" when !isApns => LegacyFault.Canonical(Required(command.RegistrationId, "registrationId")),
                _ => throw new FaultCommandException($"kind must be one of {Kinds}; legacyError and canonicalId need gateway fcm."),
            };
        }
        catch (ArgumentException unknown)
        {
            throw new FaultCommandException(unknown.Message);
        }
    }

    private static Fault ApnsReason(FaultCommand command, TimeSpan? retryAfter)
    {
        var reason = Required(command.Reason, "reason");
        var status = command.Status is null ? Apns.ApnsReasons.StatusOf(reason) : Within(command.Status, "status", 200, 599);
        return ApnsFault.Rejected(status, reason, retryAfter, command.Timestamp);
    }

    private static Fault FcmReason(string reason, TimeSpan? retryAfter) => reason switch
    {
        "UNAUTHENTICATED" => FcmFault.Unauthenticated(),
        "PERMISSION_DENIED" => FcmFault.Forbidden(),
        "NOT_FOUND" => FcmFault.ProjectNotFound(),
        _ => FcmFault.Error(reason, retryAfter),
    };

    private static T Required<T>(T? value, string name)
        where T : class => value ?? throw new FaultCommandException($"{name} is missing.");

    private static double Required(double? value, string name) => value ?? throw new FaultCommandException($"{name} is missing.");

    private static int Within(int? value, string name, int least, int most) => value >= least && value <= most
        ? value.Value
        : throw new FaultCommandException($"{name} must be {least} to {most}.");

    private static TimeSpan? Span(double? value, string name, Func<double, TimeSpan> unit) => value switch
    {
        null => null,
        >= 0 and <= 1e9 => unit(value.Value),
        _ => throw new FaultCommandException($"{name} must be 0 to 1,000,000,000."),
    };
}
