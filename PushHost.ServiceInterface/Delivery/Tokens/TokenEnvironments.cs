namespace PushHost.ServiceInterface.Delivery.Tokens;

/// <summary>The environments in which a gateway refused a token, as a device row keeps them: their names, separated by spaces; null for none.</summary>
internal static class TokenEnvironments
{
    public static bool Contains(string? list, string environment) => list is not null && list.Split(' ').Contains(environment);

    public static string Add(string? list, string environment) =>
        list is null ? environment : Contains(list, environment) ? list : $"{list} {environment}";

    public static string? Remove(string? list, string environment)
    {
        var left = list is null ? "" : string.Join(' ', list.Split(' ').Where(name => name != environment));
        return left.Length == 0 ? null : left;
    }
}
