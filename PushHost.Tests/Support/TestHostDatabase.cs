using Microsoft.Extensions.DependencyInjection;
using PushHost.ServiceInterface.Delivery.Flow;
using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.Tests.Support;

/// <summary>What no caller can see of a <see cref="TestHost"/>, read from its database.</summary>
internal static class TestHostDatabase
{
    public static long Number(this TestHost host, string sql, params object?[] values)
    {
        using var session = host.Services.GetRequiredService<Database>().Read();
        return session.Number(sql, values) ?? 0;
    }

    public static string Text(this TestHost host, string sql, params object?[] values)
    {
        using var session = host.Services.GetRequiredService<Database>().Read();
        return session.First(reader => reader.GetString(0), sql, values)!;
    }

    /// <summary>Changes the database behind the host's back.</summary>
    public static Task ChangeAsync(this TestHost host, string sql, params object?[] values) =>
        host.Services.GetRequiredService<DatabaseWriter>().WriteAsync(WriteLane.Caller, session => session.Execute(sql, values));

    /// <summary>Waits until no request to a gateway is under way.</summary>
    public static Task AnsweredAsync(this TestHost host) => TestHostRequests.Until(
        () => Task.FromResult(host.Services.GetRequiredService<GatewayFlows>().All.Sum(gateway => gateway.Value.Values.Sum(flow => flow.InFlight))), inFlight => inFlight == 0);

    /// <summary>Lets the faked clock go on by the second; not while a request to a gateway is under way, which would meet its deadline.</summary>
    public static Task TickUntilAsync(this TestHost host, Func<bool> isSo) => TestHostRequests.Until(
        async () =>
        {
            await host.AnsweredAsync();
            host.Advance(TimeSpan.FromSeconds(1));
            return isSo();
        },
        so => so);

    /// <summary>Waits until no worker holds a batch of the notification.</summary>
    public static Task ReleasedAsync(this TestHost host, Notification sent) => TestHostRequests.Until(
        () => Task.FromResult(host.Number("SELECT COUNT(*) FROM batch WHERE notification = @p0 AND done = 0 AND leased = 1", sent.Id)), leased => leased == 0);
}
