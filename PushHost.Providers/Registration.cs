namespace PushHost.Providers;

/// <summary>What a phone or browser said when it registered.</summary>
/// <param name="RegistrationId">The token as received.</param>
/// <param name="Kind">Which of an installation's tokens it is; <c>alert</c> unless the caller said otherwise.</param>
/// <param name="ProviderData">JSON text that the gateway needs beside the token, such as Web Push keys; null if none was given.</param>
public sealed record RegistrationForm(string RegistrationId, string Kind, string? ProviderData);

/// <summary>Whether a registration can be right, and how to write it.</summary>
/// <param name="Canonical">The canonical token; null when the registration is refused.</param>
/// <param name="FieldName">The member at fault, such as <c>registrationId</c> or <c>providerData</c>; null when accepted.</param>
/// <param name="Message">What is wrong and what would be right; null when accepted.</param>
public sealed record RegistrationCheck(string? Canonical, string? FieldName, string? Message)
{
    /// <summary>The token is well formed.</summary>
    public static RegistrationCheck Accept(string canonical) => new(canonical, null, null);

    /// <summary>The registration cannot be right.</summary>
    public static RegistrationCheck Refuse(string fieldName, string message) => new(null, fieldName, message);
}
