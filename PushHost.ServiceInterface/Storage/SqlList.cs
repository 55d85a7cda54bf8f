namespace PushHost.ServiceInterface.Storage;

/// <summary>A list of numbers or texts as one parameter: <c>id IN (SELECT value FROM items(@p0))</c>.</summary>
/// <param name="Items">An array of <see cref="long"/> or <see cref="string"/>; of nullable ones where lists are read side by side.</param>
internal sealed record SqlList(Array Items)
{
    public static SqlList Of<T>(IEnumerable<T> items) => new(items as T[] ?? [.. items]);
}
