using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>One device of an audience, as planning needs it.</summary>
internal readonly record struct AudienceMember(long Device, string Provider, string? Environment);

/// <summary>Reads an audience from the device table, page by page.</summary>
internal static class AudienceQuery
{
    /// <summary>The next members in order of their id: active, of the right kind, and no one twice however many lists name it.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="app">The app.</param>
    /// <param name="audience">Whom.</param>
    /// <param name="after">Only ids above this.</param>
    /// <param name="until">Only ids up to this.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="hold">Keeps their owners from changing until the transaction ends.</param>
    public static List<AudienceMember> Page(SqlSession session, long app, AudienceSpec audience, long after, long until, int take, bool hold = false)
    {
        var where = Where(app, audience);
        where.And($"id > {after}").And($"id <= {until}");
        AndKind(where, audience.Kinds);
        if (hold)
            return Held(session, audience, where, take);
        return session.List(
            reader => new AudienceMember(reader.GetInt64(0), string.Intern(reader.GetString(1)), reader.Text(2)),
            $"SELECT id, provider, environment FROM device{where} ORDER BY id LIMIT {take}",
            where.Values);
    }

    /// <summary>How many members there are now.</summary>
    public static long Count(SqlSession session, long app, AudienceSpec audience)
    {
        var where = Where(app, audience);
        AndKind(where, audience.Kinds);
        return session.Number($"SELECT COUNT(*) FROM device{where}", where.Values) ?? 0;
    }

    // A row that another transaction held is read as that one left it, though the lists found it as it was before: whether they mean it still is asked again.
    private static List<AudienceMember> Held(SqlSession session, AudienceSpec audience, SqlWhere where, int take)
    {
        var lists = new AudienceLists(audience);
        return [.. session.List(
            reader => (
                Member: new AudienceMember(reader.GetInt64(0), string.Intern(reader.GetString(1)), reader.Text(2)),
                Meant: lists.Name(reader.GetInt64(0), reader.GetString(1), reader.GetString(3), reader.Text(4), reader.Text(5))),
            $"SELECT id, provider, environment, registration_id, user_id, device_id FROM device{where} ORDER BY id LIMIT {take} FOR SHARE",
            where.Values).Where(row => row.Meant).Select(row => row.Member)];
    }

    /// <summary>The providers of the members, whatever kind of token they have.</summary>
    public static List<string> Providers(SqlSession session, long app, AudienceSpec audience)
    {
        var where = Where(app, audience);
        return session.List(reader => string.Intern(reader.GetString(0)), $"SELECT DISTINCT provider FROM device{where}", where.Values);
    }

    private static SqlWhere Where(long app, AudienceSpec audience)
    {
        var where = new SqlWhere();
        // The plus keeps SQLite from walking an index over the app and sorting all of it: ids are wanted in order.
        where.And($"+app = {app}").And($"state = {(int)DeviceState.Active}");
        AndListed(where, app, audience);
        if (audience.Providers is { } providers)
            where.And($"provider IN {where.Items(providers)}");
        if (audience.SeenSince is { } seen)
            where.And($"last_seen_at >= {seen}");
        if (audience.Tags is { } tags)
            where.And($"{TagExpression.Parse(tags, out _)!.ToSql(where)}");
        return where;
    }

    private static void AndListed(SqlWhere where, long app, AudienceSpec audience)
    {
        if (!audience.Listed)
            return;
        var lists = new List<string>();
        if (audience.Ids is { } ids)
            lists.Add(where.Condition($"SELECT value FROM items({SqlList.Of(ids)})"));
        if (audience.UserIds is { } users)
            lists.Add(where.Condition($"SELECT id FROM device WHERE app = {app} AND user_id IN {where.Items(users)}"));
        if (audience.DeviceIds is { } installations)
            lists.Add(where.Condition($"SELECT id FROM device WHERE app = {app} AND device_id IN {where.Items(installations)}"));
        foreach (var registrations in (audience.Registrations ?? []).GroupBy(registration => registration[0], registration => registration[1]))
        {
            lists.Add(where.Condition(
                $"SELECT id FROM device WHERE app = {app} AND provider = {registrations.Key} AND token_key(registration_id) IN {where.Tokens(registrations)}"));
        }
        where.And($"id IN ({new SqlText(string.Join(" UNION ", lists))})");
    }

    private static void AndKind(SqlWhere where, IReadOnlyDictionary<string, string> kinds)
    {
        if (kinds.Values.All(kind => kind == DeviceRules.DefaultKind))
        {
            where.And($"kind = {DeviceRules.DefaultKind}");
            return;
        }
        var cases = string.Concat(kinds.Select(kind => where.Condition($" WHEN {kind.Key} THEN {kind.Value}")));
        where.And($"kind = CASE provider{new SqlText(cases)} ELSE {DeviceRules.DefaultKind} END");
    }
}
