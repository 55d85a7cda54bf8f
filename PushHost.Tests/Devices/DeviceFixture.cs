using NUnit.Framework;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Devices;

/// <summary>Tests with a database of their own.</summary>
[OnBothDatabases]
public abstract class DeviceFixture
{
    private TestDatabase _db = null!;

    private protected TestDatabase Db => _db;

    [SetUp]
    public async Task StartAsync() => _db = await TestDatabase.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _db.DisposeAsync();
}
