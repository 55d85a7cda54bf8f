namespace PushHost.Wire;

/// <summary>What can be wrong between operations, or between one and its routes, that the compiler cannot see.</summary>
internal static class OperationFaults
{
    public static IEnumerable<string> Between(IReadOnlyCollection<Operation> operations) =>
        [.. SharedNames(operations), .. SharedPaths(operations), .. operations.SelectMany(OfRequest), .. operations.SelectMany(OfRoutes)];

    private static IEnumerable<string> SharedNames(IEnumerable<Operation> operations) =>
        from operation in operations
        group operation.Request.FullName by operation.Name.ToUpperInvariant() into same
        where same.Count() > 1
        select $"{string.Join(" and ", same)} share one name, and names are told apart without regard to case.";

    private static IEnumerable<string> SharedPaths(IEnumerable<Operation> operations) =>
        (from operation in operations
         from route in operation.Routes.Concat(Predefined.RepliesTo(operation))
         from form in route.Forms
         from verb in route.Verbs
         group $"{operation.Name} ({route.Template})" by (verb, form) into same
         where same.Count() > 1
         select $"{same.Key.verb} of one path is answered by {string.Join(" and ", same)}.").Distinct();

    private static IEnumerable<string> OfRequest(Operation operation)
    {
        if (operation.Request.IsAbstract || operation.Request.GetConstructor(Type.EmptyTypes) is null)
            yield return $"{operation.Name} must be a class with a public constructor without parameters.";
    }

    private static IEnumerable<string> OfRoutes(Operation operation)
    {
        var shape = TypeShape.Of(operation.Request);
        foreach (var route in operation.Routes)
        {
            if (!route.Template.StartsWith('/'))
                yield return $"{operation.Name}'s route {route.Template} must start with a slash.";
            foreach (var member in route.Placeholders.Select(placeholder => placeholder.Name).Where(member => shape.Find(member) is null))
                yield return $"{operation.Name}'s route {route.Template} names {member}, which {operation.Name} doesn't have.";
            foreach (var verb in route.Verbs.Except(OperationRoute.AllVerbs))
                yield return $"{operation.Name}'s route {route.Template} takes {verb}; use {string.Join(", ", OperationRoute.AllVerbs)}.";
            if (!operation.TakesAnyVerb && !route.Verbs.Contains(operation.Verb))
                yield return $"{operation.Name} is a {operation.Verb}, which its route {route.Template} doesn't take.";
            if (Unparsable(route) is { } why)
                yield return $"{operation.Name}'s route {route.Template} is not a path: {why}";
        }
    }

    private static string? Unparsable(OperationRoute route)
    {
        try
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(route.Patterns.First());
            return null;
        }
        catch (Microsoft.AspNetCore.Routing.Patterns.RoutePatternException exception)
        {
            return exception.Message;
        }
    }
}
