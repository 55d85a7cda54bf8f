using NUnit.Framework;
using PushHost.ServiceInterface.Devices.Transfer;
using PushHost.ServiceModel;
using PushHost.Wire;

namespace PushHost.Tests.Devices.Transfer;

public sealed class CsvImportTests : TransferFixture
{
    [Test]
    public async Task Columns_come_in_any_order_and_case()
    {
        var report = await ImportAsync(TransferFormat.Csv, "\uFEFFTags,registrationid, PROVIDER ,attributes,isActive,name,lastSeenAt,sequence\r\n"
            + "b a,T1,test,\"{\"\"k\"\":[1,\"\"x\"\"]}\",false,\"Ann, \"\"the\"\" phone\",2025-01-01T00:00:00Z,7\r\n"
            + "\r\n"
            + ",t2,test\r\n");

        var one = Db.Find("t1")!;
        Assert.That((report.Read, report.Created, report.Failed), Is.EqualTo((2, 2, 0)));
        Assert.That((one.Tags, one.Attributes, one.State, one.Name, one.Sequence), Is.EqualTo(("a b", """{"k":[1,"x"]}""", DeviceState.Inactive, "Ann, \"the\" phone", 7)));
        Assert.That(Db.Find("t2"), Has.Property("Tags").Null.And.Property("State").EqualTo(DeviceState.Active));
    }

    [Test]
    public async Task Errors_name_the_line_on_which_the_record_begins()
    {
        var report = await ImportCsvAsync(
            "provider,registrationId,attributes",
            "test,t1,\"{",
            "\"\"k\"\":1}\"",
            "nobody,t2,",
            "test,t3,[]",
            "test,\"t4\"x,",
            "test,t5,,extra",
            "test,t6,");

        Assert.That(Errors(report), Is.EqualTo("4 UnknownProvider; 5 InvalidType; 6 InvalidCsv; 7 InvalidCsv"));
        Assert.That((report.Read, report.Created), Is.EqualTo((6, 2)));
    }

    [Test]
    public async Task A_quote_that_never_closes_fails_its_line_alone()
    {
        var report = await ImportCsvAsync(["provider,registrationId", "test,\"open", .. Enumerable.Range(0, 5000).Select(i => $"test,token-that-is-not-too-short-{i}")]);

        Assert.That((report.Created, Errors(report)), Is.EqualTo((5000, "2 InvalidCsv")));
    }

    [Test]
    public async Task A_record_just_below_the_limit_is_read()
    {
        var rest = "test,t,";
        var report = await ImportCsvAsync("provider,registrationId,name", rest + new string('n', RecordReader.MaxRecord - rest.Length), rest + new string('n', RecordReader.MaxRecord));

        Assert.That(Errors(report), Is.EqualTo("2 Length; 3 Length"));
        Assert.That(report.Errors[0].Message, Does.StartWith("name has"));
    }

    [TestCase("provider,registrationId,nmae", "nmae", "UnknownMember")]
    [TestCase("provider;registrationId", "provider;registrationId", "UnknownMember")]
    [TestCase("provider,registrationId,Provider", "provider", "Duplicate")]
    [TestCase("provider,name", "registrationId", "NotEmpty")]
    [TestCase("registrationId", "provider", "NotEmpty")]
    public async Task A_header_that_cannot_be_used_is_refused_before_anything_is_written(string header, string field, string code)
    {
        var error = (await Assert.ThrowsAsync<RequestException>(() => ImportCsvAsync(header, "test,t,x")))!;

        Assert.That((error.Status, error.Errors.Single().FieldName, error.Errors.Single().ErrorCode), Is.EqualTo((400, field, code)));
        Assert.That(Db.Number("SELECT COUNT(*) FROM device"), Is.Zero);
    }

    [Test]
    public async Task Every_member_of_a_registration_is_a_column()
    {
        var columns = DeviceColumns.All.Concat(DeviceColumns.ImportOnly).Select(column => column.Name.ToUpperInvariant());
        var members = typeof(RegisterDevice).GetProperties().Select(property => property.Name.ToUpperInvariant());

        Assert.That(members, Is.SubsetOf(columns));
        Assert.That((await ImportCsvAsync("")).Read, Is.Zero);
    }
}
