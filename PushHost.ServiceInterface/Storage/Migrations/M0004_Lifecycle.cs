using FluentMigrator;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>Leases that lapsed, cancelling without a row for each recipient, and idempotency keys that are the app's.</summary>
[Migration(4)]
public sealed class M0004Lifecycle : SqlMigration
{
    private static readonly string[] Statements =
    [
        // When the last claim was made, and when the one was made whose lease lapsed.
        "ALTER TABLE batch ADD COLUMN claimed_at BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE batch ADD COLUMN lapsed_at BIGINT NOT NULL DEFAULT 0",
        // Whether its claim must send nothing more, and how many recipients a cancel left out: these are suppressed without rows of their own.
        "ALTER TABLE batch ADD COLUMN stopped SMALLINT NOT NULL DEFAULT 0",
        "ALTER TABLE batch ADD COLUMN left_out BIGINT NOT NULL DEFAULT 0",
        "UPDATE batch SET claimed_at = due_at WHERE leased = 1",
        // Listings find recipients that have no row: those of a notification in the order of their ids, those of a device in every batch around its id.
        "CREATE INDEX ix_batch_recipients ON batch (notification, first_device, last_device) WHERE recipients IS NOT NULL",
        "CREATE INDEX ix_notification_cancelling ON notification (id) WHERE cancelled_at IS NOT NULL AND completed_at IS NULL",

        "ALTER TABLE idempotency RENAME TO idempotency_by_caller",
        "DROP INDEX ix_idempotency_created",
        """
        CREATE TABLE idempotency (
            app BIGINT NOT NULL,
            idempotency_key TEXT NOT NULL,
            request_hash {bytes} NOT NULL,
            notification BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (app, idempotency_key)) {by key}
        """,
        "CREATE INDEX ix_idempotency_created ON idempotency (created_at)",
        // Two callers' own keys of the same text become the app's one key; the newest stands.
        """
        INSERT INTO idempotency (app, idempotency_key, request_hash, notification, created_at)
        SELECT app, idempotency_key, request_hash, notification, created_at FROM idempotency_by_caller known
        WHERE NOT EXISTS (SELECT 1 FROM idempotency_by_caller other
            WHERE other.app = known.app AND other.idempotency_key = known.idempotency_key AND other.notification > known.notification)
        """,
        "DROP TABLE idempotency_by_caller",
    ];

    /// <inheritdoc/>
    public override void Up() => Run(Statements);

    /// <inheritdoc/>
    public override void Down() =>
        throw new NotSupportedException("This migration cannot be taken back: idempotency keys would lose their callers. Restore a backup instead.");
}
