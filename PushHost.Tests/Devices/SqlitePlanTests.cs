using System.Globalization;
using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Devices;

/// <summary>How SQLite, which keeps no statistics here, walks the device table.</summary>
[TestFixture]
public sealed class SqlitePlanTests : DeviceFixture
{
    [TestCase("", "PRIMARY KEY (rowid>?)")]
    [TestCase("provider", "PRIMARY KEY (rowid>?)")]
    [TestCase("ids", "PRIMARY KEY (rowid=?)")]
    [TestCase("userId", "ix_device_user (app=? AND user_id=? AND rowid>?)")]
    [TestCase("deviceId", "ix_device_device_id (app=? AND device_id=? AND rowid>?)")]
    public void A_page_is_read_along_the_ids_or_an_index_that_finds_few(string given, string plan)
    {
        var filter = new QueryDevices
        {
            Provider = given == "provider" ? "test" : null,
            Ids = given == "ids" ? [1] : null,
            UserId = given == "userId" ? "u" : null,
            DeviceId = given == "deviceId" ? "d" : null,
        };
        var where = DeviceSelection.From(filter, Db.App.Id, Db.Providers, new Validation()).And($"id > {0L}");
        using var session = Db.Database.Read();
        var steps = session.List(reader => reader.GetString(3), string.Create(CultureInfo.InvariantCulture, $"EXPLAIN QUERY PLAN SELECT * FROM device{where} ORDER BY id LIMIT 10"), where.Values);

        Assert.That(steps, Has.Some.EndsWith(plan));
        Assert.That(steps, Has.None.Contains("USE TEMP B-TREE"));
    }
}
