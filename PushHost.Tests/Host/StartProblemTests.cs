using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using PushHost.Serve;

namespace PushHost.Tests.Host;

/// <summary>A host that cannot start says why in one line that names the setting.</summary>
public class StartProblemTests
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";
    private const string Apns = "PushHost:Apps:default:Providers:apns";
    private const string Gcm = "PushHost:Apps:default:Providers:gcm";

    [TestCase("PushHost:Nope", "--PushHost:Nope=1", TestName = "An_unknown_setting_is_one_line_that_names_it")]
    [TestCase("PushHost:Storage:ConnectionString", "--PushHost:Storage:ConnectionString=Data Source=a-file/push.db", TestName = "A_database_path_that_cannot_be_written_is_one_line_that_names_its_setting")]
    [TestCase("PushHost:Storage:ConnectionString", "--PushHost:Storage:ConnectionString=Data Source=a-file", TestName = "A_database_file_that_is_none_is_one_line_that_names_its_setting")]
    [TestCase($"{Gcm}:ServiceAccountFile", $"--{Gcm}:ServiceAccountFile=missing.json", TestName = "A_missing_credential_file_is_one_line_that_names_its_setting")]
    [TestCase($"{Gcm}:ServiceAccountFile", $"--{Gcm}:ServiceAccountFile=a-file", TestName = "A_credential_file_that_is_something_else_is_one_line_that_names_its_setting")]
    [TestCase($"{Apns}:KeyFile", $"--{Apns}:KeyFile=a-file", $"--{Apns}:KeyId=ABCDE12345", $"--{Apns}:TeamId=ABCDE12345", $"--{Apns}:BundleId=a.b", TestName = "A_key_file_that_is_no_key_is_one_line_that_names_its_setting")]
    [TestCase("PushHost:AdminKey", "--PushHost:AdminKey=short", TestName = "A_short_admin_key_is_one_line_that_names_its_setting")]
    [TestCase("PushHost:Cors:Origins", "--PushHost:Cors:Origins=https://a.example.com/path", TestName = "An_origin_with_a_path_is_one_line_that_names_its_setting")]
    [TestCase("PushHost:Cors:Origins", "--PushHost:Cors:Origins=*", TestName = "Any_origin_at_all_is_one_line_that_names_its_setting")]
    [TestCase("PushHost:Cors:Orgins", "--PushHost:Cors:Orgins=https://a.example.com", TestName = "A_misspelt_setting_for_origins_is_one_line_that_names_it")]
    [TestCase("urls", "--urls=nonsense", TestName = "An_address_that_is_none_is_one_line_that_names_its_setting")]
    [TestCase("urls", "--urls=http://push.example.com:99999", TestName = "A_port_that_is_none_is_one_line_that_names_its_setting")]
    [TestCase("urls", "--urls=http://127.0.0.1:80x", TestName = "A_port_that_is_no_number_is_one_line_that_names_its_setting")]
    [TestCase("urls", "--urls=http://127.0.0.1:0;http://[::1]:5000x", TestName = "A_second_address_whose_port_is_no_number_is_one_line_that_names_its_setting")]
    [TestCase("http_ports", "--http_ports=80;808O", TestName = "A_port_for_every_address_that_is_no_number_is_one_line_that_names_its_setting")]
    [TestCase("Kestrel:Endpoints:Http:Url", "--Kestrel:Endpoints:Http:Url=http://localhost:", TestName = "An_endpoint_without_its_port_is_one_line_that_names_its_setting")]
    [TestCase("PushHost:Plugins:Folder", "--PushHost:Plugins:Folder=absent", TestName = "A_plugin_folder_that_is_not_there_is_one_line_that_names_its_setting")]
    [TestCase("is a folder", "--PushHost:Storage:ConnectionString=Data Source=.", TestName = "A_database_that_is_a_folder_is_one_line_that_says_so")]
    [TestCase("urls", "--urls=http://127.0.0.1:0/path", TestName = "An_address_with_a_path_is_one_line_that_names_its_setting")]
    public async Task Setting(string setting, params string[] args)
    {
        using var folder = new TempFolder("pushhost-test-");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a-file"), "This is neither a database nor a credential, and long enough to be seen as such.");

        var (exitCode, output, error) = await HostProcess.RunAsync(folder, ["serve", AnyPort, .. args]);

        AssertOneLine(exitCode, output, error, setting);
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [TestCase("--url", "--url=http://127.0.0.1:0")]
    [TestCase("--urls", "--urls")]
    [TestCase("'everything'", "everything")]
    [TestCase("--scopes", "keys", "create", "--name", "a")]
    [TestCase("--name", "keys", "create", "--name", "a\nb", "--scopes", "send")]
    [TestCase("'ph_abc'", "keys", "revoke", "ph_abc")]
    [TestCase("'revoke'", "keys", "revoke")]
    [TestCase("'sned'", "keys", "create", "--name", "a", "--scopes", "sned")]
    [TestCase("--devices is '0', and must be a whole number", "demo", "--devices", "0")]
    [TestCase("--devices is 'many', and must be a whole number", "demo", "--devices", "many")]
    public async Task An_argument_that_cannot_be_read_is_one_line_that_names_it(string named, params string[] args)
    {
        using var folder = new TempFolder("pushhost-test-");

        var (exitCode, output, error) = await HostProcess.RunAsync(folder, args);

        AssertOneLine(exitCode, output, error, named);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(Directory.GetFileSystemEntries(folder.Path, "data"), Is.Empty, "nothing was made");
    }

    [Test]
    public async Task A_credential_where_no_plugin_was_loaded_is_one_line_that_names_the_plugin_folder()
    {
        using var folder = new TempFolder("pushhost-test-");

        var (exitCode, output, error) = await HostProcess.RunAsync(folder, AnyPort, $"--PushHost:Plugins:Folder={folder.Path}", $"--{Gcm}:ServiceAccountFile=a-file");

        AssertOneLine(exitCode, output, error, Gcm);
        Assert.That(error[0], Does.Contain("PushHost:Plugins:Folder"));
    }

    [Test]
    public async Task A_temporary_folder_that_is_not_there_is_one_line_that_names_it()
    {
        using var folder = new TempFolder("pushhost-test-");

        var (exitCode, output, error) = await HostProcess.RunWithoutTemporaryFolderAsync(folder, "demo", "--devices", "1");

        AssertOneLine(exitCode, output, error, "TMPDIR");
    }

    [Test]
    public async Task A_settings_file_that_is_no_json_is_one_line_that_names_it()
    {
        using var folder = new TempFolder("pushhost-test-");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), "{\"PushHost\":\n{\"Storage\" }");

        var (exitCode, output, error) = await HostProcess.RunAsync(folder, AnyPort);

        AssertOneLine(exitCode, output, error, "appsettings.json");
        Assert.That(error[0], Does.Contain("LineNumber: 1"));
    }

    [Test]
    public async Task A_taken_port_is_one_line_that_names_its_setting_and_makes_no_admin_key()
    {
        using var folder = new TempFolder("pushhost-test-");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output, error) = await HostProcess.RunAsync(folder, "--urls", $"http://127.0.0.1:{port}");

        AssertOneLine(exitCode, output, error, "urls");
        Assert.That(error[0], Does.Contain($"{port}").And.Contain("in use"));
        Assert.That(output, Has.None.Contains("Admin key"));
    }

    private static void AssertOneLine(int exitCode, string[] output, string[] error, string named)
    {
        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(error, Has.Length.EqualTo(1));
        Assert.That(error[0], Does.Contain(named));
        Assert.That(output, Has.None.Contains("   at "), "a stack trace");
        Assert.That(output, Has.None.Contains("Exception"));
    }
}
