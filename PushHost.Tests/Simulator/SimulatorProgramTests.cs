using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PushHost.Simulator;

namespace PushHost.Tests.Simulator;

/// <summary>The simulator as a process of its own.</summary>
public class SimulatorProgramTests
{
    [Test]
    public async Task It_prints_its_ports_writes_its_credentials_and_ends_with_its_parent()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            using var process = Start(
                "--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--json", "--exit-with-parent",
                "--credentials", directory.FullName, "--cert", Path.Combine(directory.FullName, "server.pem"));

            var line = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
            using var client = new HttpClient();
            var stats = await client.GetStringAsync(new Uri($"http://127.0.0.1:{(int)line["controlPort"]!}/stats"));
            process.StandardInput.Close();
            await process.WaitForExitAsync(Patience());

            Assert.That(process.ExitCode, Is.Zero);
            Assert.That(stats, Does.Contain("\"apns\""));
            Assert.That((int)line["apnsPort"]!, Is.Positive);
            Assert.That((int)line["fcmPort"]!, Is.Positive);
            foreach (var name in (string[])["AuthKey.p8", "service-account.json", "client.p12", "client.pem", "simulator.pem", "server.pem"])
                Assert.That(Path.Combine(directory.FullName, name), Does.Exist);
            using var p12 = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(directory.FullName, "client.p12"), "simulator");
            using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(directory.FullName, "client.pem"));
            Assert.That(p12.Thumbprint, Is.EqualTo(pem.Thumbprint));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_taken_port_is_one_line_that_names_its_option_and_exit_code_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, error) = await RunAsync("--apns-port", "0", "--fcm-port", $"{port}", "--control-port", "0");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("--fcm-port").And.Contain($"{port}"));
    }

    [TestCase("--apns-port", "many")]
    [TestCase("--apns-port", "65536")]
    [TestCase("--cert")]
    [TestCase("--colour", "red")]
    public async Task A_bad_argument_is_one_line_that_names_it_and_exit_code_2(params string[] args)
    {
        var (exitCode, error) = await RunAsync(args);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain(args[0]));
    }

    [Test]
    public async Task A_file_that_cannot_be_written_is_one_line_and_exit_code_2()
    {
        var (exitCode, error) = await RunAsync("--apns-port", "0", "--fcm-port", "0", "--control-port", "0", "--cert", "/no/such/folder/simulator.pem");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("--cert").And.Contain("simulator.pem"));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var error = await process.StandardError.ReadToEndAsync(Patience());
        await process.WaitForExitAsync(Patience());
        return (process.ExitCode, error);
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(GatewaySimulator).Assembly.Location);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
