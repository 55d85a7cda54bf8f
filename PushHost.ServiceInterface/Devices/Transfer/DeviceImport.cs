using System.Data.Common;
using Microsoft.Extensions.Logging;
using PushHost.ServiceInterface.Apps;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>One import: reads records as they arrive, checks each, and writes those that are good in chunks while the next are read.</summary>
/// <remarks>At most two chunks and one record are in memory. What was written stays when the rest cannot be: importing again repeats nothing.</remarks>
internal sealed class DeviceImport(App app, PushProviders providers, Database database, DatabaseWriter writer, TimeProvider time, ILogger logger)
{
    private const int ChunkSize = 500;
    // So many new devices change how the database had best look them up.
    private const int MuchGrown = 1000;

    // What is inserted by one statement; well under the 10 ms that the writer's transactions may take.
    private const int InsertedTogether = 250;

    private readonly ImportTally _tally = new();
    private readonly long _now = time.UnixMilliseconds();
    private List<NumberedDevice> _chunk = new(ChunkSize);
    private Task<ImportedChunk> _writing = Task.FromResult(default(ImportedChunk));

    /// <summary>Reads the stream to its end.</summary>
    /// <exception cref="RequestException">400: the header of a CSV cannot be used; nothing was imported.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be written; devices before that are imported.</exception>
    public async Task<ImportReport> RunAsync(Stream stream, TransferFormat format, CancellationToken cancellationToken)
    {
        var records = new RecordReader(stream, quoted: format == TransferFormat.Csv);
        ILineParser? parser = format == TransferFormat.NdJson ? new JsonLines() : null;
        while (await records.ReadAsync(cancellationToken))
        {
            if (!records.TooLong && IsBlank(records.Record.Span))
                continue;
            if (parser is null)
            {
                parser = CsvLines.FromHeader(records.Record.Span);
                continue;
            }
            _tally.Report.Read++;
            if (Check(records, parser) is { } device)
                _chunk.Add(new NumberedDevice(records.Line, device));
            if (_chunk.Count == ChunkSize)
                await WriteChunkAsync();
        }
        await WriteChunkAsync();
        _tally.Add(await _writing);
        if (_tally.Report.Created >= MuchGrown)
        {
            await TellGrownAsync("device", cancellationToken);
            await TellGrownAsync("device_tag", cancellationToken);
        }
        return _tally.Report;
    }

    private async Task TellGrownAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            await database.HasGrownAsync(table, cancellationToken);
        }
        // The devices are imported all the same.
        catch (DbException error)
        {
            logger.StatisticsNotRenewed(table, error.Message);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> record) => record.Trim(" \t\r"u8).IsEmpty;

    private ImportedDevice? Check(RecordReader records, ILineParser parser)
    {
        var validation = new Validation();
        if (records.TooLong)
            validation.Add("", "Length", $"the line has more than {RecordReader.MaxRecord} bytes");
        else if (parser.Parse(records.Record.Span, validation) is { } line && Check(line, validation) is { } device)
            return device;
        _tally.Fail(records.Line, validation.Errors[0].ErrorCode, string.Join("; ", validation.Errors.Select(error => error.Message)));
        return null;
    }

    private ImportedDevice? Check(ImportLine line, Validation validation)
    {
        if (!string.IsNullOrEmpty(line.AppId) && line.AppId != app.Name)
            validation.Add("appId", "Contradiction", $"appId is '{DeviceRules.Short(line.AppId)}', and the import is for '{app.Name}'");
        var reason = DeviceRules.Text("deactivationReason", line.DeactivationReason, 255, validation);
        if (DeviceRules.Whole(line, providers, _now, validation) is not { } device || validation.Errors.Count > 0)
            return null;
        return new ImportedDevice
        {
            App = app.Id,
            Provider = device.Provider,
            RegistrationId = device.RegistrationId,
            Values = device.Values,
            Sequence = line.Sequence,
            CreatedAt = UntilNow(line.CreatedAt),
            RegisteredAt = UntilNow(line.RegisteredAt),
            Reason = reason,
            DeactivatedAt = UntilNow(line.DeactivatedAt),
        };
    }

    // A clock that is ahead elsewhere must not outlive the verdicts of gateways here.
    private long? UntilNow(DateTimeOffset? moment) => moment is { } given ? Math.Clamp(given.ToUnixTimeMilliseconds(), 0, _now) : null;

    private async Task WriteChunkAsync()
    {
        _tally.Add(await _writing);
        _writing = WriteAsync(_chunk);
        _chunk = new List<NumberedDevice>(ChunkSize);
    }

    private async Task<ImportedChunk> WriteAsync(List<NumberedDevice> chunk)
    {
        var written = new ImportedChunk(0, 0, []);
        if (writer.TakesColumns)
        {
            var known = await WriteNewAsync(chunk);
            written = written with { Created = chunk.Count - known.Count };
            chunk = known;
        }
        var devices = chunk.ConvertAll(numbered => numbered.Device);
        for (var first = 0; first < devices.Count;)
        {
            var from = first;
            try
            {
                var piece = await writer.WriteAsync(WriteLane.Engine, session => ImportTransaction.Run(session, devices, from, _now));
                written = written with { Created = written.Created + piece.Created, Updated = written.Updated + piece.Updated };
                first += piece.Created + piece.Updated;
            }
            // The database refuses one of the devices, and undid all of the piece: taken singly, only that one fails.
            catch (Exception error) when (error is not StorageUnavailableException)
            {
                return await WriteSinglyAsync(chunk, first, written);
            }
        }
        return written;
    }

    /// <summary>Inserts what is new by few statements, and returns the rest, in its order.</summary>
    private async Task<List<NumberedDevice>> WriteNewAsync(List<NumberedDevice> chunk)
    {
        var rest = new List<NumberedDevice>();
        foreach (var piece in chunk.Chunk(InsertedTogether))
        {
            try
            {
                var devices = Array.ConvertAll(piece, numbered => numbered.Device);
                var inserted = await writer.WriteAsync(WriteLane.Engine, session => ImportTransaction.RunNew(session, devices, _now));
                rest.AddRange(piece.Where((_, i) => !inserted.Contains(i)));
            }
            // One that the database refuses undid them all: it is found when they are taken singly.
            catch (Exception error) when (error is not StorageUnavailableException)
            {
                rest.AddRange(piece);
            }
        }
        return rest;
    }

    private async Task<ImportedChunk> WriteSinglyAsync(List<NumberedDevice> chunk, int first, ImportedChunk written)
    {
        foreach (var (line, device) in chunk.Skip(first))
        {
            try
            {
                var created = await writer.WriteAsync(WriteLane.Engine, session => ImportTransaction.Run(session, device, _now));
                written = created ? written with { Created = written.Created + 1 } : written with { Updated = written.Updated + 1 };
            }
            catch (Exception error) when (error is not StorageUnavailableException)
            {
                logger.ImportedLineRefused(line, error);
                written.Refused!.Add(line);
            }
        }
        return written;
    }

    private readonly record struct NumberedDevice(long Line, ImportedDevice Device);
}
