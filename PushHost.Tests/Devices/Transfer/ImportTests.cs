using System.Text;
using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Devices.Transfer;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.Tests.Devices.Transfer;

public sealed class ImportTests : TransferFixture
{
    [Test]
    public async Task A_line_makes_a_device_that_never_registered_here()
    {
        var report = await ImportAsync("""{"PROVIDER":"testalias","registrationid":"ABC","userId":"u","tags":["b","a"],"attributes":{"k":1},"unknown":[{}]}""", "", " ");

        var row = Db.Find("abc")!;
        Assert.That((report.Read, report.Created, report.Updated, report.Failed), Is.EqualTo((1, 1, 0, 0)));
        Assert.That((row.UserId, row.Tags, row.Attributes, row.Kind, row.State), Is.EqualTo(("u", "a b", """{"k":1}""", "alert", DeviceState.Active)));
        Assert.That((row.CreatedAt, row.RegisteredAt, row.LastSeenAt), Is.EqualTo((Db.Now, 0, (long?)null)));
        Assert.That(row.ToDto("default").RegisteredAt, Is.Null);
    }

    [Test]
    public async Task Times_that_a_line_gives_are_taken_and_lie_in_the_past()
    {
        await ImportAsync("""{"provider":"test","registrationId":"t","registeredAt":"2025-01-02T03:04:05","createdAt":"2024-01-01","lastSeenAt":"2999-01-01T00:00:00Z"}""");

        var row = Db.Find("t")!.ToDto("default");
        Assert.That((row.RegisteredAt, row.CreatedAt, row.LastSeenAt), Is.EqualTo((
            (DateTimeOffset?)new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), (DateTimeOffset?)Db.Time.GetUtcNow())));
    }

    [Test]
    public async Task A_known_token_is_updated_and_has_not_registered()
    {
        var before = await Db.RegisterAsync("t", request => (request.Name, request.Locale, request.Sequence) = ("n", "en", 7));
        Db.Time.Advance(TimeSpan.FromHours(1));
        var report = await ImportAsync("""{"provider":"test","registrationId":"T","locale":"fr","registeredAt":"2026-01-02T03:30:00Z","createdAt":"2020-01-01","sequence":3}""");

        var row = Db.Find("t")!;
        Assert.That((report.Created, report.Updated), Is.EqualTo((0, 1)));
        Assert.That((row.Name, row.Locale, row.Sequence), Is.EqualTo(("n", "fr", 7)));
        Assert.That((row.RegisteredAt, row.CreatedAt, row.LastSeenAt), Is.EqualTo((before.RegisteredAt, before.CreatedAt, before.LastSeenAt)));
    }

    [Test]
    public async Task A_new_owner_starts_clean_and_raises_the_epoch()
    {
        await Db.RegisterAsync("t", request => (request.UserId, request.Name, request.Tags) = ("u", "n", ["a"]));
        var accepted = await Db.AcceptAsync();
        await ImportAsync("""{"provider":"test","registrationId":"t","userId":"v"}""");

        var row = Db.Find("t")!;
        Assert.That((row.UserId, row.Name, row.Tags, row.OwnerEpoch), Is.EqualTo(("v", (string?)null, (string?)null, accepted)));
    }

    [TestCase("", "Unregistered")]
    [TestCase(""","isActive":null""", "Unregistered")]
    [TestCase(""","isActive":true""", null)]
    public async Task Only_isActive_true_reactivates(string more, string? reason)
    {
        var row = await Db.RegisterAsync("t");
        await Db.DeactivateAsync(row.Id, "Unregistered");
        await ImportAsync($$"""{"provider":"test","registrationId":"t"{{more}}}""");

        Assert.That(Db.Find("t")!.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task A_deactivation_keeps_its_reason_and_time_and_is_the_callers_without_one()
    {
        await ImportAsync(
            """{"provider":"test","registrationId":"a","isActive":false}""",
            """{"provider":"test","registrationId":"b","isActive":false,"deactivationReason":"Unregistered","deactivatedAt":"2025-06-01T00:00:00Z"}""");
        Db.Time.Advance(TimeSpan.FromHours(1));
        await ImportAsync("""{"provider":"test","registrationId":"b","isActive":false,"deactivationReason":"Unregistered"}""");
        await Db.RegisterAsync("a");

        Assert.That(Db.Find("a")!.Reason, Is.EqualTo("caller"));
        Assert.That(Db.Find("b")!.ToDto("default").DeactivatedAt, Is.EqualTo(new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That((await Db.RegisterAsync("b")).State, Is.EqualTo(DeviceState.Active), "a gateway's verdict is lifted by registering");
    }

    [Test]
    public async Task Tombstones_and_deviceIds_do_not_matter()
    {
        await Db.Devices.UnregisterAsync(Db.App.Id, "test", "gone", 100);
        var living = await Db.RegisterAsync("living", request => request.DeviceId = "d");

        var report = await ImportAsync(
            """{"provider":"test","registrationId":"gone","sequence":1}""",
            """{"provider":"test","registrationId":"stale","deviceId":"d"}""");

        Assert.That(report.Created, Is.EqualTo(2));
        Assert.That(Db.Find("living")!.Id, Is.EqualTo(living.Id));
    }

    [TestCase("{", "InvalidJson")]
    [TestCase("[]", "InvalidJson")]
    [TestCase("null", "InvalidJson")]
    [TestCase("nonsense", "InvalidJson")]
    [TestCase("""{"provider":"test","registrationId":"t"} x""", "InvalidJson")]
    [TestCase("""{"provider":"test"}""", "NotEmpty")]
    [TestCase("""{"registrationId":"t"}""", "NotEmpty")]
    [TestCase("""{"provider":"nobody","registrationId":"t"}""", "UnknownProvider")]
    [TestCase("""{"provider":"test","registrationId":"a b"}""", "InvalidRegistrationId")]
    [TestCase("""{"provider":"test","registrationId":"t","name":1}""", "InvalidType")]
    [TestCase("""{"provider":"test","registrationId":"t","tags":"a"}""", "InvalidType")]
    [TestCase("""{"provider":"test","registrationId":"t","tags":[null]}""", "NotNull")]
    [TestCase("""{"provider":"test","registrationId":"t","isActive":"yes"}""", "InvalidType")]
    [TestCase("""{"provider":"test","registrationId":"t","lastSeenAt":"yesterday"}""", "InvalidType")]
    [TestCase("""{"provider":"test","registrationId":"t","sequence":1.5}""", "InvalidType")]
    [TestCase("""{"provider":"test","registrationId":"t","name":"a","NAME":"b"}""", "Duplicate")]
    [TestCase("""{"provider":"test","registrationId":"t","attributes":{"a":"\ud83d"}}""", "InvalidJson")]
    [TestCase("""{"provider":"test","registrationId":"t","attributes":[]}""", "InvalidType")]
    [TestCase("""{"provider":"test","registrationId":"t","appId":"elsewhere"}""", "Contradiction")]
    public async Task A_bad_line_is_reported_and_fails_no_other(string bad, string code)
    {
        var report = await ImportAsync("""{"provider":"test","registrationId":"first"}""", bad, """{"provider":"test","registrationId":"last"}""");

        Assert.That((report.Read, report.Created, report.Failed, Errors(report)), Is.EqualTo((3, 2, 1, $"2 {code}")));
        Assert.That(report.Errors[0].Message, Is.Not.Empty.And.Not.Contain("PushHost."));
    }

    [Test]
    public async Task A_message_names_the_member_and_what_would_be_right()
    {
        var report = await ImportAsync("""{"provider":"test","registrationId":"t","lastSeenAt":5}""", $$"""{"provider":"test","registrationId":"a b","name":"{{new string('n', 256)}}"}""");

        Assert.That(report.Errors[0].Message, Is.EqualTo("'lastSeenAt' must be a date and time such as 2026-01-02T03:04:05Z."));
        Assert.That(report.Errors[1].Message, Is.EqualTo("name has 256 characters, and takes 255; registrationId must be letters, digits and dashes"));
    }

    [Test]
    public async Task A_line_of_more_than_64_KB_and_one_that_is_not_UTF8_are_errors_of_their_own()
    {
        var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes($$"""{"provider":"test","registrationId":"a","x":"{{new string('x', 1_000_000)}}"}""" + "\n"));
        bytes.Write([.. "{\"provider\":\"test\",\"registrationId\":\"b\",\"name\":\""u8, 0xff, .. "\"}\n"u8]);
        bytes.Write("""{"provider":"test","registrationId":"c"}"""u8);
        bytes.Position = 0;

        var report = await ImportAsync(Db, TransferFormat.NdJson, bytes);

        Assert.That((report.Created, Errors(report)), Is.EqualTo((1, "1 Length; 2 InvalidJson")));
    }

    [Test]
    public async Task The_first_thousand_errors_are_kept_and_all_are_counted()
    {
        var report = await ImportAsync([.. Enumerable.Range(0, 2500).Select(i => i % 2 == 0 ? "{}" : Line(new { provider = "test", registrationId = $"t{i}" }))]);

        Assert.That((report.Read, report.Created, report.Failed, report.Errors.Count), Is.EqualTo((2500, 1250, 1250, 1000)));
        Assert.That((report.Errors[0].Line, report.Errors[^1].Line), Is.EqualTo((1, 1999)));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.EqualTo(1250));
    }

    [Test]
    public async Task A_device_that_the_database_refuses_fails_alone()
    {
        await Db.RegisterAsync("taken", request => request.Name = "bad");
        await Db.Writer.WriteAsync(WriteLane.Caller, session => session.Execute("CREATE UNIQUE INDEX ux_refuse ON device (name) WHERE name = 'bad'"));

        var report = await ImportAsync([.. Enumerable.Range(0, 20).Select(i => Line(new { provider = "test", registrationId = $"t{i}", name = i == 7 ? "bad" : "good" }))]);

        Assert.That((report.Created, Errors(report)), Is.EqualTo((19, "8 InternalError")));
    }

    [Test]
    public async Task Importing_twice_repeats_nothing()
    {
        var lines = Enumerable.Range(0, 1200).Select(i => Line(new { provider = "test", registrationId = $"t{i}", tags = new[] { "a" } })).ToArray();
        await ImportAsync(lines);
        var report = await ImportAsync(lines);

        Assert.That((report.Created, report.Updated), Is.EqualTo((0, 1200)));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.EqualTo(1200));
    }

    [Test]
    public async Task Of_a_device_that_stands_in_the_file_again_and_again_the_last_line_holds()
    {
        var lines = Enumerable.Range(0, 600).Select(i => Line(new { provider = i % 2 == 0 ? "test" : "other", registrationId = $"t{i % 7}", name = $"n{i}", tags = new[] { $"tag{i}" } })).ToArray();

        var report = await ImportAsync(lines);

        Assert.That((report.Created, report.Updated, Errors(report)), Is.EqualTo((14, 586, "")));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device WHERE name IN ('n599', 'n598')"), Is.EqualTo(2));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag"), Is.EqualTo(14));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device_tag t JOIN device d ON d.id = t.device WHERE t.tag = 'tag' || SUBSTR(d.name, 2)"), Is.EqualTo(14));
    }
}
