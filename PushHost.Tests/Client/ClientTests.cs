using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Client;
using PushHost.ServiceModel;
using PushHost.Tests.Support;

namespace PushHost.Tests.Client;

/// <summary>The client against a whole host.</summary>
public sealed class ClientTests
{
    [Test]
    public async Task A_device_lives_and_goes()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.TypedClient();
        var registered = await client.SendAsync(new RegisterDevice
        {
            Provider = "apns", RegistrationId = "<AA BB>", UserId = "ann", Tags = ["en", "a:b"], Attributes = new() { ["Plan"] = "gold" }, TimeZone = "Europe/Lisbon",
        });

        var found = await client.SendAsync(new FindDevice { Provider = "apns", RegistrationId = "aabb" });
        var read = await client.SendAsync(new GetDevice { Provider = "apns", RegistrationId = "aabb" });
        var updated = await client.SendAsync(new UpdateDevice { Id = registered.Id, IsActive = false, Reset = ["tags"] });
        var replaced = await client.SendAsync(new ReplaceDevice { Id = registered.Id, Name = "Ann's phone" });
        await client.SendAsync(new UnregisterDevice { Provider = "apns", RegistrationId = "aabb" });
        await client.SendAsync(new DeleteDevice { Id = registered.Id });

        Assert.That((registered.RegistrationId, registered.State, found.Id, read.Id), Is.EqualTo(("aabb", DeviceState.Active, registered.Id, registered.Id)));
        Assert.That($"{registered.Attributes!["Plan"]}", Is.EqualTo("gold"));
        Assert.That((updated.State, updated.Tags?.Count, updated.UserId), Is.EqualTo((DeviceState.Inactive, (int?)0, "ann")));
        Assert.That((replaced.Name, replaced.UserId), Is.EqualTo(("Ann's phone", (string?)null)));
        var gone = (await Assert.ThrowsAsync<PushHostException>(() => client.SendAsync(new GetDevice { Id = registered.Id })))!;
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_send_is_followed_to_its_outcome()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.TypedClient();
        var device = await host.RegisterAsync("apns");

        var sent = await client.SendAsync(new SendNotification
        {
            To = new Audience { Ids = [device.Id] }, Message = new Message { Body = "Hi", Badge = 3 }, Ttl = TimeSpan.FromHours(1), Wait = TimeSpan.FromSeconds(30),
        });
        var toDevice = await client.SendAsync(new SendToDevice { Id = device.Id, Body = "Again", Wait = TimeSpan.FromSeconds(30) });
        var deliveries = await client.ListAsync(new QueryDeliveries { Device = device.Id, Take = 1 }).ToListAsync();

        Assert.That((sent.State, sent.Counts.Accepted, toDevice.Counts.Accepted), Is.EqualTo((NotificationState.Completed, 1L, 1L)));
        Assert.That(deliveries.Select(delivery => (delivery.NotificationId, delivery.Outcome)),
            Is.EqualTo(new[] { (toDevice.Id, DeliveryOutcome.Accepted), (sent.Id, DeliveryOutcome.Accepted) }));
    }

    [Test]
    public async Task What_is_wrong_is_told_by_field()
    {
        await using var host = await TestHost.StartAsync();

        var problem = (await Assert.ThrowsAsync<PushHostException>(() => host.TypedClient().SendAsync(new RegisterDevice { Provider = "apns", RegistrationId = "xyz" })))!;

        Assert.That((problem.StatusCode, problem.Operation), Is.EqualTo((HttpStatusCode.BadRequest, "RegisterDevice")));
        Assert.That(problem.Errors.Select(error => error.FieldName), Is.EqualTo(new[] { "registrationId" }));
        Assert.That(problem.Message, Does.StartWith($"RegisterDevice was answered with 400 {problem.ErrorCode}: "));
    }

    [Test]
    public async Task A_list_is_read_to_its_end_while_entries_come_and_go()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.TypedClient();
        var devices = await host.RegisterManyAsync("apns", 7);
        var seen = new List<long>();

        await foreach (var device in client.ListAsync(new QueryDevices { Take = 2 }))
        {
            seen.Add(device.Id);
            await client.SendAsync(new DeleteDevice { Id = device.Id });
        }
        Assert.That(seen, Is.EqualTo(devices.Select(device => device.Id)));
    }

    [TestCase(null)]
    [TestCase("id")]
    [TestCase("-id")]
    [TestCase("-createdAt")]
    [TestCase(null, "id")]
    public async Task Every_order_of_a_list_is_read_to_its_end(string? orderBy, string? orderByDesc = null)
    {
        await using var host = await TestHost.StartAsync();
        var devices = await host.RegisterManyAsync("apns", 5);
        var ids = await host.TypedClient().ListAsync(new QueryDevices { Take = 2, OrderBy = orderBy, OrderByDesc = orderByDesc, Skip = 1 }).Select(device => device.Id).ToListAsync();

        Assert.That(ids.Distinct().ToList(), Has.Count.EqualTo(4));
        Assert.That(ids, Is.SubsetOf(devices.Select(device => device.Id)));
    }

    [Test]
    public async Task Devices_are_streamed_in_and_out()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.TypedClient();

        var report = await client.ImportAsync(Enumerable.Range(0, 3000).Select(i => new RegisterDevice { Provider = "gcm", RegistrationId = $"token-{i}", UserId = $"u{i}", Tags = ["a", "b"] }));
        var csv = await client.ImportAsync(new MemoryStream("provider,registrationId\napns,aabb01\napns,\n"u8.ToArray()), "text/csv");
        var lines = await client.SendAsync(new ImportDevices { RequestStream = new MemoryStream("{\"provider\":\"apns\",\"registrationId\":\"aabb02\"}\n"u8.ToArray()) });
        var exported = await client.ExportAsync(new ExportDevices { Provider = "gcm" }).ToListAsync();
        await using var stream = await client.OpenExportAsync(new ExportDevices { Provider = "apns", Format = "csv" });
        using var reader = new StreamReader(stream);

        Assert.That((report.Read, report.Created, csv.Created, csv.Failed, lines.Created), Is.EqualTo((3000L, 3000L, 1L, 1L, 1L)));
        Assert.That(csv.Errors.Single().Line, Is.EqualTo(3));
        Assert.That(exported, Has.Count.EqualTo(3000));
        Assert.That(exported[2999], Has.Property("UserId").EqualTo("u2999").And.Property("Tags").EqualTo(new[] { "a", "b" }));
        Assert.That((await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
        Assert.That(Encoding.UTF8.GetString(await client.SendAsync(new ExportDevices { Provider = "apns" })), Does.Contain("aabb02"));
    }

    [Test]
    public async Task A_registered_client_is_handed_out_with_its_settings()
    {
        await using var host = await TestHost.StartAsync();
        await using var services = new ServiceCollection()
            .AddPushHostClient(options => (options.BaseAddress, options.Key) = (host.Client.BaseAddress, TestHost.AdminKey)).Services
            .BuildServiceProvider();

        var registered = await services.GetRequiredService<PushHostClient>().SendAsync(new RegisterDevice { Provider = "apns", RegistrationId = "aabb" });

        Assert.That(registered.Id, Is.Positive);
    }
}
