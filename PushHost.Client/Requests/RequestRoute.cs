using System.Text.RegularExpressions;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>A path with <c>{Member}</c> placeholders, such as <c>/devices/{Id}</c>.</summary>
internal sealed class RequestRoute(RouteAttribute route)
{
    private static readonly Regex Placeholder = new(@"\{\**(\w+)\**\}", RegexOptions.CultureInvariant);

    public int Placeholders { get; } = route.Path.Count(character => character == '{');

    public bool Takes(string verb) =>
        route.Verbs is not { Length: > 0 } verbs || verbs.Split(',').Any(one => one.Trim().Equals(verb, StringComparison.OrdinalIgnoreCase));

    /// <summary>The path with its placeholders filled, without the slash at its start; null where a member that it needs isn't given, or
    /// would not reach the host as it is.</summary>
    /// <param name="members">The request's members as text.</param>
    /// <param name="used">The members that stand in the path.</param>
    public string? Fill(IReadOnlyDictionary<string, string> members, out HashSet<string> used)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        used = names;
        var complete = true;
        var path = Placeholder.Replace(route.Path, match =>
        {
            var name = match.Groups[1].Value;
            names.Add(name);
            if (members.TryGetValue(name, out var value) && TravelsInPath(value))
                return Uri.EscapeDataString(value);
            complete = false;
            return "";
        });
        return complete ? path.TrimStart('/') : null;
    }

    // Proxies rewrite encoded slashes, and every URL parser swallows segments that are only dots.
    private static bool TravelsInPath(string value) => value.Length > 0 && value.IndexOfAny(['/', '\\']) < 0 && value.Trim('.').Length > 0;
}
