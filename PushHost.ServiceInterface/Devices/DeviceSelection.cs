using LinqToDB;
using LinqToDB.Data;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Turns the filters of a request into a query.</summary>
internal static class DeviceSelection
{
    /// <summary>Checks a filter and gives what applies it.</summary>
    /// <exception cref="RequestException">400 naming what is wrong.</exception>
    public static Func<DataConnection, IQueryable<DeviceRow>> From(DeviceFilter filter, long app, PushProviders providers, Validation validation)
    {
        TagExpression? tags = null;
        if (filter.Tags is { Length: > 0 } text)
        {
            tags = TagExpression.Parse(text, out var fault);
            if (fault is not null)
                validation.Fault("tags", "InvalidTags", fault);
        }
        var provider = filter.Provider is { Length: > 0 } name ? providers.Named(name, "provider", validation)?.Name : null;
        return db => Filter(db, filter, app, provider, tags);
    }

    private static IQueryable<DeviceRow> Filter(DataConnection db, DeviceFilter filter, long app, string? provider, TagExpression? tags)
    {
        var query = db.GetTable<DeviceRow>().Where(row => row.App == app);
        if (filter.Ids is { } ids)
            query = query.Where(row => ids.Contains(row.Id));
        if (provider is not null)
            query = query.Where(row => row.Provider == provider);
        if (filter.Kind is { Length: > 0 } kind)
            query = query.Where(row => row.Kind == kind);
        if (filter.UserId is { Length: > 0 } userId)
            query = query.Where(row => row.UserId == userId);
        if (filter.DeviceId is { Length: > 0 } deviceId)
            query = query.Where(row => row.DeviceId == deviceId);
        if (filter.RegistrationId is { Length: > 0 } registrationId)
        {
            // Tokens are stored in canonical form, which for hexadecimal ones is lower case.
            var lower = registrationId.ToLowerInvariant();
            query = query.Where(row => row.RegistrationId == registrationId || row.RegistrationId == lower);
        }
        if (filter.State is { } state)
            query = query.Where(row => row.State == state);
        if (filter.IsActive is { } active)
            query = active ? query.Where(row => row.State == DeviceState.Active) : query.Where(row => row.State != DeviceState.Active);
        if (tags is not null)
            query = query.Where(tags.ToCondition(db.GetTable<DeviceTagRow>()));
        if (filter.Search is { Length: > 0 } search)
            query = query.Where(row => row.Name!.Contains(search) || row.UserId!.Contains(search) || row.RegistrationId.StartsWith(search));
        if (filter.RegisteredBefore is { } registeredBefore)
            query = Before(query, registeredBefore.ToUnixTimeMilliseconds());
        if (filter.RegisteredAfter is { } registeredAfter)
            query = After(query, registeredAfter.ToUnixTimeMilliseconds());
        if (filter.SeenBefore is { } seenBefore)
            query = SeenBefore(query, seenBefore.ToUnixTimeMilliseconds());
        if (filter.SeenAfter is { } seenAfter)
            query = SeenAfter(query, seenAfter.ToUnixTimeMilliseconds());
        return query;
    }

    private static IQueryable<DeviceRow> Before(IQueryable<DeviceRow> query, long time) => query.Where(row => row.RegisteredAt < time);

    private static IQueryable<DeviceRow> After(IQueryable<DeviceRow> query, long time) => query.Where(row => row.RegisteredAt >= time);

    private static IQueryable<DeviceRow> SeenBefore(IQueryable<DeviceRow> query, long time) => query.Where(row => row.LastSeenAt < time);

    private static IQueryable<DeviceRow> SeenAfter(IQueryable<DeviceRow> query, long time) => query.Where(row => row.LastSeenAt >= time);
}
