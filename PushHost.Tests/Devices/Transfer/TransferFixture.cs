using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Devices.Transfer;
using PushHost.ServiceModel;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.Devices.Transfer;

/// <summary>Imports into and exports from a database of its own.</summary>
public abstract class TransferFixture : DeviceFixture
{
    private protected Task<ImportReport> ImportAsync(params string[] lines) => ImportAsync(TransferFormat.NdJson, string.Join('\n', lines));

    private protected Task<ImportReport> ImportCsvAsync(params string[] lines) => ImportAsync(TransferFormat.Csv, string.Join("\r\n", lines));

    private protected Task<ImportReport> ImportAsync(TransferFormat format, string text) => ImportAsync(Db, format, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private protected static Task<ImportReport> ImportAsync(TestDatabase db, TransferFormat format, Stream stream) =>
        new DeviceImport(db.App, db.Providers, db.Database, db.Writer, db.Time, NullLogger.Instance).RunAsync(stream, format, CancellationToken.None);

    private protected async Task<string> ExportAsync(TransferFormat format, ExportDevices? request = null, long after = 0)
    {
        using var stream = new MemoryStream();
        await Export(request, after).WriteAsync(stream, format, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private protected DeviceExport Export(ExportDevices? request = null, long after = 0) => new(
        Db.Database, id => DeviceSelection.From(request ?? new ExportDevices(), Db.App.Id, Db.Providers, new Validation()).And($"id > {id}"), after);

    private protected static string Line(object members) => JsonSerializer.Serialize(members);

    private protected static string Errors(ImportReport report) => string.Join("; ", report.Errors.Select(error => $"{error.Line} {error.ErrorCode}"));
}
