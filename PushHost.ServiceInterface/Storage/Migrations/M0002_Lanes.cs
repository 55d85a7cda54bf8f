using FluentMigrator;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>Lanes, schedules, pacing and cancelling; batches that are found by their queue; what verdicts did to devices, and what was held back.</summary>
[Migration(2)]
public sealed class M0002Lanes : SqlMigration
{
    private static readonly string[] Statements =
    [
        "ALTER TABLE notification ADD COLUMN lane SMALLINT NOT NULL DEFAULT 2",
        "ALTER TABLE notification ADD COLUMN send_at BIGINT",
        "ALTER TABLE notification ADD COLUMN per_minute INTEGER",
        "ALTER TABLE notification ADD COLUMN on_unknown SMALLINT NOT NULL DEFAULT 1",
        "ALTER TABLE notification ADD COLUMN cancelled_at BIGINT",
        // How many devices its verdicts switched off, and how many verdicts the brake held back.
        "ALTER TABLE notification ADD COLUMN deactivated BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE notification ADD COLUMN held BIGINT NOT NULL DEFAULT 0",
        // Up to when the batches of a paced notification are due already.
        "ALTER TABLE notification ADD COLUMN paced_until BIGINT",
        "CREATE INDEX ix_notification_scheduled ON notification (send_at, id) WHERE state = 1",
        "CREATE INDEX ix_notification_completed ON notification (completed_at, id) WHERE completed_at IS NOT NULL",

        "ALTER TABLE batch ADD COLUMN app BIGINT NOT NULL DEFAULT 1",
        "ALTER TABLE batch ADD COLUMN lane SMALLINT NOT NULL DEFAULT 2",
        "ALTER TABLE batch ADD COLUMN not_after BIGINT NOT NULL DEFAULT 0",
        "UPDATE batch SET app = (SELECT app FROM notification WHERE notification.id = batch.notification), "
        + "not_after = (SELECT not_after FROM notification WHERE notification.id = batch.notification)",
        // A queue's name has no gaps, so that queues can be walked through by their index.
        "UPDATE batch SET environment = '' WHERE environment IS NULL",
        "DROP INDEX ix_batch_due",
        "CREATE INDEX ix_batch_queue ON batch (lane, app, provider, environment, due_at, id, not_after) WHERE done = 0",

        // The batch that a recipient was moved to, when it is tried elsewhere than with its first batch.
        "ALTER TABLE delivery ADD COLUMN batch BIGINT",

        "ALTER TABLE device ADD COLUMN deactivated_by BIGINT",
        "CREATE INDEX ix_device_deactivated_by ON device (deactivated_by) WHERE deactivated_by IS NOT NULL",
        "CREATE INDEX ix_device_resting ON device (app, state, state_since) WHERE state <> 1",
        """
        CREATE TABLE held_verdict (
            notification BIGINT NOT NULL,
            device BIGINT NOT NULL,
            registration_id TEXT NOT NULL,
            state SMALLINT NOT NULL,
            reason TEXT NOT NULL,
            since BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (notification, device))
        """,
    ];

    /// <inheritdoc/>
    public override void Up() => Run(Statements);

    /// <inheritdoc/>
    public override void Down() =>
        throw new NotSupportedException("This migration cannot be taken back: batches would lose their lanes. Restore a backup instead.");
}
