using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>What became of a chunk.</summary>
/// <param name="Created">Devices that were new.</param>
/// <param name="Updated">Devices that were known.</param>
/// <param name="Refused">The lines of those that the database refused; null is none.</param>
internal readonly record struct ImportedChunk(long Created, long Updated, List<long>? Refused);

/// <summary>Sums up an import. Not thread-safe.</summary>
internal sealed class ImportTally
{
    private const int MaxErrors = 1000;

    public ImportReport Report { get; } = new();

    public void Add(ImportedChunk chunk)
    {
        Report.Created += chunk.Created;
        Report.Updated += chunk.Updated;
        foreach (var line in chunk.Refused ?? [])
            Fail(line, ErrorCodes.InternalError, "the database refused this device; the host's log says why");
    }

    public void Fail(long line, string code, string message)
    {
        Report.Failed++;
        if (Report.Errors.Count < MaxErrors)
            Report.Errors.Add(new ImportError { Line = line, ErrorCode = code, Message = message });
    }
}
