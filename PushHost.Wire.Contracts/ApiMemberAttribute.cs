namespace PushHost.Wire;

/// <summary>Tells readers of generated documents more of a request's member than its type does.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ApiMemberAttribute : Attribute
{
    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; set; }
}
