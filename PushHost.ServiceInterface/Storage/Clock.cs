namespace PushHost.ServiceInterface.Storage;

/// <summary>Times are stored as Unix milliseconds, UTC.</summary>
internal static class Clock
{
    public static long UnixMilliseconds(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    public static DateTimeOffset ToTime(this long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    public static DateTimeOffset? ToTime(this long? unixMilliseconds) => unixMilliseconds?.ToTime();
}
