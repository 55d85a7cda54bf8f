namespace PushHost.Wire;

/// <summary>Every operation of the host: the one table from which routes, documents and clients are made.</summary>
public sealed class OperationTable
{
    internal OperationTable(IReadOnlyList<Operation> all) => All = all;

    /// <summary>The operations, ordered by name.</summary>
    public IReadOnlyList<Operation> All { get; }
}
