using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Devices;

public sealed class LogoutTests : DeviceFixture
{
    private Task LogOutAsync(string token, long? sequence = null) => Db.Devices.UnregisterAsync(Db.App.Id, "test", token, sequence);

    [Test]
    public async Task A_logout_detaches_the_user_and_sends_nothing_more()
    {
        await Db.RegisterAsync("t", request => request.UserId = "u");
        var accepted = await Db.AcceptAsync();
        await LogOutAsync("t");

        var row = Db.Find("t")!;
        Assert.That((row.State, row.Reason, row.StateSince, row.UserId, row.OwnerEpoch), Is.EqualTo((DeviceState.Inactive, "logout", (long?)Db.Now, (string?)null, accepted)));
    }

    [Test]
    public async Task Another_user_may_log_in_at_once()
    {
        await Db.RegisterAsync("t", request => request.UserId = "u1");
        await LogOutAsync("t");
        var accepted = await Db.AcceptAsync();
        await Db.RegisterAsync("t", request => request.UserId = "u2");

        Assert.That(Db.Find("t"), Has.Property("State").EqualTo(DeviceState.Active).And.Property("OwnerEpoch").EqualTo(accepted));
    }

    [TestCase(9)]
    [TestCase(10)]
    public async Task A_registration_not_above_the_logouts_sequence_is_refused_and_changes_nothing(long sequence)
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", 8));
        await LogOutAsync("t", 10);

        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", sequence))))!;

        Assert.That(error.Status, Is.EqualTo(409));
        Assert.That(Db.Find("t"), Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("UserId").Null);
    }

    [Test]
    public async Task A_registration_above_the_logouts_sequence_counts()
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", 8));
        await LogOutAsync("t", 10);
        await Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", 11));

        Assert.That(Db.Find("t")!.State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task A_logout_of_an_unknown_token_refuses_the_registration_that_is_still_on_the_way()
    {
        await LogOutAsync("t", 10);

        await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync("t", request => request.Sequence = 9));
        Assert.That(Db.Find("t"), Is.Null);
    }

    [Test]
    public async Task A_late_logout_does_not_undo_a_newer_registration()
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", 10));
        await LogOutAsync("t", 9);

        Assert.That(Db.Find("t")!.State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task Registrations_that_change_places_do_not_let_a_late_logout_through()
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", 10));
        await Db.RegisterAsync("t", request => (request.UserId, request.Sequence) = ("u", 5));
        await LogOutAsync("t", 7);

        Assert.That(Db.Find("t")!.State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task The_sequence_of_a_tombstone_never_falls()
    {
        await LogOutAsync("t", 10);
        await LogOutAsync("t", 5);
        await LogOutAsync("t");

        await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync("t", request => request.Sequence = 10));
    }

    [Test]
    public async Task What_a_caller_switched_off_stays_so_through_logout_and_login()
    {
        await Db.RegisterAsync("t", request => request.IsActive = false);
        await LogOutAsync("t");
        await Db.RegisterAsync("t");

        Assert.That(Db.Find("t"), Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("Reason").EqualTo("caller"));
    }

    [Test]
    public async Task A_user_logs_out_of_all_devices_at_once()
    {
        await Db.RegisterAsync("t1", request => request.UserId = "u");
        await Db.RegisterAsync("t2", request => (request.UserId, request.Sequence) = ("u", 11));
        await Db.RegisterAsync("t3", request => request.UserId = "v");

        await Db.Devices.UnregisterUserAsync(Db.App.Id, "u", 10);

        Assert.That(Db.Find("t1")!.Reason, Is.EqualTo("logout"));
        Assert.That(Db.Find("t2")!.State, Is.EqualTo(DeviceState.Active), "it registered after this logout");
        Assert.That(Db.Find("t3")!.State, Is.EqualTo(DeviceState.Active));
        await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync("t1", request => request.Sequence = 10));
    }

    [Test]
    public async Task Delete_by_token_leaves_a_tombstone_and_delete_by_id_does_not()
    {
        var one = await Db.RegisterAsync("t1", request => request.Tags = ["a"]);
        await Db.RegisterAsync("t2");

        await Db.Devices.DeleteAsync(new DeviceKey(Db.App.Id, one.Id, null, null));
        await Db.Devices.DeleteAsync(new DeviceKey(Db.App.Id, null, "test", "t2"));

        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.Zero);
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.Zero);
        Assert.That(Db.Number("SELECT COUNT(*) FROM tombstone WHERE registration_id = 't2'"), Is.EqualTo(1));
        Assert.That(Db.Number("SELECT COUNT(*) FROM tombstone"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_not_there_cannot_be_deleted()
    {
        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.Devices.DeleteAsync(new DeviceKey(Db.App.Id, null, "test", "secret"))))!;

        Assert.That(error.Status, Is.EqualTo(404));
        Assert.That(error.Message, Does.Not.Contain("secret"));
        Assert.That(Db.Number("SELECT COUNT(*) FROM tombstone"), Is.Zero);
    }
}
