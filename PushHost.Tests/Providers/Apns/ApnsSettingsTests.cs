using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PushHost.Providers.Apns;
using PushHost.Providers.Settings;

namespace PushHost.Tests.Providers.Apns;

internal sealed class ApnsSettingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, byte[]> Files = MakeFiles();

    [TestCase("key.p8")]
    [TestCase("key.der")]
    [TestCase("ec.pem")]
    public void A_key_with_its_names_is_a_credential(string file)
    {
        using var settings = Read(("KeyFile", file), ("KeyId", "KEY0000001"), ("TeamId", "TEAM000001"), ("BundleId", "com.example.app"));

        Assert.That(settings.Faults, Is.Empty);
        Assert.That((settings.Host, settings.Port, settings.Key!.KeyId, settings.Environment, settings.RequestTimeout),
            Is.EqualTo(("api.push.apple.com", 443, "KEY0000001", "production", TimeSpan.FromSeconds(30))));
    }

    [TestCase("client.pem", null)]
    [TestCase("client.encrypted.pem", "secret")]
    [TestCase("client.p12", "secret")]
    [TestCase("open.p12", null)]
    public void A_certificate_with_its_key_is_a_credential_and_names_its_app(string file, string? password)
    {
        using var settings = password is null
            ? Read(("CertificateFile", file))
            : Read(("CertificateFile", file), ("CertificatePassword", password));

        Assert.That(settings.Faults, Is.Empty);
        Assert.That((settings.BundleId, settings.Certificate!.HasPrivateKey), Is.EqualTo(("com.example.app", true)));
    }

    [Test]
    public void The_sandbox_has_its_own_gateway()
    {
        using var settings = ApnsSettings.Read(
            Settings("sandbox", ("CertificateFile", "client.pem"), ("Environment", "sandbox")), new FakeTimeProvider(Now));

        Assert.That(settings.Faults, Is.Empty);
        Assert.That(settings.Host, Is.EqualTo("api.sandbox.push.apple.com"));
    }

    [Test]
    public void Host_port_and_limits_can_be_set()
    {
        using var settings = Read(
            ("CertificateFile", "client.pem"), ("Host", "127.0.0.1"), ("Port", "2197"), ("RequestTimeoutSeconds", "5"), ("MaxConnections", "2"),
            ("CaCertificatesFile", "client.pem"));

        Assert.That(settings.Faults, Is.Empty);
        Assert.That((settings.Host, settings.Port, settings.RequestTimeout, settings.MaxConnections, settings.TrustedCertificates.Count),
            Is.EqualTo(("127.0.0.1", 2197, TimeSpan.FromSeconds(5), 2, 1)));
    }

    [TestCase("KeyFile", "", "")]
    [TestCase("KeyId TeamId", "KeyFile=key.p8 BundleId=b", "")]
    [TestCase("KeyFile", "KeyId=KEY0000001 TeamId=TEAM000001 BundleId=b", "is missing")]
    [TestCase("KeyId", "KeyFile=key.p8 KeyId=short TeamId=TEAM000001 BundleId=b", "10 characters")]
    [TestCase("TeamId", "KeyFile=key.p8 KeyId=KEY0000001 TeamId=TEAM-00001 BundleId=b", "10 characters")]
    [TestCase("BundleId", "KeyFile=key.p8 KeyId=KEY0000001 TeamId=TEAM000001", "is missing")]
    [TestCase("KeyFile", "KeyFile=absent KeyId=KEY0000001 TeamId=TEAM000001 BundleId=b", "absent")]
    [TestCase("KeyFile", "KeyFile=p384.p8 KeyId=KEY0000001 TeamId=TEAM000001 BundleId=b", "P-256")]
    [TestCase("KeyFile", "KeyFile=rsa.p8 KeyId=KEY0000001 TeamId=TEAM000001 BundleId=b", "not a private key")]
    [TestCase("KeyFile", "KeyFile=public.pem KeyId=KEY0000001 TeamId=TEAM000001 BundleId=b", "not a private key")]
    [TestCase("KeyFile", "KeyFile=rubbish KeyId=KEY0000001 TeamId=TEAM000001 BundleId=b", "not a private key")]
    [TestCase("CertificateFile", "KeyFile=key.p8 KeyId=KEY0000001 TeamId=TEAM000001 CertificateFile=client.pem", "one or the other")]
    [TestCase("CertificateFile", "CertificatePassword=x BundleId=b", "is missing")]
    [TestCase("CertificateFile", "CertificateFile=absent BundleId=b", "absent")]
    [TestCase("CertificateFile", "CertificateFile=rubbish BundleId=b", "neither")]
    [TestCase("CertificateFile", "CertificateFile=cert.only.pem", "private key")]
    [TestCase("CertificateFile", "CertificateFile=expired.pem", "expired on 2026-11-22")]
    [TestCase("CertificateFile", "CertificateFile=future.pem", "not valid before 2026-11-24")]
    [TestCase("CertificateFile", "CertificateFile=sandbox.pem", "for 'sandbox'")]
    [TestCase("CertificatePassword", "CertificateFile=client.p12 BundleId=b", "protected")]
    [TestCase("CertificatePassword", "CertificateFile=client.p12 CertificatePassword=wrong BundleId=b", "does not open")]
    [TestCase("BundleId", "CertificateFile=nameless.pem", "is missing")]
    [TestCase("Environment", "CertificateFile=client.pem Environment=staging", "production, sandbox")]
    [TestCase("Host", "CertificateFile=client.pem Host=https://x/", "host name")]
    [TestCase("Port", "CertificateFile=client.pem Port=0", "from 1 to 65535")]
    [TestCase("RequestTimeoutSeconds", "CertificateFile=client.pem RequestTimeoutSeconds=0", "from 1 to 35")]
    [TestCase("CaCertificatesFile", "CertificateFile=client.pem CaCertificatesFile=rubbish", "no certificate")]
    [TestCase("BundelId", "CertificateFile=client.pem BundelId=b", "not a setting")]
    public void A_fault_names_its_setting(string faulty, string values, string message)
    {
        var pairs = values.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1])).ToArray();
        using var settings = Read(pairs);

        Assert.That(settings.Faults.Select(fault => fault.Setting).Where(setting => values.Length > 0 || setting != "BundleId"), Is.EqualTo(faulty.Split(' ')));
        Assert.That(settings.Faults[0].Message, Does.Contain(message));
    }

    [Test]
    public void An_environment_that_contradicts_the_credentials_own_is_a_fault()
    {
        using var settings = ApnsSettings.Read(
            Settings("sandbox", ("CertificateFile", "client.pem"), ("Environment", "production")), new FakeTimeProvider(Now));

        Assert.That(settings.Faults.Select(fault => fault.Setting), Is.EqualTo(["Environment"]));
    }

    [Test]
    public void The_factory_reports_faults_and_throws_none() =>
        Assert.That(new ApnsProviderFactory(new FakeTimeProvider(Now)).Check(Settings(null)).Select(fault => fault.Setting), Is.EqualTo(["KeyFile", "BundleId"]));

    private static ApnsSettings Read(params (string Name, string Value)[] values) =>
        ApnsSettings.Read(Settings(null, values), new FakeTimeProvider(Now));

    private static CredentialSettings Settings(string? environment, params (string Name, string Value)[] values) => new(
        values.ToDictionary(value => value.Name, value => value.Value),
        environment,
        name => Files.TryGetValue(name, out var content) ? content : throw new FileNotFoundException($"there is no file '{name}'"));

    private static Dictionary<string, byte[]> MakeFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var certificate = Certificate(key, "UID=com.example.app", -1, 300);
        var keyPem = key.ExportPkcs8PrivateKeyPem();
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        byte[] Pem(X509Certificate2 made)
        {
            using (made)
                return Encoding.UTF8.GetBytes(made.ExportCertificatePem() + "\n" + keyPem);
        }
        return new()
        {
            ["key.p8"] = Encoding.UTF8.GetBytes(keyPem),
            ["key.der"] = key.ExportPkcs8PrivateKey(),
            ["ec.pem"] = Encoding.UTF8.GetBytes(key.ExportECPrivateKeyPem()),
            ["public.pem"] = Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            ["p384.p8"] = Encoding.UTF8.GetBytes(p384.ExportPkcs8PrivateKeyPem()),
            ["rsa.p8"] = Encoding.UTF8.GetBytes(rsa.ExportPkcs8PrivateKeyPem()),
            ["rubbish"] = "not a key"u8.ToArray(),
            ["client.p12"] = certificate.Export(X509ContentType.Pkcs12, "secret"),
            ["open.p12"] = certificate.Export(X509ContentType.Pkcs12),
            ["client.encrypted.pem"] = Encoding.UTF8.GetBytes(certificate.ExportCertificatePem() + "\n" + encrypted),
            ["cert.only.pem"] = Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()),
            ["client.pem"] = Pem(Certificate(key, "UID=com.example.app", -1, 300)),
            ["expired.pem"] = Pem(Certificate(key, "UID=com.example.app", -300, -1)),
            ["future.pem"] = Pem(Certificate(key, "UID=com.example.app", 1, 300)),
            ["nameless.pem"] = Pem(Certificate(key, "CN=somebody", -1, 300)),
            ["sandbox.pem"] = Pem(Certificate(key, "UID=com.example.app", -1, 300, "1.2.840.113635.100.6.3.1")),
        };
    }

    private static X509Certificate2 Certificate(ECDsa key, string subject, int fromDays, int toDays, string? extension = null)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (extension is not null)
            request.CertificateExtensions.Add(new X509Extension(extension, [5, 0], critical: false));
        return request.CreateSelfSigned(Now.AddDays(fromDays), Now.AddDays(toDays));
    }
}
