using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

internal sealed class RetryAfterTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [TestCase("0", 0)]
    [TestCase("90", 90)]
    [TestCase("86400", 86400)]
    [TestCase("86401", 86400)]
    [TestCase("99999999999999999999999999", 86400)]
    [TestCase("Mon, 23 Nov 2026 12:01:00 GMT", 60)]
    [TestCase("Mon, 23 Nov 2026 11:00:00 GMT", 0)]
    [TestCase("Wed, 23 Nov 2044 12:00:00 GMT", 86400)]
    public void Seconds_and_dates_are_believed_up_to_a_day(string text, int seconds) =>
        Assert.That(Read(text), Is.EqualTo(Time.GetUtcNow().AddSeconds(seconds)));

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("soon")]
    [TestCase("2026-11-23T12:00:00Z")]
    public void Nonsense_is_as_good_as_nothing(string text) => Assert.That(Read(text), Is.Null);

    [Test]
    public void Nothing_is_nothing()
    {
        using var response = new HttpResponseMessage();

        Assert.That(RetryAfter.Read(response.Headers, Time), Is.Null);
    }

    private static DateTimeOffset? Read(string text)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", text);
        return RetryAfter.Read(response.Headers, Time);
    }
}
