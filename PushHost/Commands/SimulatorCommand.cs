using System.CommandLine;
using PushHost.Simulator;

namespace PushHost.Commands;

/// <summary><c>simulator</c>: the simulated gateways as a process of their own, for the demo. docs/simulator.md has the options.</summary>
internal static class SimulatorCommand
{
    public const string Name = "simulator";

    public static Command Create()
    {
        var command = new Command(Name, "Simulated gateways in this process") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellationToken) => SimulatorProgram.RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
        return command;
    }
}
