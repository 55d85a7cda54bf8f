namespace PushHost.Wire;

/// <summary>Says with which error codes a service method can fail, beside those that every operation can. For generated documents.</summary>
/// <param name="codes">The words at the top of the error.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FailsAttribute(params string[] codes) : Attribute
{
    /// <summary>The words at the top of the error.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;
}
