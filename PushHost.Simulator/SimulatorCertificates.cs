using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PushHost.Simulator;

/// <summary>Self-signed certificates for one simulator's life.</summary>
internal static class SimulatorCertificates
{
    // Apple's extensions of client certificates: development and production pushes allowed.
    private static readonly string[] EnvironmentExtensions = ["1.2.840.113635.100.6.3.1", "1.2.840.113635.100.6.3.2"];
    private static readonly byte[] Asn1Null = [5, 0];

    public static X509Certificate2 MakeServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        return Sign(request);
    }

    public static X509Certificate2 MakeClient(string bundleId)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.Add("0.9.2342.19200300.100.1.1", bundleId);
        name.AddCommonName($"Apple Push Services: {bundleId}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.2")], false));
        foreach (var extension in EnvironmentExtensions)
            request.CertificateExtensions.Add(new X509Extension(extension, Asn1Null, critical: false));
        return Sign(request);
    }

    private static X509Certificate2 Sign(CertificateRequest request)
    {
        // TLS stacks check certificates against the machine's clock, whatever time is simulated.
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));
        // Windows cannot use a key that exists only in memory for TLS; a round trip through PKCS#12 gives it one that works.
        return X509CertificateLoader.LoadPkcs12(
            certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
