using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Postgres;

/// <summary>PostgreSQL plans statements for the tables that it knows of.</summary>
public sealed class StatisticsTests
{
    [Test]
    public async Task An_import_of_many_devices_is_known_to_the_server_at_once()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Storage = PostgresStorage.New });

        await host.RegisterManyAsync("apns", 2000);

        Assert.That(host.Number("SELECT reltuples::bigint FROM pg_class WHERE oid = 'device'::regclass"), Is.EqualTo(2000));
    }
}
