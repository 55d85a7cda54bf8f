using System.Text.Json;
using PushHost.ServiceModel;

namespace PushHost.Client;

/// <summary>An export read device by device, taken up again where its stream broke off.</summary>
internal sealed class DeviceExport(Sender sender, PushHostClientOptions options, ExportDevices filter) : IDisposable
{
    private StreamReader? _lines;
    private HttpResponseMessage? _answer;
    private long? _after;
    private int _repeats;

    /// <summary>The next device; null at the end.</summary>
    public async Task<Device?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _lines ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
                var line = await LineAsync(_lines, cancellationToken).ConfigureAwait(false);
                if (line is null)
                    return null;
                var device = JsonSerializer.Deserialize<Device>(line, ClientJson.Options)!;
                (_after, _repeats) = (device.Id, 0);
                return device;
            }
            // A line that is cut off has no end either, so it is no JSON.
            catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException && !cancellationToken.IsCancellationRequested)
            {
                Dispose();
                var pause = Pauses.Before(options, _repeats++, retryAfter: null) ?? throw Sender.BrokeOff(nameof(ExportDevices), exception);
                await options.Time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _answer?.Dispose();
        _lines = null;
        _answer = null;
    }

    private async Task<StreamReader> OpenAsync(CancellationToken cancellationToken)
    {
        var outgoing = OutgoingRequest.Of(filter, addsKey: false, _after);
        outgoing.StreamsAnswer = true;
        outgoing.Accept = DeviceLines.NdJson;
        _answer = await sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
        return new StreamReader(await _answer!.Content.StreamAsync(cancellationToken).ConfigureAwait(false));
    }

    private static Task<string?> LineAsync(StreamReader lines, CancellationToken cancellationToken)
    {
#if NET
        return lines.ReadLineAsync(cancellationToken).AsTask();
#else
        cancellationToken.ThrowIfCancellationRequested();
        return lines.ReadLineAsync()!;
#endif
    }
}
