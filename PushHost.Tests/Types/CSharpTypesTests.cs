using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using PushHost.Tests.Documents;
using PushHost.Tests.Support;

namespace PushHost.Tests.Types;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class CSharpTypesTests : TypesFixture
{
    [Test]
    [Category(Golden.Category)]
    public async Task The_types_are_those_of_the_golden_file() => Golden.Check("dtos.cs", await LastingTypesAsync("csharp"));

    [TestCase("")]
    [TestCase("?MakePartial=False&MakeVirtual=False&MakeInternal=True&AddDataContractAttributes=True&AddImplicitVersion=2")]
    [TestCase("?AddResponseStatus=True&InitializeCollections=True&AddDescriptionAsComments=False&GlobalNamespace=Example.Push&AddNamespaces=System.Text")]
    [TestCase("?AddNullableAnnotations=False")]
    [TestCase("?AddReturnMarker=False")]
    public async Task The_types_compile_beside_the_names_of_ServiceStack(string query)
    {
        Assert.That(Faults(await TypesAsync("csharp", query)), Is.Empty);
    }

    [Test]
    public async Task A_request_says_its_routes_its_verb_and_its_answer()
    {
        var types = await TypesAsync("csharp");

        Assert.That(types, Does.Contain("""
                [Route("/devices/find", "POST")]
            """).And.Contain("""
                public partial class FindDevice
                    : IReturn<Device>, IPost
            """).And.Contain("""
                    public virtual string RegistrationId { get; set; } = default!;
            """).And.Contain("""
                public partial class DeleteDevice
                    : DeviceAddress, IReturnVoid, IDelete
            """));
    }

    [Test]
    public async Task Lists_extend_the_query_of_ServiceStack_and_bring_what_it_lacks()
    {
        var types = await TypesAsync("csharp", "?IncludeTypes=QueryNotifications");

        Assert.That(types, Does.Contain(": QueryBase, IReturn<QueryResponse<Notification>>, IGet").And.Contain("long? After { get; set; }"));
        Assert.That(types, Does.Not.Contain("class QueryBase").And.Not.Contain("int? Skip"));
    }

    [Test]
    public async Task Words_of_enums_travel_as_they_do_in_json()
    {
        Assert.That(await TypesAsync("csharp"), Does.Contain("""
                    [EnumMember(Value="quarantined")]
                    Quarantined = 2,
            """));
    }

    private static IEnumerable<string> Faults(string types)
    {
        var names = File.ReadAllText(DocumentExample.Path("PushHost.Tests/Types/ServiceStackNames.cs.txt"));
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "netstandard.dll");
        var compilation = CSharpCompilation.Create(
            "dtos",
            // As a project with doc comments checks them: a comment that is no XML is a fault too.
            [.. new[] { types, names }.Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose)))],
            framework.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress), new("CS8019", ReportDiagnostic.Suppress)]));
        return compilation.GetDiagnostics().Where(fault => fault.Severity > DiagnosticSeverity.Hidden).Select(fault => fault.ToString());
    }
}
