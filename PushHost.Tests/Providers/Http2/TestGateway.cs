using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

/// <summary>An HTTP/2 server on loopback that answers what a test says, and counts.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private int _connections;
    private int _requests;

    private TestGateway(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        _certificate = certificate;
    }

    public int Connections => _connections;

    public int Requests => _requests;

    public GatewayEndpoint Endpoint => new()
    {
        Address = new Uri($"https://localhost:{new Uri(_app.Urls.First()).Port}"),
        TrustedCertificates = [X509CertificateLoader.LoadCertificate(_certificate.Export(X509ContentType.Cert))],
    };

    public static async Task<TestGateway> StartAsync(RequestDelegate answer, int streams = 100)
    {
        var certificate = MakeCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        TestGateway? gateway = null;
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = streams;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(certificate);
                listen.Use(next => connection =>
                {
                    Interlocked.Increment(ref gateway!._connections);
                    return next(connection);
                });
            });
        });
        var app = builder.Build();
        gateway = new TestGateway(app, certificate);
        app.Run(context =>
        {
            Interlocked.Increment(ref gateway._requests);
            return answer(context);
        });
        await app.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
