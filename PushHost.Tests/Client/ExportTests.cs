using NUnit.Framework;
using PushHost.Client;
using PushHost.ServiceModel;

namespace PushHost.Tests.Client;

/// <summary>An export whose stream breaks off.</summary>
public sealed class ExportTests
{
    [Test]
    public async Task An_export_goes_on_behind_the_last_device_that_arrived()
    {
        var host = new ScriptedHost()
            .Answer(() => new StringContent("{\"id\":3,\"name\":\"a\"}\n{\"id\":4,\"na"))
            .Answer(() => new StringContent("{\"id\":4,\"name\":\"b\"}\n"));

        var devices = await host.Client().ExportAsync(new ExportDevices { UserId = "ann" }).ToListAsync();

        Assert.That(devices.Select(device => $"{device.Id} {device.Name}"), Is.EqualTo(new[] { "3 a", "4 b" }));
        Assert.That(host.Requests.Select(request => request.Line), Is.EqualTo(new[] { "GET /below/devices/export?userId=ann", "GET /below/devices/export?userId=ann&after=3" }));
    }

    [Test]
    public async Task An_export_of_devices_is_asked_for_in_the_form_that_is_read()
    {
        var host = new ScriptedHost();

        var problem = await Assert.ThrowsAsync<ArgumentException>(async () => await host.Client().ExportAsync(new ExportDevices { Format = "csv" }).ToListAsync());

        Assert.That(problem!.Message, Does.Contain("csv").And.Contain("OpenExportAsync"));
        Assert.That(host.Requests, Is.Empty);
    }

    [Test]
    public async Task An_export_that_breaks_off_without_getting_any_further_ends()
    {
        var host = new ScriptedHost();
        for (var i = 0; i < 3; i++)
            host.Answer(() => new StringContent("{\"id\":4,\"na"));

        var problem = (await Assert.ThrowsAsync<PushHostException>(async () => await host.Client(options => options.MaxRetries = 2).ExportAsync(new ExportDevices()).ToListAsync()));

        Assert.That(problem!.ErrorCode, Is.EqualTo("NoAnswer"));
    }
}
