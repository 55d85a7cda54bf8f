using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;

namespace PushHost.Tests.Delivery;

public class PackedRecipientsTests
{
    private static readonly Gen<long[]> Ids = Gen.Long[1, 1L << 53].Array[0, 50].Select(ids => ids.Distinct().Order().ToArray());

    [Test]
    public void What_is_packed_unpacks_the_same() => Ids.Sample(ids => PackedRecipients.Unpack(PackedRecipients.Pack(ids)).AsSpan().SequenceEqual(ids));

    [Test]
    public void What_is_cut_short_is_refused() => Gen.Select(Ids, Gen.Double[0, 0.999]).Sample((ids, where) =>
    {
        var packed = PackedRecipients.Pack(ids);

        return IsRefused(packed.AsSpan(0, (int)(packed.Length * where)));
    });

    [Test]
    public void What_goes_on_behind_its_end_is_refused() => Gen.Select(Ids, Gen.Byte).Sample((ids, more) => IsRefused([.. PackedRecipients.Pack(ids), more]));

    [Test]
    public void Any_bytes_are_either_read_or_refused() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        if (!IsRefused(bytes))
            PackedRecipients.Unpack(bytes);
    });

    [Test]
    public void A_thousand_neighbours_take_about_a_byte_each()
    {
        var packed = PackedRecipients.Pack([.. Enumerable.Range(5_000_000, 1000).Select(id => (long)id)]);

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
