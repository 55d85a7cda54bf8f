using Microsoft.AspNetCore.Http.Features;

namespace PushHost.Wire;

/// <summary>Fills a request's members from the placeholders of its route; these win over body and query.</summary>
internal sealed class PathBinder
{
    private readonly (RoutePlaceholder Placeholder, MemberShape Member)[] _members;

    public PathBinder(OperationRoute route, TypeShape shape) =>
        _members = [.. route.Placeholders.Select(placeholder => (placeholder, shape.Find(placeholder.Name)!))];

    public bool IsEmpty => _members.Length == 0;

    public void Bind(object request, HttpContext http, JsvFaults faults)
    {
        foreach (var (placeholder, member) in _members)
        {
            if (http.Request.RouteValues[placeholder.Name] is not string { Length: > 0 } value)
                continue;
            try
            {
                member.Set(request, Jsv.Read(Text(value, placeholder, http), member, faults));
            }
            catch (JsvException exception)
            {
                faults.Add(exception.Path, exception.Message);
            }
        }
    }

    private static string Text(string value, RoutePlaceholder placeholder, HttpContext http)
    {
        if (value.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            value = Decode(value, placeholder, http);
        // /devices/5.json is /devices/5. A wildcard may take what ends so by itself, such as a token.
        return placeholder is { IsLast: true, TakesRest: false }
            && value.Length > OperationRoute.JsonSuffix.Length && value.EndsWith(OperationRoute.JsonSuffix, StringComparison.OrdinalIgnoreCase)
            ? value[..^OperationRoute.JsonSuffix.Length]
            : value;
    }

    // Kestrel decodes a path once but leaves %2F, so that segments stay apart. What was sent as %252F stands for %2F itself, which only the
    // target as it came can tell.
    private static string Decode(string value, RoutePlaceholder placeholder, HttpContext http)
    {
        var decoded = value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target?.Contains("%25", StringComparison.Ordinal) != true)
            return decoded;
        var sent = Uri.UnescapeDataString(Part(target, placeholder));
        // A target that the server had to tidy up first, such as one with dots for segments, isn't counted by slashes.
        return sent.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) == decoded ? sent : decoded;
    }

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> target, RoutePlaceholder placeholder)
    {
        if (target.IndexOf('?') is var query && query >= 0)
            target = target[..query];
        for (var slashes = 0; slashes <= placeholder.Segment; slashes++)
            target = target[(target.IndexOf('/') + 1)..];
        var end = placeholder.TakesRest ? -1 : target.IndexOf('/');
        return end < 0 ? target : target[..end];
    }
}
