using System.Collections;

namespace PushHost.Wire;

/// <summary>Reads a member's value as it stands in a query or path: JSV (see <see cref="JsvReader"/>) where a list has no brackets of
/// its own and plain text is taken as it is.</summary>
internal static class Jsv
{
    /// <summary>Reads a whole value of a query or path.</summary>
    /// <exception cref="JsvException">The text isn't one.</exception>
    public static object? Read(string text, MemberShape member, JsvFaults faults)
    {
        var shape = member.Shape;
        if (shape.Kind == ShapeKind.List)
            return shape.MakeList(ReadEntries(text, member, faults));
        if (text.Length == 0 && !shape.HasEmptyText)
            return null;
        if (shape.Kind == ShapeKind.Scalar)
            return shape.Scalar!.TryParse(text, out var scalar) ? scalar : throw new JsvException(member.Name, $"must be {shape.Expected}");
        var reader = new JsvReader(text, member.Name, faults);
        var value = reader.ReadValue(shape, "");
        reader.End();
        return value;
    }

    /// <summary>Reads the entries of a list at the top, with or without brackets.</summary>
    public static ArrayList ReadEntries(string text, MemberShape member, JsvFaults faults)
    {
        var entries = new ArrayList();
        if (text.Length == 0)
            return entries;
        // Where entries are lists, one bracket opens the first entry and only two open the whole.
        var bracketed = text[0] == '['
            && (member.Shape.Element.Kind != ShapeKind.List || text is "[]" || text.StartsWith("[[", StringComparison.Ordinal));
        var reader = new JsvReader(text, member.Name, faults);
        if (bracketed)
            reader.ReadBracketed(entries, member.Shape);
        else
            reader.ReadCommaSeparated(entries, member.Shape, ",");
        reader.End();
        return entries;
    }
}
