namespace PushHost.Wire;

/// <summary>Refuses requests that carry a member which no typed level of the DTO has, so that a misspelt one isn't lost in
/// silence.</summary>
/// <remarks>Keys of dictionaries and free JSON are data and not checked. <c>version</c> and <c>sessionId</c>, which typed clients add,
/// are allowed at the top. Without this attribute unknown members are ignored.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefuseUnknownMembersAttribute : Attribute;
