using System.Collections;

namespace PushHost.Wire;

/// <summary>Reads a member's value as it stands in a query or path: JSV (see <see cref="JsvReader"/>) where a list has no brackets of
/// its own and plain text is taken as it is.</summary>
internal static class Jsv
{
    /// <summary>Reads a whole value of a query or path.</summary>
    /// <exception cref="JsvException">The text isn't one.</exception>
    public static object? Read(string text, TypeShape shape, string path, JsvFaults faults)
    {
        if (shape.Kind == ShapeKind.Scalar)
            return text.Length == 0 && !shape.HasEmptyText ? null : JsvReader.Parse(text, shape, path);
        if (shape.Kind == ShapeKind.List)
            return shape.MakeList(ReadEntries(text, shape, path, faults));
        if (text.Length == 0)
            return null;
        var reader = new JsvReader(text, faults);
        var value = reader.ReadValue(shape, path, "");
        reader.End(path);
        return value;
    }

    /// <summary>Reads the entries of a list at the top, with or without brackets.</summary>
    public static ArrayList ReadEntries(string text, TypeShape shape, string path, JsvFaults faults)
    {
        var entries = new ArrayList();
        if (text.Length == 0)
            return entries;
        // Where entries are lists, one bracket opens the first entry and only two open the whole.
        var bracketed = text[0] == '['
            && (shape.Element.Kind != ShapeKind.List || text is "[]" || text.StartsWith("[[", StringComparison.Ordinal));
        var reader = new JsvReader(text, faults);
        if (bracketed)
            reader.ReadBracketed(entries, shape, path);
        else
            reader.ReadCommaSeparated(entries, shape, path, "");
        reader.End(path);
        return entries;
    }
}
