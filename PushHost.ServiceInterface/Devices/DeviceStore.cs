using System.Data.Common;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Devices;

/// <summary>The statements over <c>device</c>, its tags and tombstones that registration needs; SQL text, since these are the hot ones.</summary>
/// <remarks>What a writer finds, it holds until its transaction ends, so that nobody changes it between the finding and the writing. A reader holds nothing.</remarks>
internal static class DeviceStore
{
    private const string Columns =
        "id, app, provider, kind, registration_id, device_id, name, user_id, owner_epoch, state, reason, state_since, replaced_by, tags, "
        + "locale, time_zone, environment, bundle_id, app_version, attributes, provider_data, sequence, created_at, registered_at, last_seen_at, last_accepted_at, "
        + "deactivated_by, rejected_in";

    public static DeviceRow? Find(SqlSession session, long id) =>
        session.First(Read, $"SELECT {Columns} FROM device WHERE id = @p0 FOR UPDATE", id);

    public static DeviceRow? Find(SqlSession session, long app, string provider, string registrationId) =>
        session.First(
            Read,
            $"SELECT {Columns} FROM device WHERE app = @p0 AND provider = @p1 AND token_key(registration_id) = token_key(@p2) FOR UPDATE",
            app, provider, registrationId);

    /// <summary>The row that holds an installation's token of one kind: the same owner's first, then the one registered last.</summary>
    public static DeviceRow? FindHolder(SqlSession session, long app, string provider, string kind, string deviceId, string? userId) =>
        session.First(
            Read,
            $"SELECT {Columns} FROM device WHERE app = @p0 AND device_id = @p1 AND provider = @p2 AND kind = @p3 "
            + "ORDER BY CASE WHEN COALESCE(user_id, '') = COALESCE(@p4, '') THEN 0 ELSE 1 END, registered_at DESC, id LIMIT 1 FOR UPDATE",
            app, deviceId, provider, kind, userId);

    public static List<DeviceRow> OfUser(SqlSession session, long app, string userId) =>
        session.List(Read, $"SELECT {Columns} FROM device WHERE app = @p0 AND user_id = @p1 ORDER BY id FOR UPDATE", app, userId);

    /// <summary>Lets one transaction at a time register or log out a token, known or not.</summary>
    public static void LockToken(SqlSession session, long app, string provider, string registrationId) =>
        session.Lock("token", $"{app}", provider, registrationId);

    /// <summary>A page of the devices that a condition selects.</summary>
    public static List<DeviceRow> Page(SqlSession session, SqlWhere where, string orderBy, int take, int skip) =>
        session.List(Read, $"SELECT {Columns} FROM device{where} ORDER BY {orderBy} LIMIT {take} OFFSET {skip}", where.Values);

    public static long Count(SqlSession session, SqlWhere where) => session.Number($"SELECT COUNT(*) FROM device{where}", where.Values) ?? 0;

    /// <summary>Inserts the row and its tags and sets its id.</summary>
    public static void Insert(SqlSession session, DeviceRow row)
    {
        row.Id = session.Number(
            "INSERT INTO device (app, provider, kind, registration_id, device_id, name, user_id, owner_epoch, state, reason, state_since, replaced_by, tags, "
            + "locale, time_zone, environment, bundle_id, app_version, attributes, provider_data, sequence, created_at, registered_at, last_seen_at) "
            + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23) "
            + "RETURNING id",
            row.App, row.Provider, row.Kind, row.RegistrationId, row.DeviceId, row.Name, row.UserId, row.OwnerEpoch, (int)row.State, row.Reason,
            row.StateSince, row.ReplacedBy, row.Tags, row.Locale, row.TimeZone, row.Environment, row.BundleId, row.AppVersion, row.Attributes,
            row.ProviderData, row.Sequence, row.CreatedAt, row.RegisteredAt, row.LastSeenAt)!.Value;
        InsertTags(session, row);
    }

    /// <summary>Writes the row as it is now; its tags only where they changed. The owner epoch rises where the owner is another than before.</summary>
    public static void Update(SqlSession session, DeviceRow row, string? tagsBefore)
    {
        row.OwnerEpoch = session.Number(
            "UPDATE device SET kind = @p1, registration_id = @p2, device_id = @p3, name = @p4, user_id = @p5, state = @p6, reason = @p7, "
            + "state_since = @p8, replaced_by = @p9, tags = @p10, locale = @p11, time_zone = @p12, environment = @p13, bundle_id = @p14, app_version = @p15, "
            + "attributes = @p16, provider_data = @p17, sequence = @p18, registered_at = @p19, last_seen_at = @p20, "
            + "deactivated_by = @p21, rejected_in = @p22, "
            + "owner_epoch = CASE WHEN user_id IS DISTINCT FROM @p5 THEN last_notification() ELSE owner_epoch END "
            + "WHERE id = @p0 RETURNING owner_epoch",
            row.Id, row.Kind, row.RegistrationId, row.DeviceId, row.Name, row.UserId, (int)row.State, row.Reason, row.StateSince,
            row.ReplacedBy, row.Tags, row.Locale, row.TimeZone, row.Environment, row.BundleId, row.AppVersion, row.Attributes, row.ProviderData,
            row.Sequence, row.RegisteredAt, row.LastSeenAt, row.DeactivatedBy, row.RejectedIn) ?? row.OwnerEpoch;
        if (row.Tags == tagsBefore)
            return;
        session.Execute("DELETE FROM device_tag WHERE device = @p0", row.Id);
        InsertTags(session, row);
    }

    public static void Delete(SqlSession session, long id)
    {
        session.Execute("DELETE FROM device_tag WHERE device = @p0", id);
        session.Execute("DELETE FROM device WHERE id = @p0", id);
    }

    /// <summary>Leaves a tombstone for the row's token; a sequence that is known already never falls.</summary>
    public static void Bury(SqlSession session, DeviceRow row, long? sequence, long now) =>
        Bury(session, row.App, row.Provider, row.RegistrationId, row.UserId, sequence, now);

    /// <inheritdoc cref="Bury(SqlSession, DeviceRow, long?, long)"/>
    public static void Bury(SqlSession session, long app, string provider, string registrationId, string? userId, long? sequence, long now) =>
        session.Execute(
            "INSERT INTO tombstone (app, provider, registration_id, user_id, sequence, created_at) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) "
            + "ON CONFLICT (app, provider, token_key(registration_id)) DO UPDATE SET user_id = excluded.user_id, created_at = excluded.created_at, "
            + "sequence = CASE WHEN tombstone.sequence IS NULL OR excluded.sequence > tombstone.sequence THEN excluded.sequence ELSE tombstone.sequence END",
            app, provider, registrationId, userId, sequence, now);

    /// <summary>The sequence of the token's tombstone; null when there is none or it has none.</summary>
    public static long? TombstoneSequence(SqlSession session, long app, string provider, string registrationId) =>
        session.Number("SELECT sequence FROM tombstone WHERE app = @p0 AND provider = @p1 AND token_key(registration_id) = token_key(@p2)", app, provider, registrationId);

    private static void InsertTags(SqlSession session, DeviceRow row)
    {
        if (row.Tags is null)
            return;
        foreach (var tag in row.Tags.Split(' '))
            session.Execute("INSERT INTO device_tag (device, tag) VALUES (@p0, @p1)", row.Id, tag);
    }

    private static DeviceRow Read(DbDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        App = reader.GetInt64(1),
        Provider = reader.GetString(2),
        Kind = reader.GetString(3),
        RegistrationId = reader.GetString(4),
        DeviceId = reader.Text(5),
        Name = reader.Text(6),
        UserId = reader.Text(7),
        OwnerEpoch = reader.GetInt64(8),
        State = (DeviceState)reader.GetInt32(9),
        Reason = reader.Text(10),
        StateSince = reader.Number(11),
        ReplacedBy = reader.Number(12),
        Tags = reader.Text(13),
        Locale = reader.Text(14),
        TimeZone = reader.Text(15),
        Environment = reader.Text(16),
        BundleId = reader.Text(17),
        AppVersion = reader.Text(18),
        Attributes = reader.Text(19),
        ProviderData = reader.Text(20),
        Sequence = reader.Number(21),
        CreatedAt = reader.GetInt64(22),
        RegisteredAt = reader.GetInt64(23),
        LastSeenAt = reader.Number(24),
        LastAcceptedAt = reader.Number(25),
        DeactivatedBy = reader.Number(26),
        RejectedIn = reader.Text(27),
    };
}
