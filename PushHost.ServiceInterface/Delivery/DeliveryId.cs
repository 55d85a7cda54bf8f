namespace PushHost.ServiceInterface.Delivery;

/// <summary>The id of a delivery that gateways are told: the same for every attempt, on every host, after every crash.</summary>
internal static class DeliveryId
{
    /// <summary>A UUID of version 8 (RFC 9562: the bits are ours) that holds the notification's id and the device's.</summary>
    public static Guid Of(long notification, long device) => new(
        (int)(notification >> 28), (short)(notification >> 12), (short)(0x8000 | (notification & 0xFFF)),
        (byte)(0x80 | (device >> 56 & 0x3F)), (byte)(device >> 48), (byte)(device >> 40), (byte)(device >> 32),
        (byte)(device >> 24), (byte)(device >> 16), (byte)(device >> 8), (byte)device);
}
