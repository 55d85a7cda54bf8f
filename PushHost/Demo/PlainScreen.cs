using System.Text.Json;
using PushHost.ServiceModel;

namespace PushHost.Demo;

/// <summary>Plain lines, for a pipe or a file: a line now and then, and one at the end of a step.</summary>
internal class PlainScreen(TextWriter output, TimeProvider time) : DemoScreen
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override void Say(string line) => output.WriteLine(line);

    public override async Task StepAsync(string what, long total, Func<Action<long>, Task> work)
    {
        var (started, shown, showing) = (time.GetTimestamp(), time.GetTimestamp(), new Lock());
        await work(done =>
        {
            lock (showing)
            {
                if (time.GetElapsedTime(shown) < Pause)
                    return;
                shown = time.GetTimestamp();
                Say($"{what}: {done} of {total}");
            }
        });
        Say($"{what}: {total} in {time.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    public override void Show(DemoReport report)
    {
        foreach (var row in report.Rows)
            Say($"{row.Provider} {Name(row.Outcome)} {Why(row)}".TrimEnd() + $": {row.Count}");
        foreach (var line in Summary(report))
            Say(line);
    }
}

/// <summary>One line of JSON on standard output, and plain lines on standard error.</summary>
internal sealed class JsonScreen(TextWriter output, TextWriter error, TimeProvider time) : PlainScreen(error, time)
{
    public override void Show(DemoReport report)
    {
        base.Show(report);
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                report.Devices,
                Accepted = report.Count(DeliveryOutcome.Accepted),
                Failed = report.Count(DeliveryOutcome.Failed),
                report.Deactivated,
                Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            },
            JsonSerializerOptions.Web));
    }
}
