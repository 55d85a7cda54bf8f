namespace PushHost.Providers.Settings;

/// <summary>One thing that is wrong with a setting.</summary>
/// <param name="Setting">The setting's name relative to the credential, such as <c>KeyFile</c>.</param>
/// <param name="Message">What is wrong and what would be right, without the setting's name in front.</param>
public sealed record SettingFault(string Setting, string Message);
