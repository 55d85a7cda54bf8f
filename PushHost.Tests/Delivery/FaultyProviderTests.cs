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
            Providers = [new FaultyFactory()],
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

    private sealed class FaultyFactory : IPushProviderFactory
    {
        public string Name => "faulty";

        public IReadOnlyList<SettingFault> Check(CredentialSettings settings) => [];

        public IPushProvider Create(CredentialSettings settings, ProviderServices services) => new FaultyProvider();

        public RegistrationCheck CheckRegistration(RegistrationForm registration) => RegistrationCheck.Accept(registration.RegistrationId);
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
