using System.Runtime.CompilerServices;
using PushHost.ServiceModel;

namespace PushHost.Client;

/// <summary>Devices by the million.</summary>
public sealed partial class PushHostClient
{
    /// <summary>Imports devices, which are read while they are sent. Known tokens are updated; importing does not count as registering.</summary>
    /// <param name="devices">The devices, of any number.</param>
    /// <param name="appId">The app; the key's app unless given.</param>
    /// <param name="cancellationToken">Breaks the import off; what was read until then may be stored.</param>
    /// <returns>How many there were, and what was wrong with the first 1,000 that were passed over.</returns>
    /// <exception cref="PushHostException">The host refused it, or went away. It is not repeated: importing again does no harm.</exception>
    public Task<ImportReport> ImportAsync(IAsyncEnumerable<RegisterDevice> devices, string? appId = null, CancellationToken cancellationToken = default) =>
        ImportAsync(new DeviceLines(devices, cancellationToken), appId, cancellationToken);

    /// <inheritdoc cref="ImportAsync(IAsyncEnumerable{RegisterDevice}, string, CancellationToken)"/>
    public Task<ImportReport> ImportAsync(IEnumerable<RegisterDevice> devices, string? appId = null, CancellationToken cancellationToken = default) =>
        ImportAsync(DeviceLines.OneByOne(devices), appId, cancellationToken);

    /// <summary>Imports devices from a file's lines as they are.</summary>
    /// <param name="lines">NDJSON, or CSV with a header line; read to its end and closed.</param>
    /// <param name="contentType"><c>application/x-ndjson</c> or <c>text/csv</c>.</param>
    /// <param name="appId">The app; the key's app unless given.</param>
    /// <param name="cancellationToken">Breaks the import off; what was read until then may be stored.</param>
    /// <exception cref="PushHostException">The host refused it, or went away.</exception>
    public Task<ImportReport> ImportAsync(
        Stream lines, string contentType = DeviceLines.NdJson, string? appId = null, CancellationToken cancellationToken = default) =>
        ImportAsync(DeviceLines.Of(lines, contentType), appId, cancellationToken);

    /// <summary>Reads every device that a filter selects, in order of their ids, as the host streams them.</summary>
    /// <remarks>A stream that breaks off is taken up behind the last device that arrived. <c>isActive</c> is only told where it is false.</remarks>
    /// <exception cref="ArgumentException">The filter asks for another format than NDJSON, which <see cref="OpenExportAsync"/> gives.</exception>
    /// <exception cref="PushHostException">The host refused it, or stayed away.</exception>
    public async IAsyncEnumerable<Device> ExportAsync(ExportDevices filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (filter.Format is { Length: > 0 } format && !format.Equals("ndjson", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"Format is '{format}', and devices are read from ndjson; OpenExportAsync gives other formats as they arrive.", nameof(filter));
        using var export = new DeviceExport(_sender, _options, filter);
        while (await export.NextAsync(cancellationToken).ConfigureAwait(false) is { } device)
            yield return device;
    }

    /// <summary>Opens an export as it arrives, such as to write it into a file.</summary>
    /// <returns>NDJSON or CSV, as the filter's format says; reading throws where the host goes away. Dispose it.</returns>
    /// <exception cref="PushHostException">The host refused it, or didn't answer.</exception>
    public async Task<Stream> OpenExportAsync(ExportDevices filter, CancellationToken cancellationToken = default)
    {
        var outgoing = OutgoingRequest.Of(filter, addsKey: false);
        outgoing.StreamsAnswer = true;
        outgoing.Accept = "*/*";
        var answer = await _sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
        return await answer!.Content.StreamAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImportReport> ImportAsync(HttpContent lines, string? appId, CancellationToken cancellationToken)
    {
        var outgoing = OutgoingRequest.Streaming(new ImportDevices { AppId = appId }, lines);
        using var answer = await _sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
        return await Answers.ReadAsync<ImportReport>(outgoing, answer!, cancellationToken).ConfigureAwait(false);
    }
}
