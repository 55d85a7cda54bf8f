using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Serve;
using PushHost.ServiceInterface.Storage;
using PushHost.Tests.Host;
using PushHost.Tests.Support;

namespace PushHost.Tests.Chaos;

/// <summary>A database that can be read and not written.</summary>
public class ReadOnlyDatabaseTests
{
    [Test]
    public async Task What_cannot_be_written_is_refused_until_it_can_be()
    {
        await using var host = await TestHost.StartOnFakedTimeAsync();
        await host.Services.GetRequiredService<DatabaseWriter>().WriteAsync(WriteLane.Caller, session => session.Execute("PRAGMA query_only=ON"));

        var refused = await host.PostAsync("/devices", new { provider = "apns", registrationId = "00ff" });
        var read = await host.GetAsync("/devices");
        // The writer has left the connection that could only read.
        var taken = await host.PostAsync("/devices", new { provider = "apns", registrationId = "00ff" });

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), refused.Body);
        Assert.That(refused.Body, Does.Contain("\"Unavailable\""));
        Assert.That(refused.Headers.ContainsKey("Retry-After"));
        Assert.That(read.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(read.Body, Does.Not.Contain("00ff"));
        Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.Created), taken.Body);
    }

    [Test]
    public async Task A_host_on_a_database_that_is_read_only_does_not_start_and_says_why()
    {
        using var folder = new TempFolder("pushhost-test-");
        await HostProcess.RunAsync(folder, "migrate");

        var (exitCode, _, error) = await HostProcess.RunAsync(
            folder, "serve", "--urls=http://127.0.0.1:0", "--PushHost:Storage:ConnectionString=Data Source=data/pushhost.db;Mode=ReadOnly");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Has.Length.EqualTo(1));
        Assert.That(error[0], Does.Contain("cannot be written"));
    }
}
