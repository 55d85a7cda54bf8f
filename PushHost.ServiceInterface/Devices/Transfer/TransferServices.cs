using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Security;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Takes devices in and gives them out in bulk.</summary>
internal sealed class TransferServices(
    PushProviders providers, Database database, DatabaseWriter writer, Caller caller, OperationContext context, TimeProvider time,
    ILogger<TransferServices> logger) : IService
{
    [RequiresScope(Scopes.Devices)]
    [Fails(ErrorCodes.NotFound)]
    [RequestLimit(-1)]
    public Task<ImportReport> Post(ImportDevices request, CancellationToken cancellationToken)
    {
        var app = caller.App(request.AppId);
        var format = TransferFormats.OfBody(context.Http.Request);
        return new DeviceImport(app, providers, database, writer, time, logger).RunAsync(request.RequestStream!, format, cancellationToken);
    }

    /// <summary>An export is all that the filter selects, in order of the id; <c>after</c> takes up one that broke off.</summary>
    [RequiresScope(Scopes.Devices)]
    [Fails(Faults.UnknownProvider, ErrorCodes.NotFound)]
    public StreamedAnswer Get(ExportDevices request)
    {
        var app = caller.App(request.AppId);
        var validation = new Validation();
        var format = TransferFormats.OfName(request.Format, validation);
        RefusePages(request, validation);
        DeviceSelection.From(request, app.Id, providers, validation);
        validation.ThrowIfFaulty();

        var export = new DeviceExport(
            database, after => DeviceSelection.From(request, app.Id, providers, validation).And($"id > {after}"), request.After ?? 0);
        var isCsv = format == TransferFormat.Csv;
        return new StreamedAnswer(
            isCsv ? $"{TransferFormats.CsvType}; charset=utf-8" : TransferFormats.NdJsonType,
            (stream, cancellationToken) => export.WriteAsync(stream, format, cancellationToken))
        {
            FileName = isCsv ? "devices.csv" : "devices.ndjson",
        };
    }

    // Half an export that looks whole is worse than none.
    private static void RefusePages(ExportDevices request, Validation validation)
    {
        const string Why = "does not go with an export, which is whole and in order of the id; only after is taken";
        if (request.Skip is not null)
            validation.Fault("skip", "Contradiction", Why);
        if (request.Take is not null)
            validation.Fault("take", "Contradiction", Why);
        if (Paging.OrderOf(request, validation) is { Length: > 0 } order && !order.Equals("id", StringComparison.OrdinalIgnoreCase))
            validation.Fault("orderBy", "Contradiction", Why);
        if (!string.IsNullOrEmpty(request.Include))
            validation.Fault("include", "Contradiction", Why);
    }
}
