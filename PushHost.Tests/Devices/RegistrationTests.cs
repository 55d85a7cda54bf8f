using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Devices;

public sealed class RegistrationTests : DeviceFixture
{
    [Test]
    public async Task A_new_token_makes_an_active_device_that_registered_now()
    {
        var registered = await Db.RegisterAsync(new RegisterDevice { RegistrationId = "ABC", UserId = "u1", Tags = ["b", "a", "b"] });

        var row = Db.Find("abc")!;
        Assert.That(registered.Created, Is.True);
        Assert.That(registered.Row.Id, Is.EqualTo(row.Id));
        Assert.That(row, Has.Property("State").EqualTo(DeviceState.Active).And.Property("Kind").EqualTo("alert").And.Property("UserId").EqualTo("u1"));
        Assert.That(row.Tags, Is.EqualTo("a b"));
        Assert.That(new[] { row.CreatedAt, row.RegisteredAt, row.LastSeenAt!.Value }, Is.All.EqualTo(Db.Now));
    }

    [Test]
    public async Task Parallel_registrations_of_one_token_make_one_device()
    {
        var registered = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => Db.RegisterAsync(new RegisterDevice { RegistrationId = i % 2 == 0 ? "same" : "SAME", Name = $"n{i}" }))));

        Assert.That(registered.Count(each => each.Created), Is.EqualTo(1));
        Assert.That(registered.Select(each => each.Row.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_same_token_of_another_provider_is_another_device()
    {
        await Db.RegisterAsync("t");
        await Db.RegisterAsync("t", request => request.Provider = "other");

        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(2));
    }

    [Test]
    public async Task Absent_members_keep_their_value_and_empty_texts_count_as_absent()
    {
        await Db.RegisterAsync("t", request =>
        {
            (request.Name, request.UserId, request.Tags, request.Locale, request.DeviceId) = ("n", "u", ["a"], "pt_BR", "d");
            (request.Environment, request.BundleId, request.AppVersion, request.TimeZone, request.Kind) = ("Sandbox", "com.x", "1.0", "Europe/Lisbon", "voip");
            (request.Attributes, request.ProviderData) = (new() { ["k"] = 1 }, new() { ["auth"] = "x" });
        });
        Db.Time.Advance(TimeSpan.FromHours(1));
        await Db.RegisterAsync("t", request => (request.Name, request.Locale, request.AppVersion) = ("", null, "2.0"));

        var row = Db.Find("t")!;
        Assert.That((row.Name, row.UserId, row.Tags, row.Locale, row.DeviceId), Is.EqualTo(("n", "u", "a", "pt-BR", "d")));
        Assert.That((row.Environment, row.BundleId, row.AppVersion, row.TimeZone, row.Kind), Is.EqualTo(("sandbox", "com.x", "2.0", "Europe/Lisbon", "voip")));
        Assert.That((row.Attributes, row.ProviderData), Is.EqualTo(("""{"k":1}""", """{"auth":"x"}""")));
        Assert.That(row.RegisteredAt, Is.EqualTo(Db.Now));
        Assert.That(row.CreatedAt, Is.LessThan(Db.Now));
    }

    [Test]
    public async Task An_empty_list_of_tags_clears_them()
    {
        await Db.RegisterAsync("t", request => request.Tags = ["a", "b"]);
        await Db.RegisterAsync("t", request => request.Tags = []);

        Assert.That(Db.Find("t")!.Tags, Is.Null);
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.Zero);
    }

    [Test]
    public async Task A_new_owner_starts_without_the_last_ones_name_tags_and_attributes()
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Name, request.Tags, request.Attributes, request.Locale) = ("u1", "n", ["a"], new() { ["k"] = 1 }, "en"));
        var accepted = await Db.AcceptAsync();
        var registered = await Db.RegisterAsync(new RegisterDevice { RegistrationId = "t", UserId = "u2" });

        var row = Db.Find("t")!;
        Assert.That(registered.Moved, Is.True);
        Assert.That((row.UserId, row.Name, row.Tags, row.Attributes, row.Locale), Is.EqualTo(("u2", (string?)null, (string?)null, (string?)null, "en")));
        Assert.That(row.OwnerEpoch, Is.EqualTo(accepted));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.Zero);
    }

    [Test]
    public async Task A_new_owner_has_what_its_registration_gives()
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Name, request.Tags) = ("u1", "n", ["a"]));
        await Db.RegisterAsync("t", request => (request.UserId, request.Name, request.Tags) = ("u2", "m", ["b"]));

        var row = Db.Find("t")!;
        Assert.That((row.Name, row.Tags), Is.EqualTo(("m", "b")));
        Assert.That(Db.Select(new QueryDevices { Tags = "b && !a" }), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_owner_epoch_stays_while_the_owner_does()
    {
        await Db.RegisterAsync("t", request => request.UserId = "u1");
        await Db.AcceptAsync();
        await Db.RegisterAsync("t", request => request.UserId = "u1");
        await Db.RegisterAsync("t");

        Assert.That(Db.Find("t")!.OwnerEpoch, Is.Zero);
    }

    [TestCase("Unregistered")]
    [TestCase("logout")]
    [TestCase("replaced")]
    public async Task Registering_reactivates_what_no_caller_switched_off(string reason)
    {
        var row = await Db.RegisterAsync("t");
        await Db.DeactivateAsync(row.Id, reason);

        await Db.RegisterAsync("t");

        Assert.That(Db.Find("t"), Has.Property("State").EqualTo(DeviceState.Active).And.Property("Reason").Null.And.Property("StateSince").Null);
    }

    [Test]
    public async Task What_a_caller_switched_off_only_isActive_switches_on()
    {
        await Db.RegisterAsync("t", request => request.IsActive = false);
        Assert.That(Db.Find("t"), Has.Property("State").EqualTo(DeviceState.Inactive).And.Property("Reason").EqualTo("caller"));

        await Db.RegisterAsync("t");
        Assert.That(Db.Find("t")!.State, Is.EqualTo(DeviceState.Inactive));

        await Db.RegisterAsync("t", request => request.IsActive = true);
        Assert.That(Db.Find("t")!.State, Is.EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task Nobody_was_seen_in_the_future()
    {
        await Db.RegisterAsync("t", request => request.LastSeenAt = Db.Time.GetUtcNow().AddDays(1));

        Assert.That(Db.Find("t")!.LastSeenAt, Is.EqualTo(Db.Now));
    }

    [TestCase("", "NotEmpty provider", "NotEmpty registrationId")]
    [TestCase("wns", "UnknownProvider provider", "NotEmpty registrationId")]
    public async Task A_registration_of_nothing_is_told_all_that_it_must_have(string provider, params string[] faults)
    {
        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync(new RegisterDevice { Provider = provider })))!;

        Assert.That(error.Errors.Select(each => $"{each.ErrorCode} {each.FieldName}"), Is.EqualTo(faults));
    }

    [Test]
    public async Task Everything_wrong_with_a_registration_is_named_at_once()
    {
        var error = (await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync(new RegisterDevice
        {
            RegistrationId = "not a token",
            Kind = "a b",
            Name = new string('n', 256),
            UserId = "a\nb",
            Tags = ["good", "not good"],
            Locale = "12",
            TimeZone = "Mars/Olympus Mons",
            Environment = "moon",
            AppVersion = new string('1', 65),
            Attributes = new() { ["a"] = new string('x', 4096) },
        })))!;

        Assert.That(error.Errors.Select(each => $"{each.ErrorCode} {each.FieldName}"), Is.EquivalentTo(new[]
        {
            "InvalidRegistrationId registrationId", "InvalidKind kind", "Length name", "InvalidText userId", "InvalidTag tags", "InvalidLocale locale",
            "InvalidTimeZone timeZone", "InvalidEnvironment environment", "Length appVersion", "Length attributes",
        }));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.Zero);
    }

    [TestCase("Europe/Lisbon")]
    [TestCase("Etc/GMT+2")]
    [TestCase("GMT+02:00", Description = "Android, without a zone of its own")]
    [TestCase("GMT+0200", Description = "iOS")]
    public async Task A_phone_may_name_its_time_zone_or_its_offset(string zone)
    {
        var device = await Db.RegisterAsync("t", request => request.TimeZone = zone);

        Assert.That(device.TimeZone, Is.EqualTo(zone));
    }

    [Test]
    public async Task Limits_are_met_exactly()
    {
        var tags = Enumerable.Range(0, 100).Select(i => $"{i:000}".PadRight(120, 'x')).ToList();
        var attributes = new Dictionary<string, object?> { ["a"] = new string('x', 4096 - """{"a":""}""".Length) };
        await Db.RegisterAsync("t", request => (request.Tags, request.Name, request.Attributes) = (tags, new string('n', 255), attributes));

        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.EqualTo(100));
        await Assert.ThrowsAsync<RequestException>(() => Db.RegisterAsync("t", request => request.Tags = [.. tags, "one-more"]));
    }

    [TestCase(null, "NotEmpty")]
    [TestCase("nobody", "UnknownProvider")]
    public void A_provider_must_be_known(string? provider, string code)
    {
        var validation = new Validation();
        DeviceRules.Whole(new RegisterDevice { Provider = provider, RegistrationId = "t" }, Db.Providers, 0, validation);

        Assert.That(validation.Errors.Select(error => $"{error.ErrorCode} {error.FieldName}"), Is.EqualTo(new[] { $"{code} provider" }));
        Assert.That(validation.Errors[0].Message, Does.Contain("test, other"));
    }
}
