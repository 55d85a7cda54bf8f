using System.Globalization;

namespace PushHost.Simulator;

/// <summary>The program's arguments. Every option has its value in the next argument, but the flags.</summary>
internal sealed class SimulatorArguments
{
    public const string Usage = """
        PushHost.Simulator: APNs, FCM v1 with its token endpoint, and legacy GCM on loopback ports.

          --apns-port N          port of APNs (default 9443; 0: a free one)
          --fcm-port N           port of FCM v1, /token and legacy GCM (default 9444; 0: a free one)
          --control-port N       port of the control API (default 9445; 0: a free one)
          --cert FILE            write the server's certificate there, PEM
          --credentials DIR      write credentials that the simulator accepts there
          --bundle-id ID         the app's bundle ID (default com.example.pushhost)
          --sandbox              be the APNs sandbox
          --outbox N             requests kept per gateway (default 10000)
          --tally                count requests by recipient
          --json                 print ports and credentials as one line of JSON
          --exit-with-parent     end when standard input ends
          --help                 print this
        """;

    public int ApnsPort { get; private set; } = 9443;

    public int FcmPort { get; private set; } = 9444;

    public int ControlPort { get; private set; } = 9445;

    public string? CertificateFile { get; private set; }

    public string? CredentialsDirectory { get; private set; }

    public string? BundleId { get; private set; }

    public int OutboxCapacity { get; private set; } = 10_000;

    public bool Tally { get; private set; }

    public bool Sandbox { get; private set; }

    public bool Json { get; private set; }

    public bool ExitWithParent { get; private set; }

    public bool Help { get; private set; }

    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? TryParse(string[] args, out SimulatorArguments arguments)
    {
        arguments = new SimulatorArguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (arguments.TrySetFlag(args[i]))
                continue;
            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (arguments.TrySet(args[i], value) is { } fault)
                return fault;
            i++;
        }
        return null;
    }

    public SimulatorOptions ToOptions()
    {
        var defaults = new SimulatorOptions();
        return new SimulatorOptions
        {
            ApnsPort = ApnsPort,
            FcmPort = FcmPort,
            ControlPort = ControlPort,
            OutboxCapacity = OutboxCapacity,
            TallyRecipients = Tally,
            BundleId = BundleId ?? defaults.BundleId,
            Environment = Sandbox ? ApnsEnvironment.Sandbox : ApnsEnvironment.Production,
        };
    }

    /// <summary>The option whose port a failure to listen names, as in <c>http://127.0.0.1:9443</c>.</summary>
    public string OptionOfPort(string message) =>
        message.Contains($":{ApnsPort}:", StringComparison.Ordinal) ? "--apns-port"
        : message.Contains($":{FcmPort}:", StringComparison.Ordinal) ? "--fcm-port"
        : "--control-port";

    private bool TrySetFlag(string name)
    {
        switch (name)
        {
            case "--sandbox":
                return Sandbox = true;
            case "--tally":
                return Tally = true;
            case "--json":
                return Json = true;
            case "--exit-with-parent":
                return ExitWithParent = true;
            case "--help" or "-h":
                return Help = true;
            default:
                return false;
        }
    }

    private string? TrySet(string name, string? value)
    {
        switch (name)
        {
            case "--apns-port":
                return Number(name, value, 65_535, number => ApnsPort = number);
            case "--fcm-port":
                return Number(name, value, 65_535, number => FcmPort = number);
            case "--control-port":
                return Number(name, value, 65_535, number => ControlPort = number);
            case "--outbox":
                return Number(name, value, 10_000_000, number => OutboxCapacity = number);
            case "--cert":
                return Text(name, value, text => CertificateFile = text);
            case "--credentials":
                return Text(name, value, text => CredentialsDirectory = text);
            case "--bundle-id":
                return Text(name, value, text => BundleId = text);
            default:
                return $"Unknown argument {name}; --help lists the known ones.";
        }
    }

    private static string? Number(string name, string? value, int most, Action<int> set)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > most)
            return $"{name} needs a number from 0 to {most}, not '{value}'.";
        set(number);
        return null;
    }

    private static string? Text(string name, string? value, Action<string> set)
    {
        if (string.IsNullOrWhiteSpace(value) || value.StartsWith("--", StringComparison.Ordinal))
            return $"{name} needs a value.";
        set(value);
        return null;
    }
}
