using System.Net;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Settings;
using PushHost.ServiceModel;
using PushHost.Tests.Support;

namespace PushHost.Tests.Delivery;

/// <summary>A plugin is foreign code: what it throws is recorded, and its author is told where.</summary>
public sealed class FaultyProviderTests
{
    [Test]
    public async Task What_a_provider_throws_is_logged_with_its_place_and_without_its_message()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            Providers = [new FaultyFactory(new FaultyProvider())],
            Settings = new Dictionary<string, string> { ["Apps:default:Providers:faulty:Office"] = "London" },
        });
        var device = await host.RegisterAsync("faulty", "a-token-that-is-nobody-s-business");

        var sent = await host.CompletedAsync(
            await host.SendAsync(new { to = new { ids = new[] { device.Id } }, message = new { body = "Hi" }, onUnknown = "stop" }));

        var delivery = await host.DeliveryAsync(sent);
        Assert.That(delivery.Outcome, Is.EqualTo(DeliveryOutcome.Unknown));
        Assert.That(delivery.Reason, Is.EqualTo("the provider failed: InvalidOperationException"));
        var told = host.Log.Lines.Single(line => line.Level == LogLevel.Error).Text;
        Assert.That(told, Does.StartWith("The provider faulty failed with InvalidOperationException in batch ").And.Contain($"{nameof(FaultyProvider)}.{nameof(IPushProvider.DeliverAsync)}"));
        Assert.That(told, Does.Not.Contain(device.RegistrationId));
    }

    [Test]
    public async Task A_provider_that_passes_recipients_over_is_not_asked_again_and_again()
    {
        var lazy = new LazyProvider();
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            FakeTime = true,
            Providers = [new FaultyFactory(lazy)],
            Settings = new Dictionary<string, string> { ["Apps:default:Providers:faulty:Office"] = "London" },
        });
        var device = await host.RegisterAsync("faulty", "a-token");

        var sent = await host.SendAsync("Hi", device);
        await TestHostRequests.Until(
            () => host.GetAsync("/health/ready", key: null), answer => answer.Body.Contains("the provider left recipients out", StringComparison.Ordinal));
        await host.ReleasedAsync(sent);

        Assert.That(lazy.Calls, Is.EqualTo(1));
        Assert.That(await host.DeliveryAsync(sent), Has.Property("Outcome").EqualTo(DeliveryOutcome.Pending).And.Property("Attempts").Zero);
    }

    [Test]
    public async Task A_provider_that_cannot_encode_after_a_restart_what_it_could_before_costs_no_lease()
    {
        var provider = new LazyProvider();
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            FakeTime = true,
            Providers = [new FaultyFactory(provider)],
            Settings = new Dictionary<string, string> { ["Apps:default:Providers:faulty:Office"] = "London" },
        });
        var device = await host.RegisterAsync("faulty", "a-token");
        var sent = await host.SendAsync("Hi", device);
        await host.ReleasedAsync(sent);
        await host.StopAsync();
        provider.CanEncode = false;

        await host.StartAgainAsync();
        await TestHostRequests.Until(
            () => host.GetAsync("/health/ready", key: null), answer => answer.Body.Contains("the provider failed: FormatException", StringComparison.Ordinal));

        await host.ReleasedAsync(sent);
        Assert.That(host.Number("SELECT lapsed_at FROM batch"), Is.Zero);
    }

    [Test]
    public async Task A_message_that_a_provider_can_no_longer_encode_is_not_in_the_way_of_others()
    {
        var provider = new PickyProvider();
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            FakeTime = true,
            Providers = [new FaultyFactory(provider)],
            Settings = new Dictionary<string, string> { ["Apps:default:Providers:faulty:Office"] = "London" },
        });
        for (var i = 0; i < 4; i++)
            await host.RegisterAsync("faulty", $"token-{i}");
        var device = await host.RegisterAsync("faulty", "a-token");
        // A batch for each device, due over the next minutes.
        var picked = await host.SendAsync(new { to = new { all = true }, message = new { body = "Picked" }, perMinute = 1, sendAt = host.Now.AddMinutes(5) });
        provider.Picks = "Picked";

        host.Advance(TimeSpan.FromMinutes(5));
        await TestHostRequests.Until(
            () => host.GetAsync("/health/ready", key: null), answer => answer.Body.Contains("the provider failed: FormatException", StringComparison.Ordinal));
        var other = await host.SendAsync("Hi", device);
        await host.TickUntilAsync(() => host.Number("SELECT accepted FROM notification WHERE id = @p0", other.Id) == 1);

        Assert.That((await host.NotificationAsync(picked.Id)).Counts, Has.Property("Pending").EqualTo(5));
        Assert.That((await host.GetAsync("/health/ready", key: null)).Body, Does.Not.Contain("FormatException"));
        provider.Picks = null;
        await host.TickUntilAsync(() => host.Number("SELECT COUNT(*) FROM notification WHERE completed_at IS NOT NULL") == 2);
        Assert.That((await host.NotificationAsync(picked.Id)).Counts.Accepted, Is.EqualTo(5));
    }

    [Test]
    public async Task A_provider_that_takes_any_text_for_a_token_is_not_believed()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Providers = [new FaultyFactory(new LazyProvider())] });

        var answer = await host.PostAsync("/devices", new { provider = "faulty", registrationId = "a\0token" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.Contain("InvalidRegistrationId").And.Contain("holds control characters"));
    }

    private sealed class FaultyFactory(IPushProvider provider) : IPushProviderFactory
    {
        public string Name => "faulty";

        public IReadOnlyList<SettingFault> Check(CredentialSettings settings) => [];

        public IPushProvider Create(CredentialSettings settings, ProviderServices services) => provider;

        public RegistrationCheck CheckRegistration(RegistrationForm registration) => RegistrationCheck.Accept(registration.RegistrationId);
    }

    private sealed class LazyProvider : IPushProvider
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public bool CanEncode { get; set; } = true;

        public EncodedPayload Encode(Rendering rendering) =>
            CanEncode ? new() { Body = "{}"u8.ToArray(), CountedBytes = 2, LimitBytes = 2 } : throw new FormatException("not in this version");

        public Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class PickyProvider : IPushProvider
    {
        public string? Picks { get; set; }

        public EncodedPayload Encode(Rendering rendering) => rendering.Message.Body == Picks
            ? throw new FormatException("not this one")
            : new() { Body = "{}"u8.ToArray(), CountedBytes = 2, LimitBytes = 2 };

        public async Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
        {
            for (var index = 0; index < batch.Recipients.Count && await sink.BeginAsync(index, 1, cancellationToken); index++)
                sink.Report(index, new Accepted(null));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FaultyProvider : IPushProvider
    {
        public EncodedPayload Encode(Rendering rendering) => new() { Body = "{}"u8.ToArray(), CountedBytes = 2, LimitBytes = 2 };

        public async Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
        {
            await sink.BeginAsync(0, 1, cancellationToken);
            throw new InvalidOperationException($"nobody is called {batch.Recipients[0].Target.Value}");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
