namespace PushHost.ServiceInterface.Security;

/// <summary>What a key may do.</summary>
internal static class Scopes
{
    /// <summary>Register and unregister by token only; may live inside a phone app, and reads nothing back.</summary>
    public const string Register = "register";

    /// <summary>Manage devices.</summary>
    public const string Devices = "devices";

    /// <summary>Send notifications.</summary>
    public const string Send = "send";

    /// <summary>Read devices, notifications and deliveries.</summary>
    public const string Read = "read";

    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Register, Devices, Send, Read, Admin];
}
