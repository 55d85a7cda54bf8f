using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Delivery;

/// <summary>The lane of a batch: its notification's, or the one in which tokens are tried in another environment, apart from live traffic.</summary>
internal enum DeliveryLane
{
    Transactional = Lane.Transactional,
    Normal = Lane.Normal,
    Bulk = Lane.Bulk,
    Trial = 4,
}
