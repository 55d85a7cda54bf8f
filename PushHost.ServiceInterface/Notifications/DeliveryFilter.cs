using PushHost.ServiceInterface.Storage;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>Which deliveries are wanted.</summary>
/// <param name="Outcome">Only with this outcome; null for all.</param>
/// <param name="Reason">Only with this reason; null for all.</param>
internal sealed record DeliveryFilter(DeliveryOutcome? Outcome, string? Reason)
{
    /// <summary>Whether recipients that are pending without a row are wanted; these have no reason.</summary>
    public bool WantsPending => Outcome is null or DeliveryOutcome.Pending && Reason is null;

    /// <summary>Whether recipients that a cancel left out are wanted.</summary>
    public bool WantsCancelled => Outcome is null or DeliveryOutcome.Suppressed && Reason is null or PackedDeliveries.CancelledReason;

    /// <summary>Adds the conditions to a query.</summary>
    public SqlWhere Narrow(SqlWhere where) => where.AndIf(Outcome is not null, $"outcome = {(int?)Outcome}").AndIf(Reason is not null, $"reason = {Reason}");
}
