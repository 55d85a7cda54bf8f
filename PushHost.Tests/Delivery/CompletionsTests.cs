using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.ServiceInterface.Delivery;

namespace PushHost.Tests.Delivery;

public class CompletionsTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task One_who_gives_up_waiting_does_not_make_another_wait_in_vain()
    {
        var completions = new Completions(_time);
        using var patient = completions.Expect(1);
        var patiently = patient.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        using (var hasty = completions.Expect(1))
        {
            var hastily = hasty.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(await hastily, Is.False);
        }

        completions.Complete(1);

        Assert.That(await patiently, Is.True);
    }

    [Test]
    public async Task A_completion_between_expecting_and_waiting_is_not_missed()
    {
        var completions = new Completions(_time);
        using var waiter = completions.Expect(1);

        completions.Complete(1);

        Assert.That(await waiter.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None), Is.True);
    }

    [Test]
    public void Whoever_no_longer_waits_is_forgotten()
    {
        var completions = new Completions(_time);
        var first = completions.Expect(1);
        var second = completions.Expect(1);
        Assert.That(completions.Expected, Is.EqualTo(1));

        first.Dispose();
        second.Dispose();

        Assert.That(completions.Expected, Is.Zero);
    }
}
