using NUnit.Framework;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

internal sealed class StreamLimitTests
{
    [Test]
    public void One_stream_until_the_gateway_has_spoken()
    {
        var limit = new StreamLimit(null, 1000);

        Assert.That((limit.Current, limit.IsSettling), Is.EqualTo((1, true)));
        limit.Announce(100);
        Assert.That((limit.Current, limit.IsSettling), Is.EqualTo((100, false)));
    }

    [Test]
    public void One_stream_until_the_first_success_whatever_the_gateway_allows()
    {
        var limit = new StreamLimit(1, 1000);
        limit.Announce(500);

        Assert.That((limit.Current, limit.IsSettling), Is.EqualTo((1, true)));
        limit.Succeed();
        Assert.That((limit.Current, limit.IsSettling), Is.EqualTo((500, false)));
    }

    [Test]
    public void The_gateways_limit_is_followed_up_and_down_and_silence_about_it_leaves_it()
    {
        var limit = new StreamLimit(null, 1000);
        List<int> seen = [];

        foreach (var announced in new uint?[] { 100, 1, null, 50, 0, uint.MaxValue })
        {
            limit.Announce(announced);
            seen.Add(limit.Current);
        }

        Assert.That(seen, Is.EqualTo([100, 1, 1, 50, 0, 1000]));
    }

    [Test]
    public void A_gateway_without_a_limit_gets_as_many_as_we_want()
    {
        var limit = new StreamLimit(null, 250);

        limit.Announce(null);

        Assert.That(limit.Current, Is.EqualTo(250));
    }

    [Test]
    public void A_refused_stream_lowers_the_limit_and_each_success_raises_it_by_one()
    {
        var limit = new StreamLimit(null, 1000);
        limit.Announce(4);
        limit.Refuse(inFlight: 3);
        List<int> seen = [limit.Current];

        for (var success = 0; success < 3; success++)
        {
            limit.Succeed();
            seen.Add(limit.Current);
        }

        Assert.That(seen, Is.EqualTo([2, 3, 4, 4]));
    }
}
