using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Devices;

public sealed class DeviceChangeTests : DeviceFixture
{
    [Test]
    public async Task A_patch_sets_what_is_given_and_does_not_count_as_registering()
    {
        var before = await Db.RegisterAsync("t", request => (request.Name, request.Tags) = ("n", ["a"]));
        Db.Time.Advance(TimeSpan.FromDays(1));
        await Db.PatchAsync(before.Id, new UpdateDevice { Locale = "fr" });

        var row = Db.Find("t")!;
        Assert.That((row.Name, row.Tags, row.Locale), Is.EqualTo(("n", "a", "fr")));
        Assert.That((row.RegisteredAt, row.LastSeenAt), Is.EqualTo((before.RegisteredAt, before.LastSeenAt)));
    }

    [Test]
    public async Task A_patch_clears_what_reset_names()
    {
        var row = await Db.RegisterAsync("t", request => (request.UserId, request.Name, request.Tags, request.Locale) = ("u", "n", ["a"], "en"));
        var accepted = await Db.AcceptAsync();
        row = await Db.PatchAsync(row.Id, new UpdateDevice { Reset = ["USERID", "tags", "name"], Name = "m" });

        Assert.That((row.UserId, row.Tags, row.Name, row.Locale, row.OwnerEpoch), Is.EqualTo(((string?)null, (string?)null, "m", "en", accepted)));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.Zero);
    }

    [TestCase("registrationId")]
    [TestCase(null)]
    public async Task What_cannot_be_cleared_is_refused(string? name)
    {
        var row = await Db.RegisterAsync("t");

        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.PatchAsync(row.Id, new UpdateDevice { Reset = ["tags", name!] })))!;

        Assert.That(error.Errors.Single().FieldName, Is.EqualTo("reset"));
    }

    [Test]
    public async Task A_new_owner_raises_the_epoch_and_the_same_again_does_not()
    {
        var id = (await Db.RegisterAsync("t", request => request.UserId = "u")).Id;

        var first = await Db.AcceptAsync();
        Assert.That((await Db.PatchAsync(id, new UpdateDevice { UserId = "u", Reset = ["userId"] })).OwnerEpoch, Is.Zero);
        Assert.That((await Db.PatchAsync(id, new UpdateDevice { UserId = "v" })).OwnerEpoch, Is.EqualTo(first));
        var second = await Db.AcceptAsync();
        Assert.That((await Db.PutAsync(id, new ReplaceDevice { UserId = "v" })).OwnerEpoch, Is.EqualTo(first));
        Assert.That((await Db.PutAsync(id, new ReplaceDevice())).OwnerEpoch, Is.EqualTo(second));
    }

    [Test]
    public async Task A_put_clears_what_is_absent()
    {
        var before = await Db.RegisterAsync("t", request =>
        {
            (request.UserId, request.Name, request.Tags, request.Locale, request.Kind, request.DeviceId) = ("u", "n", ["a"], "en", "voip", "d");
            (request.Attributes, request.ProviderData, request.AppVersion) = (new() { ["k"] = 1 }, new() { ["k"] = 1 }, "1");
        });
        await Db.PutAsync(before.Id, new ReplaceDevice { Name = "m" });

        var row = Db.Find("t")!;
        Assert.That((row.Name, row.Kind, row.RegisteredAt), Is.EqualTo(("m", "alert", before.RegisteredAt)));
        Assert.That(new object?[] { row.UserId, row.Tags, row.Locale, row.DeviceId, row.Attributes, row.ProviderData, row.AppVersion, row.LastSeenAt }, Is.All.Null);
    }

    [Test]
    public async Task A_put_switches_on_what_a_caller_switched_off_and_nothing_else()
    {
        var off = await Db.RegisterAsync("off", request => request.IsActive = false);
        var dead = await Db.RegisterAsync("dead");
        await Db.DeactivateAsync(dead.Id, "Unregistered");

        Assert.That((await Db.PutAsync(off.Id, new ReplaceDevice())).State, Is.EqualTo(DeviceState.Active));
        Assert.That((await Db.PutAsync(dead.Id, new ReplaceDevice())).Reason, Is.EqualTo("Unregistered"));
        Assert.That((await Db.PutAsync(dead.Id, new ReplaceDevice { IsActive = true })).State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task A_new_token_takes_the_olds_place_in_canonical_form()
    {
        var row = await Db.RegisterAsync("t");
        await Db.PatchAsync(row.Id, new UpdateDevice { NewRegistrationId = "NEW" });

        Assert.That(Db.Find("new")!.Id, Is.EqualTo(row.Id));
        Assert.That(Db.Find("t"), Is.Null);
    }

    [TestCase("Unregistered", DeviceState.Active)]
    [TestCase("caller", DeviceState.Inactive)]
    [TestCase("logout", DeviceState.Inactive)]
    public async Task A_new_token_takes_back_what_a_gateway_said_of_the_old_one_and_nothing_else(string reason, DeviceState state)
    {
        var row = await Db.RegisterAsync("t");
        await Db.DeactivateAsync(row.Id, reason);

        Assert.That((await Db.PatchAsync(row.Id, new UpdateDevice { NewRegistrationId = "new" })).State, Is.EqualTo(state));
    }

    [Test]
    public async Task A_new_token_that_another_device_has_is_a_conflict()
    {
        var row = await Db.RegisterAsync("t", request => request.Name = "n");
        await Db.RegisterAsync("taken");

        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.PatchAsync(row.Id, new UpdateDevice { NewRegistrationId = "TAKEN", Name = "m" })))!;

        Assert.That(error.Status, Is.EqualTo(409));
        Assert.That(Db.Find("t")!.Name, Is.EqualTo("n"));
    }

    [Test]
    public async Task A_bad_new_token_is_named_as_such()
    {
        var row = await Db.RegisterAsync("t");

        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.PatchAsync(row.Id, new UpdateDevice { NewRegistrationId = "a b" })))!;

        Assert.That((error.ErrorCode, error.Errors.Single().FieldName), Is.EqualTo(("InvalidRegistrationId", "newRegistrationId")));
    }

    [Test]
    public async Task Provider_and_token_may_be_repeated_and_not_changed()
    {
        var row = await Db.RegisterAsync("t");
        await Db.PatchAsync(row.Id, new UpdateDevice { Provider = "testalias", RegistrationId = "T" });

        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.PatchAsync(row.Id, new UpdateDevice { Provider = "other", RegistrationId = "x" })))!;

        Assert.That(error.Errors.Select(each => $"{each.ErrorCode} {each.FieldName}"), Is.EqualTo(new[] { "ReadOnly provider", "ReadOnly registrationId" }));
    }

    [Test]
    public async Task A_device_that_is_not_there_is_not_found()
    {
        Assert.That((await Assert.ThrowsAsync<RequestException>(() => Db.PatchAsync(7, new UpdateDevice())))!.Status, Is.EqualTo(404));
    }
}
