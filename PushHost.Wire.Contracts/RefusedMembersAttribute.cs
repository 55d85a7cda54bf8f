namespace PushHost.Wire;

/// <summary>Names the members that a request has from the class it extends and refuses whenever they are given, so that documents don't offer
/// them.</summary>
/// <param name="names">The members' names.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RefusedMembersAttribute(params string[] names) : Attribute
{
    /// <summary>The members' names.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
