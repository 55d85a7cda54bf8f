using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.OpenApi;

/// <summary>What the examples in the doc comments of PushHost.ServiceModel speak of. An example that changes or deletes something names a thing
/// of its own here, so that examples don't depend on each other.</summary>
internal static class ExampleWorld
{
    public static async Task MakeAsync(TestHost host)
    {
        // In the order of their ids, from 1.
        await DeviceAsync(host, 1, "apns", "3f2a9c0d77e1", "ann", "en", "sports");
        await DeviceAsync(host, 2, "gcm", "c7Fh2:APA91bExample", "ben");
        await DeviceAsync(host, 3, "apns", "3f2a9c0d77e3", "carl");
        await DeviceAsync(host, 4, "apns", "3f2a9c0d77e4", "carl");
        await DeviceAsync(host, 5, "apns", "3f2a9c0d77e5", "carl");
        await DeviceAsync(host, 6, "gcm", "e9Hj4:APA91bExample", "dora");
        var sent = await host.SendAsync(new { to = new { ids = new[] { 1 } }, message = new { body = "Hi" } });
        Assert.That((await host.CompletedAsync(sent)).Id, Is.EqualTo(1));
    }

    private static async Task DeviceAsync(TestHost host, long id, string provider, string token, string userId, params string[] tags) =>
        Assert.That((await host.RegisterAsync(provider, token, new { userId, tags })).Id, Is.EqualTo(id));
}
