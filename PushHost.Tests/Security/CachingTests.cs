using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Security;

/// <summary>A cache between a caller and the host keeps nobody's data.</summary>
public class CachingTests
{
    [TestCase("/devices")]
    [TestCase("/api/QueryNotifications")]
    [TestCase("/devices/export?format=csv")]
    [TestCase("/devices/404")]
    [TestCase("/metrics")]
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task What_is_answered_now_is_not_to_be_stored(string path)
    {
        await using var host = await TestHost.StartAsync();

        Assert.That((await host.GetAsync(path)).Headers["Cache-Control"], Is.EqualTo("no-store"));
    }

    [Test]
    public async Task Neither_is_a_batch()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.PostAsync("/api/GetNotification[]", "[]");

        Assert.That((int)answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["Cache-Control"], Is.EqualTo("no-store"));
    }
}
