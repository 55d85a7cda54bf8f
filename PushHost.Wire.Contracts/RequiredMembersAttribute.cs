namespace PushHost.Wire;

/// <summary>Names the members without which a request is refused, where it has them from the class it extends and others that extend it can do
/// without.</summary>
/// <param name="names">The members' names.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequiredMembersAttribute(params string[] names) : Attribute
{
    /// <summary>The members' names.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
