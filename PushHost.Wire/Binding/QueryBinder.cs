using System.Collections;

namespace PushHost.Wire;

/// <summary>Fills a request's members from its query string.</summary>
internal static class QueryBinder
{
    /// <summary>How many keys a query may have.</summary>
    public const int MaxKeys = 1000;

    // Typed clients add these to any request.
    private static readonly string[] Allowed = ["version", "sessionId", "jsconfig"];

    // Asks for a format of the answer, where the request has no member of this name.
    private const string Format = "format";

    /// <param name="taken">Members that the body gave, which win.</param>
    public static void Bind(object request, TypeShape shape, string query, HashSet<MemberShape>? taken, JsvFaults faults)
    {
        var text = new QueryText(query);
        var keys = 0;
        Dictionary<MemberShape, ArrayList>? lists = null;
        HashSet<MemberShape>? seen = null;
        while (text.Next())
        {
            if (++keys > MaxKeys)
                throw RequestException.Validation("", "TooMany", $"The query has more than {MaxKeys} keys.");
            if (text.IsMalformed)
            {
                faults.Add(text.Key, "isn't percent-encoded UTF-8");
                continue;
            }
            if (shape.Find(text.Key) is not { } member)
            {
                Leave(text.Key, text.Value, faults);
                continue;
            }
            if (text.Value is null || taken?.Contains(member) == true)
                continue;
            try
            {
                if (member.Shape.Kind == ShapeKind.List)
                    Add(lists ??= [], member, Jsv.ReadEntries(text.Value, member, faults));
                else if ((seen ??= []).Add(member))
                    Assign(request, member, Jsv.Read(text.Value, member, faults));
                else
                    faults.Add(member.Name, "must not be given twice");
            }
            catch (JsvException exception)
            {
                faults.Add(exception.Path, exception.Message);
            }
        }
        foreach (var (member, entries) in lists ?? [])
            member.Set(request, member.Shape.MakeList(entries));
    }

    private static void Leave(string key, string? value, JsvFaults faults)
    {
        if (key.Equals(Format, StringComparison.OrdinalIgnoreCase))
        {
            if (value is { Length: > 0 } && !value.Equals("json", StringComparison.OrdinalIgnoreCase))
                faults.Add(Format, "must be json, which is the one format of this answer");
        }
        else if (!Allowed.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            faults.Unknown(new(key), key);
        }
    }

    // Nothing where a value must be is taken as not given.
    private static void Assign(object request, MemberShape member, object? value)
    {
        if (value is not null || member.Shape.TakesNull)
            member.Set(request, value);
    }

    // tags=a&tags=b,c is one list.
    private static void Add(Dictionary<MemberShape, ArrayList> lists, MemberShape member, ArrayList entries)
    {
        if (lists.TryGetValue(member, out var earlier))
            earlier.AddRange(entries);
        else
            lists[member] = entries;
    }
}
