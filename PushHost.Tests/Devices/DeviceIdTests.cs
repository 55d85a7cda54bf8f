using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceModel;

namespace PushHost.Tests.Devices;

public sealed class DeviceIdTests : DeviceFixture
{
    [Test]
    public async Task A_new_token_of_a_known_installation_takes_the_old_ones_place()
    {
        var old = await Db.RegisterAsync("old", request => (request.DeviceId, request.UserId, request.Name) = ("d", "u", "n"));
        var now = await Db.RegisterAsync("new", request => (request.DeviceId, request.UserId) = ("d", "u"), byManager: false);

        Assert.That(now.Id, Is.EqualTo(old.Id));
        Assert.That(now.Name, Is.EqualTo("n"));
        Assert.That(Db.Find("old"), Is.Null);
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(1));
    }

    [Test]
    public async Task Where_the_new_token_has_a_row_it_is_merged_away()
    {
        var holder = await Db.RegisterAsync("old", request => (request.DeviceId, request.Tags) = ("d", ["kept"]));
        await Db.RegisterAsync("new", request => request.Tags = ["gone"]);

        var now = await Db.RegisterAsync("new", request => request.DeviceId = "d");

        Assert.That(now.Id, Is.EqualTo(holder.Id));
        Assert.That(now.Tags, Is.EqualTo("kept"));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(1));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_users_installation_keeps_its_token_unless_the_caller_manages_devices()
    {
        await Db.RegisterAsync("old", request => (request.DeviceId, request.UserId) = ("d", "u1"));
        await Db.RegisterAsync("new", request => (request.DeviceId, request.UserId) = ("d", "u2"), byManager: false);
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(2));

        var accepted = await Db.AcceptAsync();
        var moved = await Db.RegisterAsync("newer", request => (request.DeviceId, request.UserId) = ("d", "u3"));
        Assert.That(moved.OwnerEpoch, Is.EqualTo(accepted));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_users_row_is_preferred_to_anothers()
    {
        await Db.RegisterAsync("t1", request => (request.DeviceId, request.UserId) = ("d", "u1"), byManager: false);
        var mine = await Db.RegisterAsync("t2", request => (request.DeviceId, request.UserId) = ("d", "u2"), byManager: false);
        Db.Time.Advance(TimeSpan.FromMinutes(1));
        await Db.RegisterAsync("t1", request => (request.DeviceId, request.UserId) = ("d", "u1"), byManager: false);

        Assert.That((await Db.RegisterAsync("t3", request => (request.DeviceId, request.UserId) = ("d", "u2"))).Id, Is.EqualTo(mine.Id));
    }

    [Test]
    public async Task Another_kind_or_provider_of_the_same_installation_stands_beside()
    {
        await Db.RegisterAsync("alert", request => request.DeviceId = "d");
        await Db.RegisterAsync("voip", request => (request.DeviceId, request.Kind) = ("d", "voip"));
        await Db.RegisterAsync("fcm", request => (request.DeviceId, request.Provider) = ("d", "other"));

        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(3));
    }

    [Test]
    public async Task Tokens_of_live_activities_never_replace_each_other()
    {
        await Db.RegisterAsync("one", request => (request.DeviceId, request.Kind) = ("d", "liveActivity"));
        await Db.RegisterAsync("two", request => (request.DeviceId, request.Kind) = ("d", "liveActivity"));

        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_dead_token_of_the_installation_is_alive_again_with_its_new_token()
    {
        var old = await Db.RegisterAsync("old", request => request.DeviceId = "d");
        await Db.DeactivateAsync(old.Id, "Unregistered");

        Assert.That((await Db.RegisterAsync("new", request => request.DeviceId = "d")).State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task An_installation_that_a_caller_switched_off_stays_off_with_its_new_token()
    {
        await Db.RegisterAsync("old", request => (request.DeviceId, request.IsActive) = ("d", false));

        var now = await Db.RegisterAsync("new", request => request.DeviceId = "d");

        Assert.That((now.State, now.Reason), Is.EqualTo((DeviceState.Inactive, DeviceStates.ByCaller)));
    }
}
