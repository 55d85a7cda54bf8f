using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Tests.Support;

namespace PushHost.Tests.Delivery;

/// <summary>One notification whose audience cannot be counted is in nobody's way, and does not wait for ever.</summary>
public sealed class UnplannableTests
{
    [Test]
    public async Task It_holds_nobody_up_and_ends_failed_when_its_time_is_over()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        var device = await host.RegisterAsync("apns");
        var faulty = await ScheduleAsync(host, "Faulty");
        await host.ChangeAsync("UPDATE notification SET audience = '{' WHERE id = @p0", faulty.Id);
        var sound = await ScheduleAsync(host, "Sound");

        host.Advance(TimeSpan.FromHours(1));
        await host.CompletedAsync(sound);
        await host.CompletedAsync(await host.SendAsync("Hi", device));
        var meanwhile = await host.NotificationAsync(faulty.Id);
        host.Advance(TimeSpan.FromHours(1));
        var ended = await TestHostRequests.Until(() => host.NotificationAsync(faulty.Id), notification => notification.CompletedAt is not null);

        Assert.That(meanwhile, Has.Property("State").EqualTo(NotificationState.Queued).And.Property("Error").Null);
        Assert.That(ended.State, Is.EqualTo(NotificationState.Failed));
        Assert.That(ended.Error, Does.StartWith("its audience could not be counted in its time: JsonException"));
        Assert.That(ended.Counts, Has.Property("Planned").True.And.Property("Total").Zero.And.Property("Pending").Zero);
        Assert.That(host.Log.Lines.Select(line => line.Text), Has.Some.StartsWith($"Notification {faulty.Id} cannot be planned"));
    }

    [Test]
    public async Task It_is_sent_once_what_was_wrong_is_mended()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.RegisterAsync("apns");
        var sent = await ScheduleAsync(host, "Hi");
        var audience = host.Text("SELECT audience FROM notification WHERE id = @p0", sent.Id);
        await host.ChangeAsync("UPDATE notification SET audience = '{' WHERE id = @p0", sent.Id);
        host.Advance(TimeSpan.FromHours(1));
        await TestHostRequests.Until(
            () => Task.FromResult(host.Log.Lines.Any(line => line.Text.StartsWith($"Notification {sent.Id} cannot be planned", StringComparison.Ordinal))), told => told);

        await host.ChangeAsync("UPDATE notification SET audience = @p1 WHERE id = @p0", sent.Id, audience);
        host.Advance(TimeSpan.FromMinutes(1));

        Assert.That((await host.CompletedAsync(sent)).Counts.Accepted, Is.EqualTo(1));
    }

    private static Task<Notification> ScheduleAsync(TestHost host, string body) =>
        host.SendAsync(new { to = new { all = true }, message = new { body }, sendAt = host.Now.AddHours(1), ttl = "PT1H" });
}
