using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace PushHost.Tests.Support.Databases;

/// <summary>Runs a fixture twice: its test hosts and test databases are SQLite's the first time and PostgreSQL's the second.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnBothDatabasesAttribute : NUnitAttribute, IFixtureBuilder2
{
    internal const string Property = "Database";
    internal const string Postgres = "postgres";

    private static readonly string[] Kinds = ["sqlite", Postgres];

    /// <inheritdoc/>
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) => Kinds.SelectMany(kind => Named(new TestFixtureAttribute().BuildFrom(typeInfo), kind));

    /// <inheritdoc/>
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter) =>
        Kinds.SelectMany(kind => Named(new TestFixtureAttribute().BuildFrom(typeInfo, filter), kind));

    private static IEnumerable<TestSuite> Named(IEnumerable<TestSuite> suites, string kind)
    {
        foreach (var suite in suites)
        {
            suite.Properties.Set(Property, kind);
            Rename(suite, suite.FullName, $"{suite.FullName}({kind})");
            suite.Name = $"{suite.Name}({kind})";
            yield return suite;
        }
    }

    private static void Rename(Test test, string before, string after)
    {
        test.FullName = after + test.FullName[before.Length..];
        foreach (var inner in test.Tests.OfType<Test>())
            Rename(inner, before, after);
    }
}
