using PushHost.Client;
using PushHost.Tests.Support;

namespace PushHost.Tests.Client;

internal static class TypedClients
{
    /// <summary>A client with the admin key, or another one.</summary>
    public static PushHostClient TypedClient(this TestHost host, string key = TestHost.AdminKey) => new(host.Client, host.Client.BaseAddress!, key);
}
