using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PushHost.Demo;

/// <summary>What the simulated gateway does to a device.</summary>
internal enum Fate
{
    /// <summary>Accepted at once.</summary>
    Good,

    /// <summary>429 with Retry-After 1 the first time, then accepted.</summary>
    Throttled,

    /// <summary>The app was removed from the phone: the gateway knows the token dead.</summary>
    Dead,

    /// <summary>Refused for another reason, which says nothing of the phone.</summary>
    Refused,
}

/// <summary>One made-up device.</summary>
internal readonly record struct DemoDevice(string Provider, string RegistrationId, Fate Fate);

/// <summary>Which devices there are: the same ones every time, half of them Apple's.</summary>
internal sealed class DemoPlan(int devices)
{
    public const string Apns = "apns";
    public const string Gcm = "gcm";

    // So many devices register one by one, as phones do; what goes beyond is imported, as a back end that moves here does.
    private const int MostSingle = 5000;
    private const int Cycle = 100;

    public int Devices => devices;

    /// <summary>How many register with a request each.</summary>
    public int Single => Math.Min(devices, MostSingle);

    /// <summary>How many come by import.</summary>
    public int Imported => devices - Single;

    public DemoDevice At(int index)
    {
        var fate = FateOf(index);
        return index % 2 == 0
            ? new DemoDevice(Apns, ApnsPrefix(fate) + Chance(index)[4..], fate)
            : new DemoDevice(Gcm, GcmPrefix(fate) + Chance(index)[..18] + ":APA91b" + Chance(~index) + Chance(index), fate);
    }

    /// <summary>How many devices of a provider have a fate.</summary>
    public long Count(string provider, Fate fate)
    {
        var ofOneCycle = Enumerable.Range(0, Cycle);
        var ofRest = Enumerable.Range(0, devices % Cycle);
        return ((long)(devices / Cycle) * ofOneCycle.Count(Matches)) + ofRest.Count(Matches);

        bool Matches(int index) => FateOf(index) == fate && (index % 2 == 0) == (provider == Apns);
    }

    /// <summary>How the APNs tokens of a fate begin.</summary>
    public static string ApnsPrefix(Fate fate) => fate switch
    {
        Fate.Throttled => "beef",
        Fate.Dead => "dead",
        Fate.Refused => "badd",
        _ => "600d",
    };

    /// <summary>How the FCM tokens of a fate begin.</summary>
    public static string GcmPrefix(Fate fate) => fate switch
    {
        Fate.Throttled => "busy",
        Fate.Dead => "dead",
        Fate.Refused => "ours",
        _ => "good",
    };

    // Of a hundred devices 3 are dead, 5 throttled and 2 refused; spread so that a few devices already hold some, and never more than 5 % dead.
    private static Fate FateOf(int index) => (index % Cycle) switch
    {
        50 or 75 or 98 => Fate.Dead,
        4 or 25 or 44 or 65 or 84 => Fate.Throttled,
        10 or 33 => Fate.Refused,
        _ => Fate.Good,
    };

    // 64 hexadecimal characters that look like a gateway's, the same for the same number.
    private static string Chance(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
