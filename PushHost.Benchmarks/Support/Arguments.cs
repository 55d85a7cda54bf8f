using System.Globalization;

namespace PushHost.Benchmarks.Support;

/// <summary>Reads the arguments of a benchmark.</summary>
internal static class Arguments
{
    /// <summary>The number behind an option.</summary>
    public static int Number(this string[] args, string name, int defaultValue)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : defaultValue;
    }
}
