namespace PushHost.Wire;

/// <summary>How far a batch has come. Kept with the request, so that whoever tells of an error can say which item it was.</summary>
internal sealed class BatchProgress
{
    /// <summary>The header that says how many items are done.</summary>
    public const string Header = "X-AutoBatch-Completed";

    /// <summary>The member of an error's <c>meta</c> that says which item failed, from 0.</summary>
    public const string IndexName = "AutoBatchIndex";

    /// <summary>How many items are done.</summary>
    public int Completed { get; private set; }

    /// <summary>The item at work, from 0; null while the batch is read as a whole.</summary>
    public int? Index { get; private set; }

    /// <summary>An item is being read; none is done yet.</summary>
    public void Reads(int index) => Index = index;

    /// <summary>All items were read; the first is about to be done.</summary>
    public void Begin() => Index = 0;

    /// <summary>An item is done; the next is at work.</summary>
    public void Next() => Index = ++Completed;
}
