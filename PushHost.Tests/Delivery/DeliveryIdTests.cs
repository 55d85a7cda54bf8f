using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;

namespace PushHost.Tests.Delivery;

public class DeliveryIdTests
{
    private static readonly Gen<(long Notification, long Device)> Pair = Gen.Select(Gen.Long[1, (1L << 53) - 1], Gen.Long[1, (1L << 53) - 1]);

    [Test]
    public void Two_deliveries_never_have_one_id() => Gen.Select(Pair, Pair).Sample((one, other) =>
        one == other == (DeliveryId.Of(one.Notification, one.Device) == DeliveryId.Of(other.Notification, other.Device)));

    [Test]
    public void Neighbours_have_ids_of_their_own()
    {
        var ids = from notification in Enumerable.Range(4090, 20) from device in Enumerable.Range(250, 20) select DeliveryId.Of(notification, device);

        Assert.That(ids, Is.Unique);
    }

    // RFC 9562 section 5.8: version 8, and the variant's two bits are 10.
    [Test]
    public void An_id_is_a_UUID_of_version_8() => Pair.Sample(pair =>
    {
        var id = DeliveryId.Of(pair.Notification, pair.Device).ToString();

        return id[14] == '8' && id[19] is '8' or '9' or 'a' or 'b';
    });
}
