using System.Net;
using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Simulator;
using PushHost.Tests.Support;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests.Notifications;

[OnBothDatabases]
public class SendToDeviceTests
{
    [Test]
    public async Task A_device_is_named_by_id_or_by_token()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");

        var byId = await host.PostAsync($"/devices/{device.Id}/send", new { body = "one", wait = "PT30S" });
        var byToken = await host.PostAsync(
            "/devices/send", new { provider = "apns", registrationId = device.RegistrationId!.ToUpperInvariant(), message = new { body = "two" }, wait = "PT30S" });

        Assert.That(byId.As<Notification>().Counts.Accepted, Is.EqualTo(1));
        Assert.That(byToken.As<Notification>().Counts.Accepted, Is.EqualTo(1));
        Assert.That(host.Apns.Outbox.Entries.Select(entry => entry.Token), Is.All.EqualTo(device.RegistrationId));
    }

    [Test]
    public async Task The_short_form_says_what_the_message_would()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        var content = new { title = "T", body = "B", badge = 3, sound = "default", data = new { foo = "bar" } };

        await host.PostAsync($"/devices/{device.Id}/send", new { content.title, content.body, content.badge, content.sound, content.data, wait = "PT30S" });
        await host.PostAsync($"/devices/{device.Id}/send", new { message = content, wait = "PT30S" });

        var bodies = host.Apns.Outbox.Entries.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Body.Span)).ToList();
        Assert.That(bodies, Has.Count.EqualTo(2));
        Assert.That(bodies[1], Is.EqualTo(bodies[0]));
        Assert.That(bodies[0], Is.EqualTo("""{"aps":{"alert":{"title":"T","body":"B"},"badge":3,"sound":"default"},"foo":"bar"}"""));
    }

    [Test]
    public async Task A_device_that_is_not_active_is_409_and_nothing_is_stored()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns", members: new { isActive = false });
        var rows = host.Rows();

        var answer = await host.PostAsync($"/devices/{device.Id}/send", new { body = "Hi" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answer.Code, Is.EqualTo("Conflict"));
        Assert.That(host.Rows(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_repeat_is_answered_even_when_the_first_deactivated_the_device()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        host.Apns.FaultToken(device.RegistrationId!, ApnsFault.Unregistered(host.Now.AddMinutes(1)));
        var request = new { body = "Hi", idempotencyKey = "k", wait = "PT30S" };
        var first = (await host.PostAsync($"/devices/{device.Id}/send", request)).As<Notification>();
        Assert.That((await host.DeviceAsync(device.Id)).IsActive, Is.False);

        var repeat = await host.PostAsync($"/devices/{device.Id}/send", request);

        Assert.That(repeat.As<Notification>().Id, Is.EqualTo(first.Id));
    }

    [Test]
    public async Task A_message_for_another_kind_of_token_is_refused_by_name()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns", members: new { kind = "voip" });
        var rows = host.Rows();

        var answer = await host.PostAsync($"/devices/{device.Id}/send", new { body = "Hi" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Fields, Is.EqualTo(new[] { "OtherKind message" }));
        Assert.That(host.Rows(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_repeat_is_answered_after_the_device_was_deleted()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        var request = new { provider = "apns", registrationId = device.RegistrationId, body = "Hi", idempotencyKey = "once", wait = "PT30S" };
        var first = (await host.PostAsync("/devices/send", request)).As<Notification>();
        await host.CallAsync("DELETE", $"/devices/{device.Id}");

        Assert.That((await host.PostAsync("/devices/send", request)).As<Notification>().Id, Is.EqualTo(first.Id));
    }
}
