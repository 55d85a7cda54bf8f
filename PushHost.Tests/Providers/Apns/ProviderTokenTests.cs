using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers.Apns;

namespace PushHost.Tests.Providers.Apns;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProviderTokenTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [TearDown]
    public void Forget() => _key.Dispose();

    [Test]
    public void A_token_is_signed_as_Apple_asks()
    {
        var parts = Token().Authorization["bearer ".Length..].Split('.');

        Assert.That(Decode(parts[0]), Is.EqualTo("""{"alg":"ES256","kid":"KEY0000001"}"""));
        Assert.That(Decode(parts[1]), Is.EqualTo($$"""{"iss":"TEAM000001","iat":{{_time.GetUtcNow().ToUnixTimeSeconds()}}}"""));
        Assert.That(
            _key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            Is.True);
    }

    [Test]
    public void A_token_is_renewed_after_50_minutes_and_not_before()
    {
        var token = Token();
        var first = token.Authorization;

        _time.Advance(TimeSpan.FromMinutes(50) - TimeSpan.FromSeconds(1));
        Assert.That(token.Authorization, Is.EqualTo(first));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(token.Authorization, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task One_key_has_one_token_however_many_ask()
    {
        var tokens = Enumerable.Range(0, 4).Select(_ => Token()).ToArray();

        var asked = await Task.WhenAll(Enumerable.Range(0, 64).Select(index => Task.Run(() => tokens[index % 4].Authorization)));

        Assert.That(asked.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Another_key_or_team_has_a_token_of_its_own()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var otherKey = new ProviderToken(new SigningKey(other, "KEY0000001", "TEAM000001"), _time, NullLogger.Instance);
        var otherTeam = new ProviderToken(new SigningKey(_key, "KEY0000001", "TEAM000002"), _time, NullLogger.Instance);

        Assert.That(new[] { Token().Authorization, otherKey.Authorization, otherTeam.Authorization }, Is.Unique);
    }

    [Test]
    public void A_token_called_expired_is_renewed_once_for_all_who_carried_it()
    {
        var token = Token();
        var first = token.Authorization;
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.That(token.Expire(first), Is.True);
        var second = token.Authorization;
        Assert.That(token.Expire(first), Is.True);

        Assert.That(token.Authorization, Is.EqualTo(second).And.Not.EqualTo(first));
    }

    [Test]
    public void A_gateway_that_calls_every_token_expired_does_not_make_us_sign_without_end()
    {
        var token = Token();
        token.Expire(token.Authorization);
        var second = token.Authorization;
        _time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));

        Assert.That(token.Expire(second), Is.False);
        Assert.That(token.Authorization, Is.EqualTo(second));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(token.Expire(second), Is.True);
        Assert.That(token.Authorization, Is.Not.EqualTo(second));
    }

    [Test]
    public void A_clock_set_back_makes_a_new_token()
    {
        _time.AutoAdvanceAmount = TimeSpan.Zero;
        var token = Token();
        var first = token.Authorization;

        _time.AdjustTime(_time.GetUtcNow().AddHours(-3));

        Assert.That(token.Authorization, Is.Not.EqualTo(first));
    }

    private ProviderToken Token() => new(new SigningKey(_key, "KEY0000001", "TEAM000001"), _time, NullLogger.Instance);

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
