using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Health;

namespace PushHost.Tests.Health;

/// <summary>What fails every second is not told every second.</summary>
public class RepeatedFailureTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void A_failure_is_told_at_once_and_then_once_a_minute_while_it_lasts()
    {
        var failure = new RepeatedFailure(_time);

        var told = 0;
        for (var second = 0; second < 150; second++, _time.Advance(TimeSpan.FromSeconds(1)))
            told += failure.IsNews("the disk is full") ? 1 : 0;

        Assert.That(told, Is.EqualTo(3));
    }

    [Test]
    public void Another_failure_is_told_at_once()
    {
        var failure = new RepeatedFailure(_time);

        var told = new[] { "the disk is full", "the disk is full", "the disk is read-only", "the disk is full" }.Select(failure.IsNews);

        Assert.That(told, Is.EqualTo(new[] { true, false, true, true }));
    }
}
