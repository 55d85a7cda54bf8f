using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Lines that are JSON objects in the wire's dialect. Unknown members are ignored.</summary>
internal sealed class JsonLines : ILineParser
{
    private static readonly WireReader<ImportLine> Lines = new("The line");

    public ImportLine? Parse(ReadOnlySpan<byte> record, Validation validation)
    {
        try
        {
            return Lines.Read(record);
        }
        catch (RequestException fault)
        {
            foreach (var error in fault.Errors)
                validation.Add(error.FieldName, error.ErrorCode, error.Message);
            if (fault.Errors.Count == 0)
                validation.Add("", fault.ErrorCode, fault.Message);
            return null;
        }
    }
}
