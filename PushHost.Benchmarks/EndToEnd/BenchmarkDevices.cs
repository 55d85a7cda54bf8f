using System.Globalization;
using System.Text;

namespace PushHost.Benchmarks.EndToEnd;

/// <summary>Devices to send to: APNs tokens that the simulator takes, registered by one import.</summary>
internal static class BenchmarkDevices
{
    /// <summary>64 hexadecimal characters, none of them a scenario of the simulator.</summary>
    public static string Token(int index) => "a0" + index.ToString("x62", CultureInfo.InvariantCulture);

    /// <summary>Writes so many devices as NDJSON.</summary>
    public static async Task WriteAsync(Stream body, int count)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
        for (var i = 1; i <= count; i++)
            await writer.WriteLineAsync($$"""{"provider":"apns","registrationId":"{{Token(i)}}"}""");
    }
}
