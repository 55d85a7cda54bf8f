using System.Security.Cryptography;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Gcm;
using PushHost.Providers.Settings;

namespace PushHost.Tests.Providers.Gcm;

public sealed class GcmSettingsTests
{
    private static readonly GcmProviderFactory Factory = new();

    [Test]
    public void A_service_account_is_all_that_FCM_needs()
    {
        var settings = GcmSettings.Read(GcmFixture.WithAccount(GcmFixture.Account()));

        Assert.Multiple(() =>
        {
            Assert.That(settings.Faults, Is.Empty);
            Assert.That(settings.ProjectId, Is.EqualTo("my-project"));
            Assert.That(settings.Endpoint, Is.EqualTo(new Uri("https://fcm.googleapis.com")));
            Assert.That(settings.RequestTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(settings.Legacy, Is.Null);
        });
    }

    [Test]
    public void A_project_that_is_given_wins_over_the_accounts()
    {
        Assert.That(GcmSettings.Read(GcmFixture.WithAccount(GcmFixture.Account(), ("ProjectId", "other"))).ProjectId, Is.EqualTo("other"));
        Assert.That(Faults(GcmFixture.WithAccount(Without("project_id"), ("ProjectId", "other"))), Is.Empty);
    }

    [Test]
    public void A_server_key_and_an_address_select_the_legacy_protocol()
    {
        var settings = GcmSettings.Read(GcmFixture.Settings(("ApiKey", "AIza"), ("PostUrl", "http://localhost/gcm/send"), ("MaxRecipients", "7")));

        Assert.That(settings.Faults, Is.Empty);
        Assert.That(settings.Legacy, Is.EqualTo(new LegacySettings("AIza", new Uri("http://localhost/gcm/send"), 7)));
    }

    private static IEnumerable<TestCaseData> Contradictions()
    {
        yield return Row("nothing", GcmFixture.Settings(), ["ServiceAccountFile"]);
        yield return Row("key without address", GcmFixture.Settings(("ApiKey", "k")), ["PostUrl"]);
        yield return Row("address without key", GcmFixture.Settings(("PostUrl", "https://x.example")), ["ApiKey"]);
        yield return Row("key and account", GcmFixture.WithAccount(GcmFixture.Account(), ("ApiKey", "k"), ("PostUrl", "https://x.example")), ["ServiceAccountFile"]);
        yield return Row("key of two lines", GcmFixture.Settings(("ApiKey", "k\r\nX: y"), ("PostUrl", "https://x.example")), ["ApiKey"]);
        yield return Row("address that is none", GcmFixture.Settings(("ApiKey", "k"), ("PostUrl", "x.example")), ["PostUrl"]);
        yield return Row("no recipients", Legacy(("MaxRecipients", "0")), ["MaxRecipients"]);
        yield return Row("too many recipients", Legacy(("MaxRecipients", "1001")), ["MaxRecipients"]);
        yield return Row("many recipients of FCM", GcmFixture.WithAccount(GcmFixture.Account(), ("MaxRecipients", "1001")), ["MaxRecipients"]);
        yield return Row("a timeout that is none", Legacy(("RequestTimeoutSeconds", "soon")), ["RequestTimeoutSeconds"]);
        yield return Row("FCM in clear", GcmFixture.WithAccount(GcmFixture.Account(), ("Endpoint", "http://x.example")), ["Endpoint"]);
        yield return Row("a project that is a path", GcmFixture.WithAccount(GcmFixture.Account(), ("ProjectId", "a/b")), ["ProjectId"]);
        yield return Row("a misspelt name", GcmFixture.WithAccount(GcmFixture.Account(), ("ProjectID", "x"), ("Endpont", "x")), ["Endpont"]);
        yield return Row("a certificate that is none", GcmFixture.WithAccount(GcmFixture.Account(), ("CaCertificatesFile", "hello")), ["CaCertificatesFile"]);
        yield return Row("a file that is not there", GcmFixture.Settings(("ServiceAccountFile", "absent.json")), ["ServiceAccountFile"]);
        yield return Row("all at once", GcmFixture.Settings(("ApiKey", "k"), ("MaxRecipients", "0"), ("Endpoint", "x")), ["MaxRecipients", "PostUrl", "Endpoint"]);

        static TestCaseData Row(string name, CredentialSettings settings, string[] faults) => new TestCaseData(settings, faults).SetArgDisplayNames(name);
        static CredentialSettings Legacy((string, string) more) => GcmFixture.Settings(("ApiKey", "k"), ("PostUrl", "https://x.example"), more);
    }

    [TestCaseSource(nameof(Contradictions))]
    public void Settings_that_cannot_be_right_are_named(CredentialSettings settings, string[] faults) =>
        Assert.That(Factory.Check(settings).Select(fault => fault.Setting), Is.EqualTo(faults));

    [TestCase("client_email")]
    [TestCase("private_key")]
    [TestCase("token_uri")]
    [TestCase("project_id")]
    public void A_member_that_the_service_account_lacks_is_named(string member) =>
        Assert.That(Faults(GcmFixture.WithAccount(Without(member))), Has.One.Matches<SettingFault>(fault =>
            fault!.Setting == "ServiceAccountFile" && fault.Message.StartsWith($"lacks {member}", StringComparison.Ordinal)));

    [Test]
    public void All_that_a_service_account_lacks_is_named_together() =>
        Assert.That(Faults(GcmFixture.Settings(("ServiceAccountFile", "{}"))).Select(fault => fault.Message),
            Is.EqualTo(["lacks client_email", "lacks private_key", "lacks token_uri"]));

    [TestCase("hello", "is not valid JSON")]
    [TestCase("[]", "must be a JSON object")]
    [TestCase("", "is missing")]
    public void A_file_that_is_no_service_account_is_refused(string content, string message) =>
        Assert.That(Faults(GcmFixture.Settings(("ServiceAccountFile", content))).Single().Message, Does.Contain(message));

    [Test]
    public void A_byte_order_mark_is_no_fault() =>
        Assert.That(ServiceAccount.Read([0xEF, 0xBB, 0xBF, .. System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(GcmFixture.Account())], out _), Is.Not.Null);

    [Test]
    public void A_key_that_is_not_RSA_is_refused()
    {
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var small = RSA.Create(1024);
        using var whole = RSA.Create(2048);

        Assert.That(KeyFault(elliptic.ExportPkcs8PrivateKeyPem()), Does.Contain("not an RSA private key"));
        Assert.That(KeyFault(whole.ExportRSAPublicKeyPem()), Does.Contain("not an RSA private key"));
        Assert.That(KeyFault("hello"), Does.Contain("not an RSA private key"));
        Assert.That(KeyFault(small.ExportPkcs8PrivateKeyPem()), Does.Contain("1024 bits"));

        static string KeyFault(string pem) => Faults(GcmFixture.WithAccount(With("private_key", pem))).Single().Message;
    }

    [TestCase("http://token.example/token", false)]
    [TestCase("token.example", false)]
    [TestCase("http://localhost:9/token", true)]
    public void The_assertion_leaves_this_machine_over_TLS_only(string tokenUri, bool isRight) =>
        Assert.That(Faults(GcmFixture.WithAccount(With("token_uri", tokenUri))), isRight ? Is.Empty : Has.Count.EqualTo(1));

    [Test]
    public void An_account_of_another_type_is_refused() =>
        Assert.That(Faults(GcmFixture.WithAccount(With("type", "authorized_user"))).Single().Message, Does.Contain("authorized_user"));

    [TestCase("t", true)]
    [TestCase("cU3:APA91b-_~%", true)]
    [TestCase("", false)]
    [TestCase("a b", false)]
    [TestCase("é", false)]
    [TestCase("a\n", false)]
    public void A_registration_token_is_printable(string token, bool isRight)
    {
        var check = Factory.CheckRegistration(new RegistrationForm(token, "alert", null));

        Assert.That(check, isRight ? Is.EqualTo(RegistrationCheck.Accept(token)) : Has.Property("FieldName").EqualTo("registrationId"));
    }

    [Test]
    public void A_registration_token_has_up_to_4096_characters()
    {
        Assert.That(Factory.CheckRegistration(new RegistrationForm(new string('x', 4096), "alert", null)).Canonical, Is.Not.Null);
        Assert.That(Factory.CheckRegistration(new RegistrationForm(new string('x', 4097), "alert", null)).Canonical, Is.Null);
    }

    private static IReadOnlyList<SettingFault> Faults(CredentialSettings settings) => Factory.Check(settings);

    private static Dictionary<string, string> Without(string member)
    {
        var account = GcmFixture.Account();
        account.Remove(member);
        return account;
    }

    private static Dictionary<string, string> With(string member, string value) => new(GcmFixture.Account()) { [member] = value };
}
