using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PushHost.Providers.Settings;

namespace PushHost.Providers.Apns;

/// <summary>The certificate of certificate authentication: PKCS #12 with or without a password, or PEM with its key in the same file.</summary>
internal static class ClientCertificate
{
    private const string File = "CertificateFile";
    private const string Password = "CertificatePassword";
    private const string UserIdAttribute = "0.9.2342.19200300.100.1.1";

    // Apple's certificate extensions: which environments it is for, and its topics.
    private const string ForSandbox = "1.2.840.113635.100.6.3.1";
    private const string ForProduction = "1.2.840.113635.100.6.3.2";
    private const string Topics = "1.2.840.113635.100.6.3.6";

    /// <summary>Loads the certificate and checks what would make every push fail; null, with a fault, when it cannot be loaded.</summary>
    public static X509Certificate2? Read(SettingsReader reader, string environment, TimeProvider time)
    {
        var password = reader.Text(Password);
        reader.Required(File, "the certificate that CertificatePassword is for");
        if (reader.File(File) is not { } content || Load(reader, content, password) is not { } certificate)
            return null;
        if (!certificate.HasPrivateKey)
            reader.Fault(File, "holds no private key: export the certificate together with its key");
        var now = time.GetUtcNow();
        if (now > certificate.NotAfter.ToUniversalTime())
            reader.Fault(File, $"expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}: renew it at Apple");
        else if (now < certificate.NotBefore.ToUniversalTime())
            reader.Fault(File, $"is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}: check this machine's clock");
        if (!IsFor(certificate, environment))
            reader.Fault(File, $"is not a certificate for the environment '{environment}', but for '{ApnsEnvironment.Other(environment)}'");
        return certificate;
    }

    /// <summary>The app the certificate was made for; null if it doesn't say.</summary>
    public static string? BundleId(X509Certificate2 certificate)
    {
        foreach (var name in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!name.HasMultipleElements && name.GetSingleElementType().Value == UserIdAttribute)
                return name.GetSingleElementValue();
        }
        return FirstTopic(certificate);
    }

    private static string? FirstTopic(X509Certificate2 certificate)
    {
        if (certificate.Extensions[Topics] is not { } extension)
            return null;
        try
        {
            var topics = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            return topics.ReadCharacterString(UniversalTagNumber.UTF8String);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static bool IsFor(X509Certificate2 certificate, string environment)
    {
        var isForSandbox = certificate.Extensions[ForSandbox] is not null;
        var isForProduction = certificate.Extensions[ForProduction] is not null;
        return isForSandbox == isForProduction || isForSandbox == (environment == ApnsEnvironment.Sandbox);
    }

    private static X509Certificate2? Load(SettingsReader reader, byte[] content, string? password)
    {
        var isPem = content.AsSpan().IndexOf("-----BEGIN"u8) >= 0;
        try
        {
            return isPem ? LoadPem(Encoding.UTF8.GetString(content), password) : LoadPkcs12(content, password);
        }
        catch (CryptographicException error) when (isPem)
        {
            reader.Fault(File, $"is not a PEM file of a certificate and its private key: {error.Message}");
        }
        catch (CryptographicException error) when (IsWrongPassword(error))
        {
            reader.Fault(Password, password is null ? "is missing: the certificate file is protected by a password" : "does not open the certificate file");
        }
        catch (CryptographicException error)
        {
            reader.Fault(File, $"is neither a PKCS #12 (.p12) nor a PEM file: {error.Message}");
        }
        return null;
    }

    private static X509Certificate2 LoadPem(string text, string? password) =>
        text.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(text, text, password)
            : X509Certificate2.CreateFromPem(text, text);

    private static X509Certificate2 LoadPkcs12(byte[] content, string? password) =>
        // The key stays in memory, so no user profile is needed. Only OpenSSL's TLS takes such keys; macOS and Windows want theirs in a key store.
        X509CertificateLoader.LoadPkcs12(
            content, password, OperatingSystem.IsLinux() ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet);

    private static bool IsWrongPassword(CryptographicException error)
    {
        const int invalidPassword = unchecked((int)0x80070056);
        return error.HResult == invalidPassword;
    }
}
