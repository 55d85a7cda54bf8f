using System.Text.RegularExpressions;

namespace PushHost.Wire;

/// <summary>A path and the verbs on which an operation answers there.</summary>
/// <param name="Template">The path as the DTO declares it, such as <c>/devices/{Id}</c> or <c>/files/{Path*}</c>.</param>
/// <param name="Verbs">In capitals, at least one.</param>
/// <param name="Summary">A line for the reader of generated documents.</param>
public sealed partial record OperationRoute(string Template, IReadOnlyList<string> Verbs, string? Summary)
{
    internal static readonly string[] AllVerbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The template in ASP.NET Core's spelling, where a wildcard is <c>{**Path}</c>.</summary>
    internal string Pattern =>
        Placeholder().Replace(Template, match => match.Groups["rest"].Success ? $"{{**{match.Groups["name"].Value}}}" : match.Value);

    /// <summary>The same for two templates that match the same paths: placeholders lose their names, literals their case.</summary>
    internal string Form =>
        Placeholder().Replace(Template, match => match.Groups["rest"].Success ? "{*}" : "{}").TrimEnd('/').ToUpperInvariant();

    /// <summary>The names of the placeholders, in order.</summary>
    internal IEnumerable<string> Members => Placeholder().Matches(Template).Select(match => match.Groups["name"].Value);

    // Typed clients write a wildcard as {Path*}, {*Path} or {**Path}.
    [GeneratedRegex(@"\{(?<rest>\*{1,2})?(?<name>\w+)(?<rest>\*)?\}")]
    private static partial Regex Placeholder();
}
