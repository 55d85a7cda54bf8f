using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PushHost.ServiceModel;

namespace PushHost.Client;

/// <summary>The body of an import: a line of JSON for each device, made while it is sent.</summary>
internal sealed class DeviceLines : HttpContent
{
    public const string NdJson = "application/x-ndjson";

    // About what a network write takes anyway; a line is far shorter.
    private const int Piece = 64 * 1024;

    private readonly IAsyncEnumerable<RegisterDevice> _devices;
    private readonly CancellationToken _cancellation;

    public DeviceLines(IAsyncEnumerable<RegisterDevice> devices, CancellationToken cancellationToken)
    {
        _devices = devices;
        _cancellation = cancellationToken;
        Headers.ContentType = new MediaTypeHeaderValue(NdJson);
    }

    /// <summary>Lines that are there already.</summary>
    public static HttpContent Of(Stream lines, string contentType)
    {
        var content = new StreamContent(lines);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

#pragma warning disable CS1998 // An async iterator is the shortest way to make one sequence of the other.
    public static async IAsyncEnumerable<RegisterDevice> OneByOne(IEnumerable<RegisterDevice> devices)
    {
        foreach (var device in devices)
            yield return device;
    }
#pragma warning restore CS1998

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var lines = new MemoryStream(Piece + 1024);
        await foreach (var device in _devices.WithCancellation(_cancellation).ConfigureAwait(false))
        {
            JsonSerializer.Serialize(lines, device, ClientJson.Options);
            lines.WriteByte((byte)'\n');
            if (lines.Length >= Piece)
                await FlushAsync(lines, stream).ConfigureAwait(false);
        }
        await FlushAsync(lines, stream).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task FlushAsync(MemoryStream lines, Stream stream)
    {
        lines.Position = 0;
        await lines.CopyToAsync(stream, Piece, _cancellation).ConfigureAwait(false);
        lines.SetLength(0);
    }
}
