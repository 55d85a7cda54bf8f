using System.Globalization;
using PushHost.ServiceModel;
using Spectre.Console;

namespace PushHost.Demo;

/// <summary>Bars and a table; in colour unless <c>NO_COLOR</c> is set, which Spectre.Console heeds.</summary>
internal sealed class TerminalScreen(IAnsiConsole console) : DemoScreen
{
    public override void Say(string line) => console.WriteLine(line);

    public override Task StepAsync(string what, long total, Func<Action<long>, Task> work) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: total);
            await work(done => task.Value = done);
            task.Value = total;
        });

    public override void Show(DemoReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Provider", "Outcome", "Reason").AddColumn("Devices", column => column.RightAligned());
        foreach (var row in report.Rows)
        {
            var colour = row.Outcome switch
            {
                DeliveryOutcome.Accepted => "green",
                DeliveryOutcome.Failed => "yellow",
                _ => "red",
            };
            table.AddRow(
                Markup.Escape(row.Provider), $"[{colour}]{Name(row.Outcome)}[/]", Markup.Escape(Why(row)), row.Count.ToString("N0", CultureInfo.InvariantCulture));
        }
        console.Write(table);
        foreach (var line in Summary(report))
            console.WriteLine(line);
    }
}
