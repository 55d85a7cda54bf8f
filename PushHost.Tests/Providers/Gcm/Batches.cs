using PushHost.Providers;

namespace PushHost.Tests.Providers.Gcm;

internal static class Batches
{
    public static Batch Of(EncodedPayload payload, params string[] tokens) => Of(payload, Expiry.GatewayDefault, tokens);

    public static Batch Of(EncodedPayload payload, Expiry expiry, params string[] tokens) => new()
    {
        Expiry = expiry,
        Recipients = [.. tokens.Select(token => new Recipient { Target = new Target(TargetKind.Registration, token), Payload = payload, Id = Guid.NewGuid() })],
    };
}
