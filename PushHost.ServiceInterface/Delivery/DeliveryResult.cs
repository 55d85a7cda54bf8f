using PushHost.ServiceInterface.Delivery.Tokens;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>What is to be recorded of one recipient.</summary>
/// <param name="Device">The recipient.</param>
/// <param name="Outcome">How it ended; pending means a retry at <paramref name="DueAt"/>.</param>
/// <param name="Reason">The gateway's own word; null for accepted.</param>
/// <param name="GatewayMessageId">The gateway's id.</param>
/// <param name="Attempts">How often it was tried so far.</param>
/// <param name="DueAt">When a retry is due, Unix milliseconds.</param>
/// <param name="Token">What becomes of the device's token; null for nothing.</param>
/// <param name="Silences">How many attempts had no answer, where that decides what follows; 0 for one who was reached or refused.</param>
internal readonly record struct DeliveryResult(
    long Device, DeliveryOutcome Outcome, string? Reason, string? GatewayMessageId, int Attempts, long DueAt, TokenAction? Token,
    int Silences = 0);
