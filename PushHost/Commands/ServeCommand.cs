using System.CommandLine;
using PushHost.Serve;
using PushHost.ServiceInterface.Host;

namespace PushHost.Commands;

/// <summary><c>serve</c>: the server.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs the server. Takes settings as arguments: --urls http://localhost:5000 --PushHost:Storage:ConnectionString=\"Data Source=push.db\"")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.UnmatchedTokens, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var builder = HostBuilders.Create(args);
        if (ListenProblem.OfPort(builder.Configuration) is { } port)
            throw new CommandException(port);
        var logs = new StartupLogs(builder.Logging);
        await using var gateways = await SimulatedGateways.StartIfWantedAsync(builder, cancellationToken);
        builder.AddPushHost();
        await using var app = builder.Build();
        app.MapPushHost();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception error) when (ListenProblem.Of(error, builder.Configuration) is { } problem)
        {
            throw new CommandException(problem, error);
        }
        logs.Started();
        gateways?.Announce(Console.Out);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
