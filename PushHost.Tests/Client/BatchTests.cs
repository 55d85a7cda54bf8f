using System.Net;
using System.Text.Json;
using NUnit.Framework;
using PushHost.Client;
using PushHost.ServiceModel;
using PushHost.Tests.Support;
using PushHost.Wire;

namespace PushHost.Tests.Client;

/// <summary>Many requests at once.</summary>
public sealed class BatchTests
{
    [Test]
    public async Task Requests_of_one_type_are_answered_in_their_order()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.TypedClient();

        var devices = await client.SendAllAsync<Device>(Enumerable.Range(0, 5).Select(i => new RegisterDevice { Provider = "gcm", RegistrationId = $"token-{i}" }));
        await client.SendAllAsync(devices.Take(2).Select(device => new DeleteDevice { Id = device.Id }));

        Assert.That(devices.Select(device => device.RegistrationId), Is.EqualTo(Enumerable.Range(0, 5).Select(i => $"token-{i}")));
        Assert.That(await client.ListAsync(new QueryDevices()).CountAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task The_first_that_fails_ends_the_batch_and_is_named()
    {
        await using var host = await TestHost.StartAsync();
        var device = await host.RegisterAsync("apns");
        GetDevice[] requests = [new() { Id = device.Id }, new() { Id = 999 }, new() { Id = device.Id }];

        var problem = (await Assert.ThrowsAsync<PushHostException>(() => host.TypedClient().SendAllAsync<Device>(requests)))!;

        Assert.That((problem.StatusCode, problem.ErrorCode, problem.BatchIndex, problem.BatchCompleted, problem.Operation),
            Is.EqualTo((HttpStatusCode.NotFound, "NotFound", 1, 1, "GetDevice[]")));
    }

    [Test]
    public async Task Sends_of_a_batch_have_keys_of_their_own_that_survive_a_repeat()
    {
        var host = new ScriptedHost().Break().Answer(200, """[{"id":1},{"id":2}]""");
        IReturn<Notification>[] sends = [new SendToDevice { Id = 1, Body = "a" }, new SendToDevice { Id = 2, Body = "b", IdempotencyKey = "mine" }];

        await host.Client().SendAllAsync(sends);

        var first = host.Requests[0];
        var keys = JsonDocument.Parse(first.Body!).RootElement.EnumerateArray().Select(send => send.GetProperty("idempotencyKey").GetString()).ToList();
        Assert.That(first.Line, Is.EqualTo("POST /below/api/SendToDevice[]"));
        Assert.That(first.Headers, Does.Not.ContainKey("Idempotency-Key"));
        Assert.That(keys[0], Is.Not.Null.And.Not.EqualTo("mine"));
        Assert.That(keys[1], Is.EqualTo("mine"));
        Assert.That(host.Requests[1].Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task Nothing_is_sent_for_an_empty_batch_nor_for_a_mixed_one()
    {
        var host = new ScriptedHost();

        Assert.That(await host.Client().SendAllAsync<Device>([]), Is.Empty);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client().SendAllAsync<Device>([new GetDevice(), new FindDevice()]));
        Assert.That(host.Requests, Is.Empty);
    }
}
