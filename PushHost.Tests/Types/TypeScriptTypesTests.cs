using NUnit.Framework;
using PushHost.Tests.Support;

namespace PushHost.Tests.Types;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class TypeScriptTypesTests : TypesFixture
{
    private string _folder = null!;

    // Within the folder of the modules, where node and the compiler look for them.
    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateDirectory(Path.Combine(NodeModules.Folder, "tmp", Guid.NewGuid().ToString("N"))).FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [Category(Golden.Category)]
    public async Task The_types_are_those_of_the_golden_file() => Golden.Check("dtos.ts", await LastingTypesAsync("typescript"));

    [TestCase("")]
    [TestCase("?MakePropertiesOptional=True&AddResponseStatus=True&AddImplicitVersion=2&AddDescriptionAsComments=False")]
    public async Task The_types_check_without_a_complaint_and_with_the_client(string query)
    {
        NodeModules.Need();
        await File.WriteAllTextAsync(Path.Combine(_folder, "dtos.ts"), await TypesAsync("typescript", query));
        await File.WriteAllTextAsync(Path.Combine(_folder, "use.ts"), """
            import { JsonServiceClient } from '@servicestack/client';
            import { DeleteDevice, DeviceState, ExportDevices, QueryDevices, RegisterDevice, SendNotification } from './dtos.js';

            export async function use(client: JsonServiceClient): Promise<string | undefined> {
                const device = await client.post(new RegisterDevice({ provider: 'apns', registrationId: '3f2a', attributes: { a: 1 } }));
                const found = await client.get(new QueryDevices({ state: DeviceState.Active, ids: [device.id ?? 0], take: 1 }));
                await client.delete(new DeleteDevice({ id: found.results?.[0]?.id }));
                const lines: Uint8Array = await client.get(new ExportDevices());
                const sent = await client.post(new SendNotification({ to: { all: true }, message: { body: `${lines.length}` } }));
                return sent.appId;
            }
            """);

        var (exitCode, output) = await CompileAsync("use.ts");

        Assert.That(exitCode, Is.Zero, output);
    }

    [Test]
    public async Task The_types_run_and_the_client_sends_them()
    {
        NodeModules.Need();
        await File.WriteAllTextAsync(Path.Combine(_folder, "dtos.ts"), await TypesAsync("typescript"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "run.ts"), """
            import { JsonServiceClient } from '@servicestack/client';
            import { DeviceState, ExportDevices, GetDevice, QueryDevices, RegisterDevice, UnregisterDevice } from './dtos.js';

            declare const process: { argv: string[] };
            const client = new JsonServiceClient(process.argv[2]);
            client.bearerToken = process.argv[3];
            const address = { provider: 'apns', registrationId: 'ab12cd34' };
            const device = await client.post(new RegisterDevice({ ...address, userId: 'ann', tags: ['en', 'sports'] }));
            const list = await client.get(new QueryDevices({ userId: 'ann', include: 'total' }));
            const lines = new TextDecoder().decode(await client.get(new ExportDevices({ userId: 'ann' })));
            await client.post(new UnregisterDevice(address));
            const after = await client.get(new GetDevice({ id: device.id }));
            console.log(JSON.stringify([device.tags, list.total, list.results[0]?.userId, lines.trim().split('\n').length, after.state === DeviceState.Inactive]));
            """);
        var (exitCode, output) = await CompileAsync("run.ts");
        Assert.That(exitCode, Is.Zero, output);

        (exitCode, output) = await NodeModules.RunAsync(Path.Combine(_folder, "out", "run.js"), Host.Client.BaseAddress!.ToString().TrimEnd('/'), TestHost.AdminKey);

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output.Trim(), Is.EqualTo("""[["en","sports"],1,"ann",1,true]"""));
    }

    private Task<(int ExitCode, string Output)> CompileAsync(string file) => NodeModules.RunAsync(
        Path.Combine("typescript", "bin", "tsc"), "--strict", "--noUnusedLocals", "--noImplicitOverride", "--target", "es2022",
        "--module", "nodenext", "--lib", "es2022,dom", "--skipLibCheck", "--outDir", Path.Combine(_folder, "out"), Path.Combine(_folder, file));
}
