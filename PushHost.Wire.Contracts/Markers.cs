#pragma warning disable CA1040 // Empty interfaces: these are markers that typed ServiceStack clients read by name.
namespace PushHost.Wire;

/// <summary>A request DTO: one operation of the host.</summary>
public interface IReturn
{
}

/// <summary>A request that is answered with <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The answer's type.</typeparam>
public interface IReturn<T> : IReturn
{
}

/// <summary>A request that is answered with 204 and no body.</summary>
public interface IReturnVoid : IReturn
{
}

/// <summary>A request that names its verb. Typed clients choose the HTTP method from it.</summary>
public interface IVerb
{
}

/// <summary>Sent as GET.</summary>
public interface IGet : IVerb
{
}

/// <summary>Sent as POST.</summary>
public interface IPost : IVerb
{
}

/// <summary>Sent as PUT.</summary>
public interface IPut : IVerb
{
}

/// <summary>Sent as PATCH.</summary>
public interface IPatch : IVerb
{
}

/// <summary>Sent as DELETE.</summary>
public interface IDelete : IVerb
{
}
