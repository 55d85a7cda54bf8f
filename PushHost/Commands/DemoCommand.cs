using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PushHost.Client;
using PushHost.Demo;

namespace PushHost.Commands;

/// <summary><c>demo</c>: the main job end to end, on an embedded database and simulated gateways, leaving nothing behind.</summary>
internal static class DemoCommand
{
    private const int DefaultDevices = 1000;
    private const int MaxDevices = 10_000_000;
    private const int NumbersDoNotAddUp = 1;
    private const int Interrupted = 130;

    public static Command Create()
    {
        var devices = new Option<int>("--devices")
        {
            Description = $"How many devices to register, up to {MaxDevices}.",
            DefaultValueFactory = _ => DefaultDevices,
            CustomParser = ReadDevices,
        };
        var json = new Option<bool>("--json") { Description = "End with one line of JSON; progress goes to standard error." };
        var command = new Command("demo", "Registers devices, sends to all of them through simulated gateways, and checks that every number adds up.") { devices, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(devices), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static int ReadDevices(ArgumentResult argument)
    {
        var given = argument.Tokens.Single().Value;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var devices) && devices is >= 1 and <= MaxDevices)
            return devices;
        argument.AddError($"--devices is '{given}', and must be a whole number from 1 to {MaxDevices}.");
        return default;
    }

    private static async Task<int> RunAsync(int devices, bool json, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(cancellationToken);
        var screen = DemoScreen.Of(json);
        try
        {
            var report = await new DemoRun(new DemoPlan(devices), screen, TimeProvider.System).RunAsync(interruption.Token);
            screen.Show(report);
            return report.Faults.Count == 0 ? 0 : NumbersDoNotAddUp;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception error) when (error is HttpRequestException or PushHostException)
        {
            throw new CommandException($"the demo's host or gateways did not answer: {error.Message}", error);
        }
    }
}
