using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using NUnit.Framework;
using PushHost.ServiceModel;
using PushHost.Tests.Support;
using PushHost.Tests.Wire;

namespace PushHost.Tests.Devices.Transfer;

public sealed class CompressedImportTests
{
    private static readonly byte[] Lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i =>
        $$"""{"provider":"apns","registrationId":"{{i * 2654435761L:x16}}"}""" + "\n")));

    [Test]
    public async Task An_import_may_be_compressed()
    {
        await using var host = await TestHost.StartAsync();

        var report = (await ImportAsync(host, Compressed())).As<ImportReport>();

        Assert.That((report.Created, report.Failed), Is.EqualTo((2000, 0)));
    }

    [Test]
    public async Task An_import_that_was_cut_off_is_not_taken_for_a_whole_one()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await ImportAsync(host, Compressed()[..^9]);

        Assert.That(answer.Code, Is.EqualTo("InvalidJson"));
        Assert.That(answer.Error.GetProperty("message").GetString(), Does.Contain("breaks off"));
    }

    private static byte[] Compressed()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(Lines);
        return compressed.ToArray();
    }

    private static async Task<Answer> ImportAsync(TestHost host, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/devices/import") { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new("Bearer", TestHost.AdminKey);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var response = await host.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), new Dictionary<string, string>());
    }
}
