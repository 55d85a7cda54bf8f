using FluentMigrator;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>The hosts that share a database, which of them leases a batch, and the tokens that they share.</summary>
[Migration(5)]
public sealed class M0005Hosts : SqlMigration
{
    private static readonly string[] Statements =
    [
        "CREATE TABLE host (id {id}, name TEXT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)",
        "ALTER TABLE batch ADD COLUMN host BIGINT",
        "CREATE INDEX ix_batch_host ON batch (host) WHERE leased = 1",
        "CREATE TABLE shared_token (name TEXT PRIMARY KEY, value TEXT NOT NULL, made_at BIGINT NOT NULL) {by key}",
    ];

    /// <inheritdoc/>
    public override void Up() => Run(Statements);

    /// <inheritdoc/>
    public override void Down() => throw new NotSupportedException("This migration cannot be taken back: leases would lose their hosts. Restore a backup instead.");
}
