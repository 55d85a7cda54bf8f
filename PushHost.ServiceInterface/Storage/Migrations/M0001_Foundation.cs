using FluentMigrator;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>Apps, keys, devices, notifications and the delivery ledger.</summary>
[Migration(1)]
public sealed class M0001Foundation : SqlMigration
{
    private static readonly string[] Statements =
    [
        """
        CREATE TABLE app (
            id {id},
            name TEXT NOT NULL UNIQUE,
            created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE api_key (
            id {id},
            app BIGINT REFERENCES app (id),
            name TEXT NOT NULL,
            prefix TEXT NOT NULL,
            hash {bytes} NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            revoked_at BIGINT)
        """,
        // Ids are never given twice, so that a planned recipient can never mean another device.
        """
        CREATE TABLE device (
            id {id},
            app BIGINT NOT NULL,
            provider TEXT NOT NULL,
            kind TEXT NOT NULL,
            registration_id TEXT NOT NULL,
            device_id TEXT,
            name TEXT,
            user_id TEXT,
            owner_epoch BIGINT NOT NULL,
            state SMALLINT NOT NULL,
            reason TEXT,
            state_since BIGINT,
            replaced_by BIGINT,
            tags TEXT,
            locale TEXT,
            time_zone TEXT,
            environment TEXT,
            bundle_id TEXT,
            app_version TEXT,
            attributes TEXT,
            provider_data TEXT,
            sequence BIGINT,
            created_at BIGINT NOT NULL,
            registered_at BIGINT NOT NULL,
            last_seen_at BIGINT,
            last_accepted_at BIGINT)
        """,
        "CREATE UNIQUE INDEX ux_device_registration ON device (app, provider, token_key(registration_id))",
        "CREATE INDEX ix_device_user ON device (app, user_id) WHERE user_id IS NOT NULL",
        "CREATE INDEX ix_device_device_id ON device (app, device_id) WHERE device_id IS NOT NULL",
        "CREATE TABLE device_tag (device BIGINT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (device, tag)) {by key}",
        "CREATE INDEX ix_device_tag_tag ON device_tag (tag, device)",
        """
        CREATE TABLE tombstone (
            app BIGINT NOT NULL,
            provider TEXT NOT NULL,
            registration_id TEXT NOT NULL,
            user_id TEXT,
            sequence BIGINT,
            created_at BIGINT NOT NULL)
        """,
        "CREATE UNIQUE INDEX ux_tombstone_registration ON tombstone (app, provider, token_key(registration_id))",
        """
        CREATE TABLE notification (
            id {id},
            app BIGINT NOT NULL,
            state SMALLINT NOT NULL,
            message TEXT NOT NULL,
            audience TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            started_at BIGINT,
            completed_at BIGINT,
            not_after BIGINT NOT NULL,
            expiry SMALLINT NOT NULL,
            plan_after BIGINT NOT NULL,
            plan_until BIGINT NOT NULL,
            total BIGINT NOT NULL,
            accepted BIGINT NOT NULL,
            failed BIGINT NOT NULL,
            expired BIGINT NOT NULL,
            suppressed BIGINT NOT NULL,
            unknown BIGINT NOT NULL,
            error TEXT)
        """,
        "CREATE INDEX ix_notification_open ON notification (state, id) WHERE state IN (2, 3, 4)",
        """
        CREATE TABLE idempotency (
            app BIGINT NOT NULL,
            caller TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            request_hash {bytes} NOT NULL,
            notification BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (app, caller, idempotency_key)) {by key}
        """,
        "CREATE INDEX ix_idempotency_created ON idempotency (created_at)",
        """
        CREATE TABLE batch (
            id {id},
            notification BIGINT NOT NULL,
            provider TEXT NOT NULL,
            environment TEXT,
            done SMALLINT NOT NULL,
            first_device BIGINT NOT NULL,
            last_device BIGINT NOT NULL,
            recipients {bytes},
            due_at BIGINT NOT NULL,
            lease_epoch BIGINT NOT NULL,
            leased SMALLINT NOT NULL,
            total BIGINT NOT NULL,
            accepted BIGINT NOT NULL,
            failed BIGINT NOT NULL,
            expired BIGINT NOT NULL,
            suppressed BIGINT NOT NULL,
            unknown BIGINT NOT NULL)
        """,
        "CREATE INDEX ix_batch_due ON batch (due_at, id) WHERE done = 0",
        "CREATE INDEX ix_batch_notification ON batch (notification, done)",
        """
        CREATE TABLE delivery (
            notification BIGINT NOT NULL,
            device BIGINT NOT NULL,
            provider TEXT NOT NULL,
            outcome SMALLINT NOT NULL,
            reason TEXT,
            gateway_message_id TEXT,
            attempts INTEGER NOT NULL,
            due_at BIGINT,
            completed_at BIGINT,
            lapses_to SMALLINT,
            PRIMARY KEY (notification, device)) {by key}
        """,
        "CREATE INDEX ix_delivery_device ON delivery (device, notification)",
    ];

    // Tokens may be longer than PostgreSQL takes into an index, so their digests are indexed there.
    private const string TokenKey =
        """
        CREATE FUNCTION token_key(token text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS $$ SELECT substr(sha256(convert_to(token, 'UTF8')), 1, 16) $$
        """;

    private const string Items =
        """
        CREATE FUNCTION items(list anyarray) RETURNS TABLE (value anyelement) LANGUAGE sql IMMUTABLE PARALLEL SAFE
        AS $$ SELECT item FROM unnest(list) item $$
        """;

    // What the sequence gave and not what is committed: a notification that is being accepted counts.
    private const string LastNotification =
        """
        CREATE FUNCTION last_notification() RETURNS bigint LANGUAGE sql VOLATILE
        AS $$ SELECT COALESCE(pg_sequence_last_value('notification_id_seq'), 0) $$
        """;

    /// <inheritdoc/>
    public override void Up()
    {
        OnPostgres(TokenKey);
        OnPostgres(Items);
        Run(Statements);
        OnPostgres(LastNotification);
    }

    /// <inheritdoc/>
    public override void Down() =>
        throw new NotSupportedException("The first migration cannot be taken back: it would delete every device. Restore a backup instead.");
}
