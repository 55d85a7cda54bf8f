using System.Net;
using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Security;

/// <summary>What a key may do. Every case asks the same host, which none of them changes.</summary>
public class ScopeTests
{
    private static readonly string[] Scopes = ["register", "devices", "send", "read", "admin"];
    private static readonly Dictionary<string, string> Keys = [];
    private static TestHost _host = null!;

    [OneTimeSetUp]
    public static async Task Start()
    {
        _host = await TestHost.StartAsync();
        foreach (var scope in Scopes)
            Keys[scope] = await _host.KeyAsync(scope);
    }

    [OneTimeTearDown]
    public static async Task Stop() => await _host.DisposeAsync();

    [TestCase("POST", "/devices", "register devices")]
    [TestCase("POST", "/device/apns", "register devices")]
    [TestCase("GET", "/devices", "devices read")]
    [TestCase("GET", "/devices/77", "devices read")]
    [TestCase("POST", "/devices/find", "devices read")]
    [TestCase("PATCH", "/devices/77", "devices")]
    [TestCase("PUT", "/devices/77", "devices")]
    [TestCase("DELETE", "/devices/77", "devices")]
    [TestCase("POST", "/devices/unregister", "register devices")]
    [TestCase("POST", "/devices/import", "devices")]
    [TestCase("GET", "/devices/export", "devices")]
    [TestCase("POST", "/devices/77/send", "send")]
    [TestCase("POST", "/notifications", "send")]
    [TestCase("GET", "/notifications", "read send")]
    [TestCase("GET", "/notifications/77", "read send")]
    [TestCase("GET", "/notifications/77/deliveries", "read send")]
    [TestCase("GET", "/providers", "")]
    public async Task An_operation_is_open_to_its_scopes_and_to_admin_and_to_no_other(string method, string path, string allowed)
    {
        foreach (var scope in Scopes)
        {
            var answer = await _host.CallAsync(method, path, method == "GET" ? null : "{}", Keys[scope]);

            var mayPass = scope == "admin" || allowed.Split(' ').Contains(scope);
            Assert.That(answer.Status, mayPass ? Is.Not.AnyOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden) : Is.EqualTo(HttpStatusCode.Forbidden), scope);
            if (!mayPass)
                Assert.That(answer.Code, Is.EqualTo("Forbidden"));
        }
    }

    [TestCase(null)]
    [TestCase("no-such-key")]
    public async Task Without_a_good_key_every_operation_is_401(string? key)
    {
        var answer = await _host.PostAsync("/notifications", "{}", key);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Code, Is.EqualTo("Unauthorized"));
        Assert.That(answer.Headers, Contains.Key("WWW-Authenticate"));
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task Health_needs_no_key(string path) => Assert.That((await _host.GetAsync(path, key: null)).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task A_key_may_come_in_X_Api_Key()
    {
        var answer = await _host.CallAsync("GET", "/devices", key: null, headers: ("X-Api-Key", Keys["read"]));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
