using NUnit.Framework;
using PushHost.Tests.Support.Databases;

namespace PushHost.Tests;

/// <summary>Ends the PostgreSQL that the test run shares.</summary>
[SetUpFixture]
public sealed class SharedCluster
{
    [OneTimeTearDown]
    public void End() => PostgresCluster.EndShared();
}
