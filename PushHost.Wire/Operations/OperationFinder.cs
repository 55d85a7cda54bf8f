using System.Reflection;

namespace PushHost.Wire;

/// <summary>Finds services and request DTOs in assemblies and joins them into operations, noting every fault on the way.</summary>
internal sealed class OperationFinder
{
    private static readonly string[] MethodNames = ["Get", "Post", "Put", "Patch", "Delete", "Any"];

    private readonly List<string> _faults = [];

    /// <summary>The table of all operations. Faults are told all at once, so that a start needs one round of mending.</summary>
    /// <exception cref="WireConfigurationException">There is at least one fault.</exception>
    public static OperationTable Find(IEnumerable<Assembly> assemblies) =>
        Find(assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).ToList());

    /// <inheritdoc cref="Find(IEnumerable{Assembly})"/>
    public static OperationTable Find(IReadOnlyCollection<Type> types)
    {
        var finder = new OperationFinder();
        var operations = finder.Join(types);
        finder._faults.AddRange(OperationFaults.Between(operations));
        return finder._faults.Count == 0 ? new(operations) : throw new WireConfigurationException(finder._faults);
    }

    private List<Operation> Join(IReadOnlyCollection<Type> types)
    {
        var methods = types.Where(IsService).SelectMany(ServiceMethods).ToList();
        var byRequest = methods.GroupBy(method => method.GetParameters()[0].ParameterType)
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (request, several) in byRequest.Where(entry => entry.Value.Count > 1))
            _faults.Add($"{request.Name} is answered by more than one method: {string.Join(", ", several.Select(NameOf))}.");
        foreach (var orphan in types.Where(type => type.GetCustomAttributes<RouteAttribute>().Any() && !byRequest.ContainsKey(type)))
            _faults.Add($"{orphan.Name} has a route and no method that answers it.");
        return byRequest.OrderBy(entry => entry.Key.Name, StringComparer.OrdinalIgnoreCase)
            .Select(entry => ToOperation(entry.Key, entry.Value[0])).ToList();
    }

    private IEnumerable<MethodInfo> ServiceMethods(Type service)
    {
        var named = service.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => MethodNames.Contains(method.Name));
        foreach (var method in named)
        {
            if (IsServiceMethod(method))
                yield return method;
            else
                _faults.Add($"{NameOf(method)} must take one request DTO and, if it likes, a CancellationToken.");
        }
    }

    private Operation ToOperation(Type request, MethodInfo method)
    {
        var (verb, any) = VerbOf(request, method);
        var routes = request.GetCustomAttributes<RouteAttribute>()
            .Select(route => new OperationRoute(route.Path, VerbsOf(route), route.Summary)).ToList();
        if (routes.Count == 0)
            _faults.Add($"{NameOf(method)} answers {request.Name}, which has no route.");
        return new()
        {
            Name = request.Name,
            Request = request,
            Response = ResponseOf(request, method),
            Method = method,
            Verb = verb,
            TakesAnyVerb = any,
            Routes = routes,
            Scopes = method.GetCustomAttribute<RequiresScopeAttribute>()?.AnyOf,
            RefusesUnknownMembers = method.IsDefined(typeof(RefuseUnknownMembersAttribute)),
            RequestLimit = method.GetCustomAttribute<RequestLimitAttribute>()?.Bytes,
        };
    }

    private (string Verb, bool Any) VerbOf(Type request, MethodInfo method)
    {
        var marked = request switch
        {
            _ when typeof(IGet).IsAssignableFrom(request) => "GET",
            _ when typeof(IPost).IsAssignableFrom(request) => "POST",
            _ when typeof(IPut).IsAssignableFrom(request) => "PUT",
            _ when typeof(IPatch).IsAssignableFrom(request) => "PATCH",
            _ when typeof(IDelete).IsAssignableFrom(request) => "DELETE",
            _ => null,
        };
        if (method.Name == "Any")
            return (marked ?? "POST", marked is null);
        var named = method.Name.ToUpperInvariant();
        if (marked is not null && marked != named)
            _faults.Add($"{NameOf(method)} answers {request.Name}, which is marked as {marked}.");
        return (named, false);
    }

    // What the DTO promises counts; the method may keep the promise with a derived type, or stream it.
    private Type? ResponseOf(Type request, MethodInfo method)
    {
        var returned = ServiceInvoker.AnswerOf(method);
        var promised = request.GetInterfaces()
            .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReturn<>))
            ?.GetGenericArguments()[0];
        var streams = returned == typeof(StreamedAnswer) || returned == typeof(object);
        if (promised is not null && !streams && !promised.IsAssignableFrom(returned))
            _faults.Add($"{request.Name} promises {promised.Name}, but {NameOf(method)} answers {returned?.Name ?? "nothing"}.");
        if (promised is null && returned is not null && !streams && typeof(IReturnVoid).IsAssignableFrom(request))
            _faults.Add($"{request.Name} promises no answer, but {NameOf(method)} answers {returned.Name}.");
        return promised ?? returned;
    }

    private static string[] VerbsOf(RouteAttribute route)
    {
        var verbs = route.Verbs?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(verb => verb.ToUpperInvariant()).ToArray();
        return verbs is { Length: > 0 } ? verbs : OperationRoute.AllVerbs;
    }

    private static bool IsService(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(IService).IsAssignableFrom(type);

    private static bool IsServiceMethod(MethodInfo method)
    {
        var types = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        return !method.IsGenericMethod
            && types is [{ IsClass: true }] or [{ IsClass: true }, _]
            && types[0] != typeof(string)
            && (types.Length == 1 || types[1] == typeof(CancellationToken));
    }

    private static string NameOf(MethodInfo method)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType.Name);
        return $"{method.DeclaringType?.Name}.{method.Name}({string.Join(", ", parameters)})";
    }
}
