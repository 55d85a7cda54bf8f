using System.Text.RegularExpressions;

namespace PushHost.Wire;

/// <summary>A path and the verbs on which an operation answers there.</summary>
/// <param name="Template">The path as the DTO declares it, such as <c>/devices/{Id}</c> or <c>/files/{Path*}</c>.</param>
/// <param name="Verbs">In capitals, at least one.</param>
/// <param name="Summary">A line for the reader of generated documents.</param>
public sealed partial record OperationRoute(string Template, IReadOnlyList<string> Verbs, string? Summary)
{
    internal const string JsonSuffix = ".json";

    internal static readonly string[] AllVerbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The template in ASP.NET Core's spelling, where a wildcard is <c>{**Path}</c>, and the same with <c>.json</c> behind it where
    /// it ends in a word of its own. A placeholder at the end takes the suffix with it (<see cref="PathBinder"/>).</summary>
    internal IEnumerable<string> Patterns =>
        WithSuffix(Placeholder().Replace(Template, match => match.Groups["rest"].Success ? $"{{**{match.Groups["name"].Value}}}" : match.Value));

    /// <summary>The verbs at its endpoint: whoever takes GET takes HEAD.</summary>
    internal IEnumerable<string> EndpointVerbs => Verbs.Contains("GET") ? Verbs.Append("HEAD") : Verbs;

    /// <summary>The same for two templates that match the same paths: placeholders lose their names, literals their case.</summary>
    internal IEnumerable<string> Forms =>
        WithSuffix(Placeholder().Replace(Template, match => match.Groups["rest"].Success ? "{*}" : "{}").TrimEnd('/').ToUpperInvariant());

    /// <summary>The placeholders, in order.</summary>
    internal IEnumerable<RoutePlaceholder> Placeholders => Placeholder().Matches(Template).Select(match => new RoutePlaceholder(
        match.Groups["name"].Value,
        Segment: Template.AsSpan(0, match.Index).Count('/') - 1,
        TakesRest: match.Groups["rest"].Success,
        IsLast: match.Index + match.Length == Template.Length));

    private IEnumerable<string> WithSuffix(string path) => path.EndsWith('}') || path.EndsWith('/') ? [path] : [path, path + JsonSuffix];

    // Typed clients write a wildcard as {Path*}, {*Path} or {**Path}.
    [GeneratedRegex(@"\{(?<rest>\*{1,2})?(?<name>\w+)(?<rest>\*)?\}")]
    private static partial Regex Placeholder();
}

/// <param name="Name">The member that it fills.</param>
/// <param name="Segment">How many segments stand before it.</param>
/// <param name="TakesRest">Whether it takes the rest of the path, slashes and all.</param>
/// <param name="IsLast">Whether the path ends with it.</param>
internal readonly record struct RoutePlaceholder(string Name, int Segment, bool TakesRest, bool IsLast);
