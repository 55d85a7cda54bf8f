namespace PushHost.Providers.Apns;

/// <summary>APNs keeps two worlds apart: apps from the store, and apps built by their developers. A token is good in one of them.</summary>
internal static class ApnsEnvironment
{
    public const string Production = "production";
    public const string Sandbox = "sandbox";

    public static readonly IReadOnlyList<string> All = [Production, Sandbox];

    public static string Host(string environment) =>
        environment == Sandbox ? "api.sandbox.push.apple.com" : "api.push.apple.com";

    public static string Other(string environment) => environment == Sandbox ? Production : Sandbox;
}
