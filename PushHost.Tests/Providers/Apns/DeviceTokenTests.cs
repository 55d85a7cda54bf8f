using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Apns;

namespace PushHost.Tests.Providers.Apns;

internal sealed class DeviceTokenTests
{
    [TestCase("AB", "ab")]
    [TestCase("<ab01CD23 4567>", "ab01cd234567")]
    public void A_token_is_kept_in_lower_case_without_decoration(string token, string canonical) =>
        Assert.That(Check(token).Canonical, Is.EqualTo(canonical));

    [TestCase("")]
    [TestCase("a")]
    [TestCase("abc")]
    [TestCase("zz")]
    [TestCase("ab\n")]
    [TestCase("ab/..")]
    [TestCase("аб")]
    [TestCase("<>")]
    public void A_token_that_is_not_hexadecimal_of_even_length_is_refused(string token)
    {
        var check = Check(token);

        Assert.That((check.Canonical, check.FieldName), Is.EqualTo(((string?)null, "registrationId")));
        Assert.That(check.Message, Is.Not.Empty);
    }

    [Test]
    public void A_token_may_have_512_digits_and_not_514()
    {
        Assert.That(Check(new string('a', 512)).Canonical, Is.Not.Null);
        Assert.That(Check(new string('a', 514)).Canonical, Is.Null);
    }

    [Test]
    public void Any_bytes_written_as_hexadecimal_are_a_token() =>
        Gen.Byte.Array[1, 256].Sample(bytes => Check(Convert.ToHexString(bytes)).Canonical == Convert.ToHexStringLower(bytes));

    private static RegistrationCheck Check(string token) => new ApnsProviderFactory().CheckRegistration(new RegistrationForm(token, "alert", null));
}
