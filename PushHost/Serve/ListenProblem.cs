using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace PushHost.Serve;

/// <summary>Why the server cannot listen where its settings say.</summary>
internal static class ListenProblem
{
    /// <summary>One line that names the setting and the reason; null when the error is about something else.</summary>
    public static string? Of(Exception error, IConfiguration configuration)
    {
        var setting = configuration.GetSection("Kestrel:Endpoints").Exists() ? "Kestrel:Endpoints" : "urls (--urls, ASPNETCORE_URLS)";
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
