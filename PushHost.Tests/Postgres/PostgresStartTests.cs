using Npgsql;
using NUnit.Framework;
using PushHost.ServiceInterface.Storage;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Postgres;

/// <summary>A database that a host cannot use stops its start, and says why.</summary>
public sealed class PostgresStartTests
{
    [Test]
    public void A_user_who_may_make_no_tables_is_told_so_with_the_setting()
    {
        var cluster = PostgresCluster.Shared;
        var name = cluster.CreateDatabase(template: "template0");
        Execute(cluster.ConnectionString(name), "CREATE ROLE visitor LOGIN");
        var visitor = new NpgsqlConnectionStringBuilder(cluster.ConnectionString(name)) { Username = "visitor" };
        using (var start = Database.Of(new StorageSettings { Provider = "postgres", ConnectionString = visitor.ConnectionString }, "/").Start())
        {
            var problem = Assert.Throws<StorageStartException>(() => start.Migrate());

            Assert.That(problem!.Message, Is.EqualTo(
                $"PushHost:Storage:ConnectionString: {visitor.Host}:{visitor.Port}/{name} cannot be used: permission denied for schema public (42501)"));
        }
        cluster.DropDatabase(name);
        Execute(cluster.ConnectionString("postgres"), "DROP ROLE visitor");
    }

    private static void Execute(string connectionString, string statement)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
