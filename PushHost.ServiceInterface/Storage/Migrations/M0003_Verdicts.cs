using FluentMigrator;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>What is remembered of tokens that a gateway refused, and of how many recipients a send has, so that it never switches off an abnormal share of them.</summary>
[Migration(3)]
public sealed class M0003Verdicts : SqlMigration
{
    private static readonly string[] Statements =
    [
        // The environments in which the gateway refused this token, separated by spaces.
        "ALTER TABLE device ADD COLUMN rejected_in TEXT",
        // How many recipients were planned so far; a count over batches would take long for large audiences.
        "ALTER TABLE notification ADD COLUMN planned BIGINT NOT NULL DEFAULT 0",
        "UPDATE notification SET planned = total + (SELECT COALESCE(SUM(b.total), 0) FROM batch b WHERE b.notification = notification.id)",
        "CREATE INDEX ix_notification_held ON notification (app, id) WHERE held > 0",
    ];

    /// <inheritdoc/>
    public override void Up() => Run(Statements);

    /// <inheritdoc/>
    public override void Down() =>
        throw new NotSupportedException("This migration cannot be taken back: refused tokens would be tried again. Restore a backup instead.");
}
