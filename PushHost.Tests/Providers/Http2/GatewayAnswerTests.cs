using NUnit.Framework;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

internal sealed class GatewayAnswerTests
{
    [TestCase(0, false)]
    [TestCase(9, false)]
    [TestCase(10, false)]
    [TestCase(11, true)]
    [TestCase(100_000, true)]
    public async Task A_body_is_read_up_to_its_bound_and_no_further(int length, bool isTruncated)
    {
        using var response = new HttpResponseMessage { Content = new StreamContent(new MemoryStream(new byte[length])) };

        var answer = await GatewayAnswer.ReadAsync(response, 10, CancellationToken.None);

        Assert.That((answer.Body.Length, answer.IsTruncated), Is.EqualTo((Math.Min(length, 10), isTruncated)));
    }
}
