using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.ServiceInterface.Delivery;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.Tests.Delivery;

public class RetryPolicyTests
{
    private const long Now = 1_800_000_000_000;

    private static readonly Gen<DateTimeOffset> Moment = Gen.Long[-3_600_000, 90_000_000].Select(ms => DateTimeOffset.FromUnixTimeMilliseconds(Now + ms));
    private static readonly Gen<int> Attempt = Gen.Int[1, 100];
    private static readonly Gen<double> Chance = Gen.Double[0, 0.999999];

    [Test]
    public void A_retry_is_never_before_the_gateway_s_time_nor_after_the_message_s() =>
        Gen.Select(Moment, Gen.Long[0, 86_400_000], Attempt, Chance).Sample((notBefore, time, attempt, chance) =>
        {
            var notAfter = Now + time;
            foreach (Verdict verdict in new Verdict[] { new Throttled("t", notBefore, VerdictScope.Target), new Unavailable("u", notBefore, VerdictScope.Target, true) })
            {
                var decision = RetryPolicy.Decide(verdict, attempt, 0, notAfter, ExpiryKind.Until, OnUnknown.Resend, Now, chance);
                var isRight = decision.Outcome == DeliveryOutcome.Pending
                    ? decision.DueAt >= Now && decision.DueAt >= notBefore.ToUnixTimeMilliseconds() && decision.DueAt < notAfter
                    : decision.Outcome == DeliveryOutcome.Expired;
                if (!isRight)
                    return false;
            }
            return true;
        });

    [Test]
    public void The_window_doubles_from_two_seconds_to_ten_minutes() => Gen.Select(Attempt, Chance).Sample((attempt, chance) =>
    {
        var verdict = new Unavailable("u", null, VerdictScope.Target, true);

        var due = RetryPolicy.Decide(verdict, attempt, 0, long.MaxValue, ExpiryKind.GatewayDefault, OnUnknown.Resend, Now, chance).DueAt - Now;

        return due >= 0 && due <= Math.Min(600_000, 2000 * Math.Pow(2, Math.Min(attempt - 1, 30)));
    });

    [Test]
    public void The_third_silence_ends_however_many_attempts_there_were() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 50], Chance).Sample((silences, others, chance) =>
    {
        var decision = RetryPolicy.Decide(
            new Unknown("u"), silences + others + 1, silences, long.MaxValue, ExpiryKind.GatewayDefault, OnUnknown.Resend, Now, chance);

        return decision.Outcome == (silences == 2 ? DeliveryOutcome.Unknown : DeliveryOutcome.Pending) && decision.Silences == silences + 1;
    });

    [Test]
    public void What_was_silent_once_never_ends_expired() => Gen.Select(Gen.Int[1, 2], Moment, Chance).Sample((silences, moment, chance) =>
    {
        Verdict[] verdicts = [new Throttled("t", moment, VerdictScope.Target), new Unavailable("u", moment, VerdictScope.Target, true), new Unavailable("u", null, VerdictScope.Target, false)];
        return verdicts.All(verdict => RetryPolicy.Decide(verdict, 4, silences, Now, ExpiryKind.Once, OnUnknown.Resend, Now, chance).Outcome == DeliveryOutcome.Unknown)
            && verdicts.Take(2).All(verdict => RetryPolicy.Decide(verdict, 4, silences, Now, ExpiryKind.Until, OnUnknown.Resend, Now, chance).Outcome == DeliveryOutcome.Unknown);
    });

    [Test]
    public void With_one_attempt_nothing_is_ever_pending() => Gen.Select(Attempt, Moment, Chance).Sample((attempt, moment, chance) =>
    {
        Verdict[] verdicts =
        [
            new Accepted("id"), new Replaced("id", "new"), new Unregistered("r", moment), new TokenRejected("r"), new MessageRejected("r"), new CredentialRejected("r"),
            new Throttled("r", moment, VerdictScope.Credential), new Unavailable("r", moment, VerdictScope.Gateway, true), new Unavailable("r", null, VerdictScope.Target, false), new Unknown("r"),
        ];
        return verdicts.All(verdict => RetryPolicy.Decide(verdict, attempt, 0, Now, ExpiryKind.Once, OnUnknown.Resend, Now, chance).Outcome is not (DeliveryOutcome.Pending or DeliveryOutcome.Unspecified));
    });

    [Test]
    public void What_was_not_processed_or_is_our_credential_s_fault_is_no_attempt()
    {
        Assert.That(Decide(new Unavailable("u", null, VerdictScope.Target, MayHaveProcessed: false)), Is.EqualTo(DeliveryOutcome.Unspecified));
        Assert.That(Decide(new CredentialRejected("c")), Is.EqualTo(DeliveryOutcome.Unspecified));
        Assert.That(Decide(new CredentialRejected("c", VerdictScope.Target)), Is.EqualTo(DeliveryOutcome.Failed));
    }

    private static DeliveryOutcome Decide(Verdict verdict) => RetryPolicy.Decide(verdict, 1, 0, long.MaxValue, ExpiryKind.Until, OnUnknown.Resend, Now, 0.5).Outcome;
}
