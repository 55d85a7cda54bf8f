namespace PushHost.Wire;

/// <summary>Says which scopes open an operation. The wire only carries them to <see cref="IOperationAuthorizer"/>.</summary>
/// <param name="anyOf">One of these is enough.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresScopeAttribute(params string[] anyOf) : Attribute
{
    /// <summary>The scopes of which one is enough.</summary>
    public IReadOnlyList<string> AnyOf { get; } = anyOf;
}
