using System.Text.Json;
using NUnit.Framework;
using PushHost.ServiceInterface.Devices.Transfer;
using PushHost.ServiceModel;
using PushHost.Tests.Support;

namespace PushHost.Tests.Devices.Transfer;

public sealed class ExportTests : TransferFixture
{
    private async Task RegisterSomeAsync()
    {
        await Db.RegisterAsync("t1", request =>
        {
            (request.UserId, request.Name, request.Tags, request.Locale, request.DeviceId) = ("u,1", "Ann \"A\" ä 🙂 ", ["b", "a"], "pt-BR", "d");
            (request.Attributes, request.ProviderData, request.Sequence) = (new() { ["k"] = new[] { "x\ny", "<&>" } }, new() { ["auth"] = "secret" }, 9);
        });
        Db.Time.Advance(TimeSpan.FromMilliseconds(1234));
        var dead = await Db.RegisterAsync("t2", request => request.Kind = "voip");
        await Db.DeactivateAsync(dead.Id, "Unregistered");
        await ImportAsync("""{"provider":"other","registrationId":"t3","isActive":false,"environment":"sandbox"}""");
    }

    [Test]
    public async Task A_line_has_the_members_that_an_import_takes()
    {
        await RegisterSomeAsync();
        var lines = (await ExportAsync(TransferFormat.NdJson)).Split('\n');

        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[1], Is.EqualTo(
            """{"id":2,"provider":"test","registrationId":"t2","kind":"voip","isActive":false,"deactivationReason":"Unregistered","deactivatedAt":"2026-01-02T03:04:06.234Z","createdAt":"2026-01-02T03:04:06.234Z","registeredAt":"2026-01-02T03:04:06.234Z","lastSeenAt":"2026-01-02T03:04:06.234Z"}"""));
        Assert.That(lines[0], Does.Not.Contain("secret").And.Not.Contain("isActive"));
        Assert.That(lines[2], Does.Not.Contain("registeredAt"));
    }

    [Test]
    public async Task What_is_exported_and_imported_elsewhere_is_the_same([Values] bool csv)
    {
        var format = csv ? TransferFormat.Csv : TransferFormat.NdJson;
        await RegisterSomeAsync();
        var exported = await ExportAsync(format);
        await using var elsewhere = await TestDatabase.StartAsync();
        elsewhere.Time.Advance(TimeSpan.FromDays(1));

        var report = await ImportAsync(elsewhere, format, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(exported)));

        Assert.That((report.Created, report.Failed), Is.EqualTo((3, 0)), Errors(report));
        Assert.That(Rows(elsewhere), Is.EqualTo(Rows(Db)));
    }

    [Test]
    public async Task An_export_that_is_imported_again_wakes_no_device_that_died_meanwhile()
    {
        var row = await Db.RegisterAsync("t");
        var exported = await ExportAsync(TransferFormat.NdJson);
        await Db.DeactivateAsync(row.Id, "Unregistered");

        await ImportAsync(exported);

        Assert.That(Db.Find("t")!.State, Is.EqualTo(DeviceState.Inactive));
    }

    [Test]
    public async Task Csv_has_a_header_and_quotes_what_needs_it()
    {
        await Db.RegisterAsync("t", request => (request.Name, request.Tags) = ("a,\"b\"", ["x", "y"]));
        var lines = (await ExportAsync(TransferFormat.Csv)).Split("\r\n");

        Assert.That(lines[0], Does.StartWith("id,provider,registrationId,kind,deviceId,name,").And.Not.Contain("providerData"));
        Assert.That(lines[1], Does.StartWith("1,test,t,alert,,\"a,\"\"b\"\"\",,").And.Contain(",x y,"));
        Assert.That(lines, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task An_export_of_nothing_is_empty_or_a_header()
    {
        Assert.That(await ExportAsync(TransferFormat.NdJson), Is.Empty);
        Assert.That((await ExportAsync(TransferFormat.Csv)).Split("\r\n"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Pages_join_without_gaps_and_the_filter_holds_on_each()
    {
        await ImportAsync([.. Enumerable.Range(1, 1501).Select(i => Line(new { provider = "test", registrationId = $"t{i}", tags = i % 3 == 0 ? new[] { "x" } : [] }))]);

        Assert.That(Ids(await ExportAsync(TransferFormat.NdJson)), Is.EqualTo(Enumerable.Range(1, 1501)));
        Assert.That(Ids(await ExportAsync(TransferFormat.NdJson, new ExportDevices { Tags = "x" })), Is.EqualTo(Enumerable.Range(1, 500).Select(i => 3 * i)));
        Assert.That(Ids(await ExportAsync(TransferFormat.NdJson, after: 1500)), Is.EqualTo(new[] { 1501 }));
    }

    [Test]
    public async Task An_export_ends_when_nobody_reads_it()
    {
        await ImportAsync([.. Enumerable.Range(1, 3000).Select(i => Line(new { provider = "test", registrationId = $"t{i}", name = new string('n', 200) }))]);
        using var gone = new CancellationTokenSource();
        using var stream = new ClosingStream(gone);

        await Assert.CatchAsync<OperationCanceledException>(() => Export().WriteAsync(stream, TransferFormat.NdJson, gone.Token));
        Assert.That(stream.Length, Is.LessThan(200_000));
    }

    private static IEnumerable<int> Ids(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32());

    private static List<string> Rows(TestDatabase db) => db.Select(new QueryDevices()).ConvertAll(row =>
    {
        row.ProviderData = null;
        return JsonSerializer.Serialize(row);
    });

    private sealed class ClosingStream(CancellationTokenSource gone) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            gone.Cancel();
            return base.WriteAsync(buffer, CancellationToken.None);
        }
    }
}
