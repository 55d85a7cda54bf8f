using PushHost.Wire;

namespace PushHost.ServiceInterface.Host;

/// <summary>Which page of a list was asked for.</summary>
/// <param name="Skip">Entries to pass over.</param>
/// <param name="Take">Entries to answer.</param>
/// <param name="After">Keyset paging: only entries behind this id.</param>
/// <param name="Total">Whether the number of entries in all was asked for.</param>
internal sealed record Paging(int Skip, int Take, long? After, bool Total)
{
    public const int DefaultTake = 100;
    public const int MaxTake = 1000;

    /// <summary>What a list is to be ordered by, as <c>orderBy</c> says it: <c>orderByDesc=createdAt</c> is <c>orderBy=-createdAt</c>.</summary>
    public static string? OrderOf(QueryBase request, Validation validation)
    {
        if (string.IsNullOrEmpty(request.OrderByDesc))
            return request.OrderBy;
        if (!string.IsNullOrEmpty(request.OrderBy))
            validation.Fault("orderByDesc", "Contradiction", "and orderBy exclude each other: give one of them");
        return $"-{request.OrderByDesc}";
    }

    /// <summary>Checks what a request for a list says.</summary>
    public static Paging From(QueryBase request, Validation validation)
    {
        if (request.Skip < 0)
            validation.Fault("skip", "Range", $"is {request.Skip}, and must be 0 or more");
        if (request.Take is < 1 or > MaxTake)
            validation.Fault("take", "Range", $"is {request.Take}, and must be from 1 to {MaxTake}");
        if (request.Include is { Length: > 0 } include && !include.Equals("total", StringComparison.OrdinalIgnoreCase))
            validation.Fault("include", "UnknownValue", $"is '{include}', and must be total");
        return new Paging(request.Skip ?? 0, request.Take ?? DefaultTake, request.After, request.Include is { Length: > 0 });
    }
}
