using System.Collections;

namespace PushHost.Wire;

/// <summary>Finds the null that JSON can put into a list or dictionary whose type has no place for one, before a service trips over
/// it.</summary>
internal static class NullEntries
{
    /// <summary>The path of the first one; null if there is none.</summary>
    public static string? Find(object? value, TypeShape shape) => value is null || !shape.MayHoldNullEntries ? null : shape.Kind switch
    {
        ShapeKind.Object => InMembers(value, shape),
        ShapeKind.List => InList((IEnumerable)value, shape.Element),
        _ => InDictionary((IDictionary)value, shape.Element),
    };

    /// <summary>Whether a type has a list or dictionary, at any depth, that could hold one.</summary>
    public static bool ArePossible(TypeShape shape, HashSet<TypeShape> visited) => visited.Add(shape) && shape.Kind switch
    {
        ShapeKind.Object => shape.Members.Any(member => ArePossible(member.Shape, visited)),
        ShapeKind.List or ShapeKind.Dictionary => IsForbidden(shape.Element) || ArePossible(shape.Element, visited),
        _ => false,
    };

    // A type that wants nulls among values says so: List<int?>. References cannot say it, so they never want them.
    private static bool IsForbidden(TypeShape element) => element.Kind != ShapeKind.Free && !element.Type.IsValueType;

    private static string? InMembers(object value, TypeShape shape)
    {
        foreach (var member in shape.Members)
        {
            if (member.Shape.MayHoldNullEntries && Find(member.Get(value), member.Shape) is { } path)
                return path.StartsWith('[') ? member.Name + path : $"{member.Name}.{path}";
        }
        return null;
    }

    private static string? InList(IEnumerable entries, TypeShape element)
    {
        var i = 0;
        foreach (var entry in entries)
        {
            if (entry is null && IsForbidden(element))
                return $"[{i}]";
            if (Find(entry, element) is { } path)
                return path.StartsWith('[') ? $"[{i}]{path}" : $"[{i}].{path}";
            i++;
        }
        return null;
    }

    private static string? InDictionary(IDictionary entries, TypeShape element)
    {
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Value is null && IsForbidden(element))
                return $"{entry.Key}";
            if (Find(entry.Value, element) is { } path)
                return path.StartsWith('[') ? entry.Key + path : $"{entry.Key}.{path}";
        }
        return null;
    }
}
