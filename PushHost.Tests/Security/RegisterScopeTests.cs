using System.Net;
using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Security;

/// <summary>Keys that may live inside a phone app.</summary>
public class RegisterScopeTests
{
    [Test]
    public async Task A_phone_learns_its_id_and_nothing_else_and_not_whether_it_was_known()
    {
        await using var host = await TestHost.StartAsync();
        var key = await host.KeyAsync("register");
        var body = new { provider = "apns", registrationId = TestHostRequests.NewToken("apns"), userId = "u1", tags = new[] { "sports" } };

        var first = await host.PostAsync("/devices", body, key);
        var second = await host.PostAsync("/devices", body, key);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(second.Body, Is.EqualTo(first.Body));
        Assert.That(first.Json.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[] { "id", "provider" }));
    }

    [Test]
    public async Task A_phone_cannot_unregister_a_whole_user()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns", members: new { userId = "u1" });

        var answer = await host.PostAsync("/devices/unregister", new { userId = "u1" }, await host.KeyAsync("register"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await host.DeviceAsync(device.Id)).UserId, Is.EqualTo("u1"));
    }

    [Test]
    public async Task A_revoked_key_stops_working_within_ten_seconds()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        var key = await host.KeyAsync("read");
        Assert.That((await host.GetAsync("/devices", key)).Status, Is.EqualTo(HttpStatusCode.OK));

        await host.ChangeAsync("UPDATE api_key SET revoked_at = 1");
        host.Advance(TimeSpan.FromSeconds(10));

        Assert.That((await host.GetAsync("/devices", key)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
