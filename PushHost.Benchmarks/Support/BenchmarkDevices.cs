using System.Globalization;

namespace PushHost.Benchmarks.Support;

/// <summary>Devices to send to: APNs tokens that the simulator takes.</summary>
internal static class BenchmarkDevices
{
    /// <summary>64 hexadecimal characters, none of them a scenario of the simulator.</summary>
    /// <param name="index">Which.</param>
    /// <param name="prefix">Two hexadecimal digits that part one group of devices from another.</param>
    public static string Token(int index, string prefix = "a0") => prefix + index.ToString("x62", CultureInfo.InvariantCulture);

    public static IEnumerable<string> Tokens(int count, string prefix = "a0") => Enumerable.Range(1, count).Select(index => Token(index, prefix));
}
