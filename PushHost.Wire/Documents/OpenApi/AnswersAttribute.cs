namespace PushHost.Wire;

/// <summary>Says with which status a service method answers, where that isn't 200, or 204 for nothing. For generated documents; the method
/// sets <see cref="OperationContext.StatusCode"/> itself.</summary>
/// <param name="status">The status.</param>
/// <param name="when">When it is this one: a sentence.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersAttribute(int status, string when) : Attribute
{
    /// <summary>The status.</summary>
    public int Status { get; } = status;

    /// <summary>When it is this one.</summary>
    public string When { get; } = when;
}
