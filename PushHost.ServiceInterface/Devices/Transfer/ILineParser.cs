using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Reads the records of one format.</summary>
internal interface ILineParser
{
    /// <summary>Reads a record; null, with a fault, when it cannot be read.</summary>
    ImportLine? Parse(ReadOnlySpan<byte> record, Validation validation);
}
