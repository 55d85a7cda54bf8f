using FluentMigrator;

namespace PushHost.ServiceInterface.Storage.Migrations;

/// <summary>How often a gateway was silent about a recipient, where only whether it was could be told.</summary>
[Migration(6)]
public sealed class M0006Silences : SqlMigration
{
    private static readonly string[] Statements =
    [
        "ALTER TABLE delivery ADD COLUMN silences SMALLINT",
        // 6 is unknown: at least one of its attempts had no answer.
        "UPDATE delivery SET silences = 1 WHERE lapses_to = 6",
        "ALTER TABLE delivery DROP COLUMN lapses_to",
    ];

    /// <inheritdoc/>
    public override void Up() => Run(Statements);

    /// <inheritdoc/>
    public override void Down() => throw new NotSupportedException("This migration cannot be taken back: silences would no longer be counted. Restore a backup instead.");
}
