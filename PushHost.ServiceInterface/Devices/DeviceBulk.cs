using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Inserts many devices by one statement. Only where the database takes lists side by side (<see cref="SqlSession.TakesColumns"/>).</summary>
internal static class DeviceBulk
{
    // No join of the lists with the table: planned when that is small, it would read all of it for every list as it grows.
    private const string Insert =
        "INSERT INTO device (app, owner_epoch, provider, kind, registration_id, device_id, name, user_id, state, reason, state_since, replaced_by, tags, "
        + "locale, time_zone, environment, bundle_id, app_version, attributes, provider_data, sequence, created_at, registered_at, last_seen_at) "
        + "SELECT @p0, 0, each.* FROM unnest(@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22) each "
        + "ON CONFLICT (app, provider, token_key(registration_id)) DO NOTHING RETURNING id, provider, registration_id";

    /// <summary>Inserts those devices of one app whose tokens are not known yet, and their tags.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="rows">At least one, none twice.</param>
    /// <returns>Those that were inserted, with their ids.</returns>
    public static List<DeviceRow> InsertNew(SqlSession session, IReadOnlyList<DeviceRow> rows)
    {
        var byToken = rows.ToDictionary(row => (row.Provider, row.RegistrationId));
        var inserted = session.List(
            reader =>
            {
                var row = byToken[(reader.GetString(1), reader.GetString(2))];
                row.Id = reader.GetInt64(0);
                return row;
            },
            Insert,
            rows[0].App, Texts(row => row.Provider), Texts(row => row.Kind), Texts(row => row.RegistrationId), Texts(row => row.DeviceId), Texts(row => row.Name),
            Texts(row => row.UserId), Numbers(row => (long)row.State), Texts(row => row.Reason), Numbers(row => row.StateSince), Numbers(row => row.ReplacedBy),
            Texts(row => row.Tags), Texts(row => row.Locale), Texts(row => row.TimeZone), Texts(row => row.Environment), Texts(row => row.BundleId),
            Texts(row => row.AppVersion), Texts(row => row.Attributes), Texts(row => row.ProviderData), Numbers(row => row.Sequence),
            Numbers(row => row.CreatedAt), Numbers(row => row.RegisteredAt), Numbers(row => row.LastSeenAt));

        var tags = inserted.Where(row => row.Tags is { Length: > 0 }).SelectMany(row => row.Tags!.Split(' ').Select(tag => (row.Id, Tag: tag))).ToList();
        if (tags.Count > 0)
        {
            session.Execute(
                "INSERT INTO device_tag (device, tag) SELECT each.* FROM unnest(@p0, @p1) each",
                SqlList.Of(tags.Select(tag => tag.Id)), SqlList.Of(tags.Select(tag => (string?)tag.Tag)));
        }
        return inserted;

        SqlList Texts(Func<DeviceRow, string?> member) => SqlList.Of(rows.Select(member));
        SqlList Numbers(Func<DeviceRow, long?> member) => SqlList.Of(rows.Select(member));
    }
}
