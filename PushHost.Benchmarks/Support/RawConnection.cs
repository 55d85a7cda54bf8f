using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PushHost.Benchmarks.Support;

/// <summary>One HTTP/1.1 connection that sends the bytes it is given, well-formed or not, and costs the machine far less than HttpClient. Not thread-safe.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _count;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return connection;
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">The whole request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="endsSending">Whether nothing comes after it on this connection.</param>
    /// <exception cref="IOException">The connection ended before the answer did.</exception>
    public async Task<RawAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken, bool endsSending = false)
    {
        // An answer may come, and the connection end, before all of the request was taken.
        var sending = WriteAsync(request, endsSending, cancellationToken);
        var answer = await ReadAnswerAsync(hasBody: !request.Span.StartsWith("HEAD "u8), cancellationToken);
        await sending;
        return answer;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> request, bool endsSending, CancellationToken cancellationToken)
    {
        try
        {
            while (!request.IsEmpty)
                request = request[await _socket.SendAsync(request, cancellationToken)..];
            if (endsSending)
                _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // What is left to say is in the answer.
        }
    }

    private async Task<RawAnswer> ReadAnswerAsync(bool hasBody, CancellationToken cancellationToken)
    {
        int head;
        while ((head = _buffer.AsSpan(0, _count).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync(cancellationToken);
        var status = int.Parse(_buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var headers = Encoding.ASCII.GetString(_buffer.AsSpan(0, head + 2));
        var start = head + 4;
        var end = start;
        if (hasBody && status is not (204 or 304))
        {
            if (Header(headers, "Content-Length") is { } length)
                end = start + int.Parse(length, CultureInfo.InvariantCulture);
            else if (Header(headers, "Transfer-Encoding") is not null)
                end = await ReadChunksAsync(start, cancellationToken);
            while (_count < end)
                await FillAsync(cancellationToken);
        }
        var body = Encoding.UTF8.GetString(_buffer.AsSpan(start, end - start));
        _buffer.AsSpan(end, _count - end).CopyTo(_buffer);
        _count -= end;
        return new RawAnswer(status, headers, body, Header(headers, "Connection") == "close");
    }

    private async Task<int> ReadChunksAsync(int from, CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(from, _count - from).IndexOf("0\r\n\r\n"u8)) < 0)
            await FillAsync(cancellationToken);
        return from + end + 5;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_count == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        try
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_count), cancellationToken);
            _count += read > 0 ? read : throw new IOException("The connection ended before the answer did.");
        }
        catch (SocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private static string? Header(string headers, string name)
    {
        var at = headers.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var start = at + name.Length + 4;
        return headers[start..headers.IndexOf("\r\n", start, StringComparison.Ordinal)];
    }
}

/// <summary>An answer as it came.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The status line and the headers.</param>
/// <param name="Body">The body; chunks with their frames.</param>
/// <param name="Closes">Whether the connection ends with it.</param>
internal sealed record RawAnswer(int Status, string Headers, string Body, bool Closes);
