using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceInterface.Host;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Devices;

public sealed class DeviceSelectionTests : DeviceFixture
{
    [SetUp]
    public async Task RegisterAsync()
    {
        await Db.RegisterAsync("aa11", request => (request.UserId, request.Name, request.DeviceId) = ("ann", "Ann's phone 100%", "d1"));
        Db.Time.Advance(TimeSpan.FromHours(1));
        await Db.RegisterAsync("bb22", request => (request.UserId, request.Kind, request.IsActive) = ("bob", "voip", false));
        Db.Time.Advance(TimeSpan.FromHours(1));
        await Db.RegisterAsync("aa11", request => (request.Provider, request.LastSeenAt) = ("other", Db.Time.GetUtcNow().AddHours(-3)));
    }

    private static IEnumerable<TestCaseData> Filters()
    {
        var one = new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.Zero);
        yield return new(new QueryDevices(), "1 2 3");
        yield return new(new QueryDevices { Ids = [3, 1, 9] }, "1 3");
        yield return new(new QueryDevices { Ids = [] }, "");
        yield return new(new QueryDevices { Provider = "TESTALIAS" }, "1 2");
        yield return new(new QueryDevices { Kind = "voip" }, "2");
        yield return new(new QueryDevices { UserId = "ann" }, "1");
        yield return new(new QueryDevices { DeviceId = "d1" }, "1");
        yield return new(new QueryDevices { RegistrationId = "AA11" }, "1 3");
        yield return new(new QueryDevices { RegistrationId = "AA11", Provider = "other" }, "3");
        yield return new(new QueryDevices { RegistrationId = "aa" }, "");
        yield return new(new QueryDevices { State = DeviceState.Inactive }, "2");
        yield return new(new QueryDevices { IsActive = true }, "1 3");
        yield return new(new QueryDevices { IsActive = false }, "2");
        yield return new(new QueryDevices { Search = "N'S" }, "1");
        yield return new(new QueryDevices { Search = "bo" }, "2");
        yield return new(new QueryDevices { Search = "aa1" }, "1 3");
        yield return new(new QueryDevices { Search = "a11" }, "");
        yield return new(new QueryDevices { Search = "0%" }, "1");
        yield return new(new QueryDevices { Search = "_" }, "");
        yield return new(new QueryDevices { RegisteredBefore = one }, "1");
        yield return new(new QueryDevices { RegisteredAfter = one }, "2 3");
        yield return new(new QueryDevices { SeenBefore = one }, "1 3");
        yield return new(new QueryDevices { SeenAfter = one }, "2");
        yield return new(new QueryDevices { Kind = "alert", IsActive = true, Provider = "test" }, "1");
        yield return new(new QueryDevices { UserId = "' OR 1 = 1 --" }, "");
    }

    [TestCaseSource(nameof(Filters))]
    public void A_filter_selects(QueryDevices filter, string ids)
    {
        Assert.That(string.Join(' ', Db.Select(filter).Select(row => row.Id)), Is.EqualTo(ids));
    }

    [Test]
    public void Another_apps_devices_are_not_selected()
    {
        var where = DeviceSelection.From(new QueryDevices(), app: Db.App.Id + 1, Db.Providers, new Validation());
        using var session = Db.Database.Read();

        Assert.That(DeviceStore.Count(session, where), Is.Zero);
    }

    [TestCase("nobody", null, "UnknownProvider provider")]
    [TestCase(null, "a &", "InvalidTags tags")]
    public void A_bad_filter_is_refused(string? provider, string? tags, string expected)
    {
        var error = Assert.Throws<RequestException>(() => Db.Select(new QueryDevices { Provider = provider, Tags = tags }))!;

        Assert.That(error.Errors.Select(each => $"{each.ErrorCode} {each.FieldName}"), Is.EqualTo(new[] { expected }));
    }

    [TestCase('%')]
    [TestCase('x')]
    [TestCase('語')]
    public void What_is_searched_for_is_no_longer_than_a_database_takes(char letter)
    {
        Assert.That(Db.Select(new QueryDevices { Search = new string(letter, 4096) }), Is.Empty);
        var error = Assert.Throws<RequestException>(() => Db.Select(new QueryDevices { Search = new string(letter, 4097) }))!;

        Assert.That(error.Errors.Select(each => $"{each.ErrorCode} {each.FieldName}"), Is.EqualTo(new[] { "Length search" }));
    }

    [TestCase(null, "1 2 3")]
    [TestCase("-id", "3 2 1")]
    [TestCase("createdAt", "1 2 3")]
    [TestCase("-REGISTEREDAT", "3 2 1")]
    [TestCase("lastSeenAt", "3 1 2")]
    public void A_list_is_ordered(string? orderBy, string ids)
    {
        var order = DeviceOrder.From(orderBy, new Paging(0, 100, null, false), new Validation());

        Assert.That(string.Join(' ', Db.Select(new QueryDevices(), order).Select(row => row.Id)), Is.EqualTo(ids));
    }

    [TestCase("name")]
    [TestCase("--id")]
    [TestCase("-")]
    [TestCase("id; DROP TABLE device")]
    public void An_unknown_order_is_refused(string orderBy)
    {
        var validation = new Validation();
        DeviceOrder.From(orderBy, new Paging(0, 100, null, false), validation);

        Assert.That(validation.Errors.Single().FieldName, Is.EqualTo("orderBy"));
    }

    [Test]
    public void Keyset_paging_goes_with_the_order_by_id_only()
    {
        var validation = new Validation();
        DeviceOrder.From("createdAt", new Paging(0, 100, 5, false), validation);

        Assert.That(validation.Errors.Single().ErrorCode, Is.EqualTo("Contradiction"));
    }

    [Test]
    public void Skip_and_take_cut_a_page()
    {
        Assert.That(Db.Select(new QueryDevices(), take: 1, skip: 1).Single().Id, Is.EqualTo(2));
    }

    [TestCase(-1, null, null, "Range skip")]
    [TestCase(null, 0, null, "Range take")]
    [TestCase(null, 1001, null, "Range take")]
    [TestCase(null, null, "totals", "UnknownValue include")]
    public void Paging_out_of_bounds_is_refused(int? skip, int? take, string? include, string expected)
    {
        var validation = new Validation();
        Paging.From(new QueryDevices { Skip = skip, Take = take, Include = include }, validation);

        Assert.That(validation.Errors.Select(each => $"{each.ErrorCode} {each.FieldName}"), Is.EqualTo(new[] { expected }));
    }
}
