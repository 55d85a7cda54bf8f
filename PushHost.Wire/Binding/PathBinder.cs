using Microsoft.AspNetCore.Http.Features;

namespace PushHost.Wire;

/// <summary>Fills a request's members from the placeholders of its route; these win over body and query.</summary>
internal sealed class PathBinder
{
    private readonly (string Name, MemberShape Member)[] _members;

    public PathBinder(OperationRoute route, TypeShape shape) =>
        _members = [.. route.Members.Select(name => (name, shape.Find(name)!))];

    public void Bind(object request, HttpContext http, JsvFaults faults)
    {
        foreach (var (name, member) in _members)
        {
            if (http.Request.RouteValues[name] is not string { Length: > 0 } value)
                continue;
            try
            {
                member.Set(request, Jsv.Read(Decode(value, http), member.Shape, member.Name, faults));
            }
            catch (JsvException exception)
            {
                faults.Add(exception.Path, exception.Message);
            }
        }
    }

    public bool IsEmpty => _members.Length == 0;

    // Kestrel decodes a path once but leaves %2F, so that segments stay apart. A %2F that was sent as %252F stands for itself.
    private static string Decode(string value, HttpContext http) =>
        value.Contains("%2F", StringComparison.OrdinalIgnoreCase)
        && http.Features.Get<IHttpRequestFeature>()?.RawTarget.Contains("%252F", StringComparison.OrdinalIgnoreCase) != true
            ? value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : value;
}
