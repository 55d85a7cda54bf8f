using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;

namespace PushHost.Serve;

/// <summary>Why the server cannot listen where its settings say.</summary>
internal static partial class ListenProblem
{
    private const string Urls = "urls (--urls, ASPNETCORE_URLS)";

    /// <summary>One line that names a port that is none; null when there is no such port.</summary>
    /// <remarks>Kestrel takes <c>http://127.0.0.1:80x</c> for the name of a host, and then listens on port 80 of every address of the machine.</remarks>
    public static string? OfPort(IConfiguration configuration)
    {
        foreach (var name in (string[])["http_ports", "https_ports"])
        {
            if (Items(configuration[name]).FirstOrDefault(port => !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } none)
                return $"{name} (--{name}, ASPNETCORE_{name.ToUpperInvariant()}): '{none}' is no port, which is a number from 0 to 65535";
        }
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"]));
        foreach (var (setting, urls) in endpoints.Prepend((Urls, configuration["urls"])))
        {
            foreach (var url in Items(urls))
            {
                if (AfterAddress().Match(url) is { Success: true } port)
                    return $"{setting}: '{url}' has the port '{port.Groups[1].Value}', and a port is a number from 0 to 65535";
            }
        }
        return null;
    }

    private static string[] Items(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // A colon behind the host and not within an IPv6 address, with something else than a number behind it.
    [GeneratedRegex("^https?://(?:\\[[^\\]]*\\]|(?!unix:|pipe:)[^:/\\[]*):(?![0-9]+(?:/|$))([^/]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AfterAddress();

    /// <summary>One line that names the setting and the reason; null when the error is about something else.</summary>
    public static string? Of(Exception error, IConfiguration configuration)
    {
        var setting = configuration.GetSection("Kestrel:Endpoints").Exists() ? "Kestrel:Endpoints" : Urls;
        return error switch
        {
            IOException { InnerException: AddressInUseException } => $"{setting}: {error.Message}",
            SocketException => $"{setting}: cannot listen on {configuration["urls"]}: {error.Message}",
            ArgumentOutOfRangeException { ParamName: "port" } => $"{setting}: a port is a number from 0 to 65535",
            // Kestrel's own words about an address it cannot read, a path in one, or https without a certificate; the first line says it.
            FormatException or InvalidOperationException when error.Source?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true =>
                $"{setting}: {error.Message.Split('\n')[0].TrimEnd()}",
            _ => null,
        };
    }
}
