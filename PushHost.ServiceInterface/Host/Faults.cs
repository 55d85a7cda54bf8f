using PushHost.Wire;

namespace PushHost.ServiceInterface.Host;

/// <summary>The error codes of this host that the wire does not know.</summary>
internal static class Faults
{
    public const string UnknownProvider = "UnknownProvider";
    public const string InvalidRegistrationId = "InvalidRegistrationId";
    public const string PayloadTooLarge = "PayloadTooLarge";
    public const string IdempotencyMismatch = "IdempotencyMismatch";

    /// <summary>Adds a fault whose message starts with the field's name.</summary>
    public static Validation Fault(this Validation validation, string field, string code, string what) => validation.Add(field, code, $"{field} {what}");

    /// <summary>Refuses control characters: nothing that is stored and looked for has any, and PostgreSQL cannot even compare with U+0000.</summary>
    public static void NoControls(this Validation validation, string field, string? text)
    {
        if (HasControls(text))
            validation.Fault(field, "InvalidText", "holds control characters");
    }

    public static bool HasControls(string? text) => text.AsSpan().ContainsAnyInRange('\0', '\u001f');

    /// <summary>Ends the collection; a fault with a code of its own at the top keeps it there.</summary>
    /// <exception cref="RequestException">400 with one entry per fault, if there is any.</exception>
    public static void ThrowIfFaulty(this Validation validation)
    {
        if (validation.Errors.Count == 0)
            return;
        var first = validation.Errors[0];
        if (first.ErrorCode is UnknownProvider or InvalidRegistrationId)
            throw new RequestException(400, first.ErrorCode, first.Message) { Errors = [.. validation.Errors] };
        validation.ThrowIfAny();
    }
}
