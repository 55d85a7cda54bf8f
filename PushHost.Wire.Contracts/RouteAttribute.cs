namespace PushHost.Wire;

/// <summary>Where an operation answers: a path with <c>{Member}</c> placeholders and the verbs it takes there.</summary>
/// <remarks>Placeholders carry no constraints, since typed clients fill them by name; <c>{Member*}</c> takes the rest of the path.</remarks>
/// <param name="path">Absolute, such as <c>/devices/{Id}</c>.</param>
/// <param name="verbs">One or more HTTP verbs, separated by commas, such as <c>GET</c>; null takes every verb.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RouteAttribute(string path, string? verbs = null) : Attribute
{
    /// <summary>The path, starting with a slash.</summary>
    public string Path { get; } = path;

    /// <summary>The verbs, separated by commas; null takes every verb.</summary>
    public string? Verbs { get; } = verbs;

    /// <summary>A line for the reader of generated documents.</summary>
    public string? Summary { get; set; }
}
