using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

internal sealed class ConnectBackoffTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Each_failure_doubles_the_wait_up_to_ten_seconds()
    {
        var backoff = new ConnectBackoff(_time);

        foreach (var longest in new[] { 1, 2, 4, 8, 10, 10 })
        {
            backoff.Fail("refused");
            Assert.That((backoff.NotBefore - _time.GetUtcNow()).TotalSeconds, Is.InRange(longest / 2.0, longest));
            Assert.That(backoff.IsWaiting, Is.True);
        }
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(backoff.IsWaiting, Is.False);
    }

    [Test]
    public void An_answer_ends_the_wait()
    {
        var backoff = new ConnectBackoff(_time);
        backoff.Fail("refused");

        backoff.Succeed();

        Assert.That(backoff.IsWaiting, Is.False);
    }

    [Test]
    public void Connections_that_end_young_again_and_again_are_not_replaced_at_once()
    {
        var backoff = new ConnectBackoff(_time);
        List<bool> waiting = [];

        for (var end = 0; end < 3; end++)
        {
            backoff.Succeed();
            backoff.End(TimeSpan.FromSeconds(1), "gone");
            waiting.Add(backoff.IsWaiting);
        }

        Assert.That(waiting, Is.EqualTo([false, false, true]));
    }

    [Test]
    public void Connections_that_lived_are_replaced_at_once()
    {
        var backoff = new ConnectBackoff(_time);

        for (var end = 0; end < 10; end++)
            backoff.End(TimeSpan.FromHours(1), "idle");

        Assert.That(backoff.IsWaiting, Is.False);
    }
}
