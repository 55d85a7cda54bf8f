using System.Text.Json;
using PushHost.ServiceModel;
using Spectre.Console;

namespace PushHost.Demo;

/// <summary>Shows how the demo goes and what came of it.</summary>
internal abstract class DemoScreen
{
    /// <summary>Bars and a table on a terminal, plain lines in a pipe; with <paramref name="json"/> a line of JSON at the end and all else on standard error.</summary>
    public static DemoScreen Of(bool json)
    {
        if (json)
            return new JsonScreen(Console.Out, Console.Error, TimeProvider.System);
        return Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi
            ? new PlainScreen(Console.Out, TimeProvider.System)
            : new TerminalScreen(AnsiConsole.Console);
    }

    /// <summary>Says something once.</summary>
    public abstract void Say(string line);

    /// <summary>Does some work and shows how far it has come.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="total">How many there are to do.</param>
    /// <param name="work">The work, which tells how many are done; from any thread.</param>
    public abstract Task StepAsync(string what, long total, Func<Action<long>, Task> work);

    /// <summary>Shows the end.</summary>
    public abstract void Show(DemoReport report);

    /// <summary>The lines below the table.</summary>
    protected static IEnumerable<string> Summary(DemoReport report)
    {
        yield return $"{report.Devices} devices: {report.Count(DeliveryOutcome.Accepted)} accepted, {report.Count(DeliveryOutcome.Failed)} failed, {report.Deactivated} deactivated.";
        yield return $"Sent in {report.Sending.TotalSeconds:0.0} s ({report.Devices / report.Sending.TotalSeconds:0} devices/s; those with a retry had to wait a second or more, as the gateways asked), "
            + $"all in {report.Elapsed.TotalSeconds:0.0} s; at most {report.PeakMemory / (1024 * 1024)} MB of memory, the demo's callers included.";
        yield return report.Faults.Count == 0
            ? "Every number adds up: what was registered, the notification's counts, its deliveries, the device table, and what the gateways counted."
            : $"{report.Faults.Count} numbers do not add up:";
        foreach (var fault in report.Faults)
            yield return "  " + fault;
    }

    /// <summary>The outcome's name as callers see it.</summary>
    protected static string Name(DeliveryOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    /// <summary>The reason, and whether it took more than one attempt.</summary>
    protected static string Why(TallyRow row) => (row.Reason + (row.Retried ? " after a retry" : "")).Trim();
}
