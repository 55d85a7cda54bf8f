using System.Text.Json;

namespace PushHost.Simulator;

/// <summary>The simulator as a program. Another host can offer it as a command of its own.</summary>
public static class SimulatorProgram
{
    private const int BadArguments = 2;

    /// <summary>Runs until cancelled, interrupted, or, with <c>--exit-with-parent</c>, until standard input ends.</summary>
    /// <param name="args">See <c>--help</c>.</param>
    /// <param name="cancellationToken">Ends the simulator.</param>
    /// <returns>The exit code: 0, or 2 with one line on standard error for a bad argument, a taken port or a file that cannot be written.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (SimulatorArguments.TryParse(args, out var arguments) is { } fault)
            return await FailAsync(fault);
        if (arguments.Help)
        {
            Console.WriteLine(SimulatorArguments.Usage);
            return 0;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signals = new TerminationSignals(ending);
        try
        {
            await using var simulator = await GatewaySimulator.StartAsync(arguments.ToOptions(), ending.Token);
            if (TryWriteFiles(simulator, arguments) is { } unwritable)
                return await FailAsync(unwritable);
            Announce(simulator, arguments);
            await EndAsync(arguments.ExitWithParent, ending.Token);
            return 0;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException failure)
        {
            return await FailAsync($"{arguments.OptionOfPort(failure.Message)}: {failure.Message}");
        }
    }

    private static string? TryWriteFiles(GatewaySimulator simulator, SimulatorArguments arguments)
    {
        var option = "--cert";
        try
        {
            if (arguments.CertificateFile is not null)
                File.WriteAllText(arguments.CertificateFile, simulator.CertificatePem + "\n");
            option = "--credentials";
            if (arguments.CredentialsDirectory is not null)
                simulator.Credentials.WriteTo(arguments.CredentialsDirectory);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{option}: {failure.Message}";
        }
    }

    private static void Announce(GatewaySimulator simulator, SimulatorArguments arguments)
    {
        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["apnsPort"] = simulator.ApnsPort,
                ["fcmPort"] = simulator.FcmPort,
                ["controlPort"] = simulator.ControlPort,
                ["apnsKeyId"] = simulator.Credentials.ApnsKeyId,
                ["apnsTeamId"] = simulator.Credentials.ApnsTeamId,
                ["apnsBundleId"] = simulator.Credentials.ApnsBundleId,
                ["projectId"] = simulator.Credentials.ProjectId,
                ["legacyApiKey"] = simulator.Credentials.LegacyApiKey,
            }));
            return;
        }
        Console.WriteLine($"""
            APNs     https://localhost:{simulator.ApnsPort}   key {simulator.Credentials.ApnsKeyId}, team {simulator.Credentials.ApnsTeamId}, bundle {simulator.Credentials.ApnsBundleId}
            FCM      https://localhost:{simulator.FcmPort}   project {simulator.Credentials.ProjectId}; tokens at /token, legacy at /gcm/send with key {simulator.Credentials.LegacyApiKey}
            Control  http://localhost:{simulator.ControlPort}    /outbox, /stats, /faults, /reset
            """);
    }

    private static async Task EndAsync(bool withParent, CancellationToken cancellationToken)
    {
        if (!withParent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return;
        }
        // Reading the console cannot be cancelled; a cancelled wait leaves the read behind, and the process ends over it.
        await Task.Run(async () => await Console.OpenStandardInput().CopyToAsync(Stream.Null, cancellationToken), cancellationToken)
            .WaitAsync(cancellationToken);
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message.ReplaceLineEndings(" "));
        return BadArguments;
    }
}
