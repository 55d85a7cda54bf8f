using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;

namespace PushHost.Tests.Delivery;

public class PackedRecipientsTests
{
    private static readonly Gen<long[]> Ids = Gen.Long[1, 1L << 53].Array[0, 50].Select(ids => ids.Distinct().Order().ToArray());

    private static readonly Gen<PackedRecipients> Recipients = Gen.Select(Ids, Gen.Bool, Gen.Long[0, 1L << 40], (ids, withOwners, epoch) =>
        new PackedRecipients(ids, withOwners ? [.. ids.Select((_, i) => epoch + i)] : null));

    [Test]
    public void What_is_packed_unpacks_the_same() => Recipients.Sample(recipients =>
    {
        var read = PackedRecipients.Unpack(recipients.Pack());

        return read.Devices.AsSpan().SequenceEqual(recipients.Devices)
            && (read.OwnerEpochs is null) == (recipients.OwnerEpochs is null)
            && read.OwnerEpochs.AsSpan().SequenceEqual(recipients.OwnerEpochs);
    });

    [Test]
    public void What_is_cut_short_is_refused() => Gen.Select(Recipients, Gen.Double[0, 0.999]).Sample((recipients, where) =>
    {
        var packed = recipients.Pack();

        return IsRefused(packed.AsSpan(0, (int)(packed.Length * where)));
    });

    [Test]
    public void What_goes_on_behind_its_end_is_refused() => Gen.Select(Recipients, Gen.Byte).Sample((recipients, more) => IsRefused([.. recipients.Pack(), more]));

    [Test]
    public void Any_bytes_are_either_read_or_refused() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        if (!IsRefused(bytes))
            PackedRecipients.Unpack(bytes).Pack();
    });

    [Test]
    public void A_thousand_neighbours_take_about_a_byte_each()
    {
        var packed = new PackedRecipients([.. Enumerable.Range(5_000_000, 1000).Select(id => (long)id)], null).Pack();

        Assert.That(packed, Has.Length.LessThan(1010));
    }

    private static bool IsRefused(ReadOnlySpan<byte> bytes)
    {
        try
        {
            PackedRecipients.Unpack(bytes);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
