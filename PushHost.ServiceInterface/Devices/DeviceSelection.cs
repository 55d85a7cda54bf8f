using PushHost.Providers;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceInterface.Providers;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Turns the filters of a request into a condition over <c>device</c>.</summary>
internal static class DeviceSelection
{
    // As long as a token. SQLite compares with no pattern of more than 50,000 bytes.
    private const int MaxSearch = 4096;

    /// <summary>Checks a filter and gives its condition.</summary>
    /// <param name="filter">What the caller asked for.</param>
    /// <param name="app">The app.</param>
    /// <param name="providers">For the provider's name and canonical tokens.</param>
    /// <param name="validation">Takes the faults.</param>
    public static SqlWhere From(DeviceFilter filter, long app, PushProviders providers, Validation validation)
    {
        if (filter.Search?.Length > MaxSearch)
            validation.Fault("search", "Length", $"has {filter.Search.Length} characters, and takes {MaxSearch}");
        validation.NoControls("search", filter.Search);
        validation.NoControls("kind", filter.Kind);
        validation.NoControls("userId", filter.UserId);
        validation.NoControls("deviceId", filter.DeviceId);
        validation.NoControls("registrationId", filter.RegistrationId);
        // Without statistics SQLite would rather sort all of an app's devices for every page than walk along the ids; the plus keeps
        // it from looking for the app in an index. Where an index finds few devices, the app is its first column.
        var hasIndex = filter is { UserId.Length: > 0 } or { DeviceId.Length: > 0 } or { RegistrationId.Length: > 0 };
        var where = hasIndex ? new SqlWhere().And($"app = {app}") : new SqlWhere().And($"+app = {app}");
        var provider = filter.Provider is { Length: > 0 } name ? providers.Named(name, "provider", validation) : null;
        if (filter.Ids is { } ids)
            where.And($"id IN {where.Items(ids)}");
        if (filter.RegistrationId is { Length: > 0 } token)
            where.And($"token_key(registration_id) IN {where.Tokens(Spellings(token, provider, providers))}");
        if (filter.Tags is { Length: > 0 } text)
            AndTags(where, text, validation);
        if (filter.Search is { Length: > 0 } search)
        {
            var part = $"%{Escape(search)}%";
            where.And($@"name ILIKE {part} ESCAPE '\' OR user_id ILIKE {part} ESCAPE '\' OR registration_id ILIKE {Escape(search) + "%"} ESCAPE '\'");
        }
        return where
            .AndIf(provider is not null, $"provider = {provider?.Name}")
            .AndIf(filter.Kind is { Length: > 0 }, $"kind = {filter.Kind}")
            .AndIf(filter.UserId is { Length: > 0 }, $"user_id = {filter.UserId}")
            .AndIf(filter.DeviceId is { Length: > 0 }, $"device_id = {filter.DeviceId}")
            .AndIf(filter.State is not null, $"state = {(int?)filter.State}")
            .AndIf(filter.IsActive == true, $"state = {(int)DeviceState.Active}")
            .AndIf(filter.IsActive == false, $"state <> {(int)DeviceState.Active}")
            .AndIf(filter.RegisteredBefore is not null, $"registered_at > 0 AND registered_at < {filter.RegisteredBefore?.ToUnixTimeMilliseconds()}")
            .AndIf(filter.RegisteredAfter is not null, $"registered_at >= {filter.RegisteredAfter?.ToUnixTimeMilliseconds()}")
            .AndIf(filter.SeenBefore is not null, $"last_seen_at < {filter.SeenBefore?.ToUnixTimeMilliseconds()}")
            .AndIf(filter.SeenAfter is not null, $"last_seen_at >= {filter.SeenAfter?.ToUnixTimeMilliseconds()}");
    }

    /// <summary>Adds a tag expression, or the fault in it.</summary>
    public static void AndTags(SqlWhere where, string text, Validation validation, string field = "tags")
    {
        var expression = TagExpression.Parse(text, out var fault);
        if (expression is null)
            validation.Fault(field, "InvalidTags", fault!);
        else
            where.And($"{expression.ToSql(where)}");
    }

    // Each provider writes a token in its own canonical form; without a provider any of them may be meant.
    private static IEnumerable<string> Spellings(string token, IPushProviderFactory? provider, PushProviders providers) =>
        (provider is null ? providers.Loaded : [provider])
            .Select(factory => factory.CheckRegistration(new RegistrationForm(token, DeviceRules.DefaultKind, null)).Canonical)
            .OfType<string>().Append(token).Distinct(StringComparer.Ordinal);

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
