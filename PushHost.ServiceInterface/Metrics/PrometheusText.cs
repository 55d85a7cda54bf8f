using System.Globalization;
using System.Text;

namespace PushHost.ServiceInterface.Metrics;

/// <summary>The text format 0.0.4 that Prometheus and its like scrape.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="families">What was collected.</param>
    /// <param name="app">Leaves out what is not counted for this app alone; null for all.</param>
    public static string Of(IEnumerable<Family> families, string? app = null)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var name = NameOf(family);
            text.Append("# HELP ").Append(name).Append(' ').Append(family.Description).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
            foreach (var (labels, series) in family.All)
            {
                if (app is not null && !labels.AreOf(app))
                    continue;
                if (family.Kind == FamilyKind.Histogram)
                    WriteHistogram(text, name, labels, series);
                else
                    Write(text, name, labels, null, series.Sum);
            }
        }
        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, Labels labels, Series series)
    {
        var count = 0L;
        for (var i = 0; i < series.Buckets.Count; i++)
        {
            count += series.Buckets[i];
            Write(text, name + "_bucket", labels, i < series.Bounds.Count ? Number(series.Bounds[i]) : "+Inf", count);
        }
        Write(text, name + "_sum", labels, null, series.Sum);
        Write(text, name + "_count", labels, null, count);
    }

    private static void Write(StringBuilder text, string name, Labels labels, string? bound, double value)
    {
        text.Append(name);
        labels.Write(text, bound);
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string NameOf(Family family) =>
        family.Name.Replace('.', '_') + (family.Unit == "s" ? "_seconds" : "") + (family.Kind == FamilyKind.Counter ? "_total" : "");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
