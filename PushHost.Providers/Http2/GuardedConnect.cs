using System.Net;
using System.Net.Sockets;

namespace PushHost.Providers.Http2;

/// <summary>Connects to a name only where its addresses may be connected to (see <see cref="ProviderServices.MayConnectTo"/>).</summary>
public static class GuardedConnect
{
    /// <param name="socket">A new TCP socket.</param>
    /// <param name="endPoint">The name and port; the name is looked up anew.</param>
    /// <param name="mayConnectTo">Asked about each address; null allows all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">None of the name's addresses may be connected to.</exception>
    /// <exception cref="SocketException">The name is not known, or nobody answers there.</exception>
    public static async Task ConnectAsync(Socket socket, DnsEndPoint endPoint, Func<IPAddress, bool>? mayConnectTo, CancellationToken cancellationToken)
    {
        if (mayConnectTo is null)
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return;
        }
        // The address that is judged is the one that is connected to: a name looked up twice may change in between.
        var addresses = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => mayConnectTo(address));
        if (allowed.Length == 0)
            throw new IOException($"{endPoint.Host} is at a private or loopback address, which a credential saved through the API may not name");
        await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
    }
}
