using NUnit.Framework;
using PushHost.ServiceInterface.Storage;

namespace PushHost.Tests.Devices.Transfer;

/// <summary>SQLite can be told to be full.</summary>
[TestFixture]
public sealed class FullDiskImportTests : TransferFixture
{
    [Test]
    public async Task A_database_that_cannot_be_written_ends_the_import()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
        {
            await Db.Writer.WriteAsync(WriteLane.Caller, session => session.Number($"PRAGMA max_page_count = {session.Number("PRAGMA page_count")}"));
            await ImportAsync([.. Enumerable.Range(0, 5000).Select(i => Line(new { provider = "test", registrationId = $"t{i}" }))]);
        });
    }
}
