#pragma warning disable CA1040 // An empty interface: a marker by which the host finds its services.
namespace PushHost.Wire;

/// <summary>A class that answers requests. Its public methods named <c>Get</c>, <c>Post</c>, <c>Put</c>, <c>Patch</c>, <c>Delete</c> or
/// <c>Any</c> each answer the one request DTO that they take, optionally with a <see cref="CancellationToken"/>.</summary>
/// <remarks>Found at startup in the assemblies given to <see cref="WireExtensions.AddWire"/>, and made anew for every request by the
/// container. A method returns its answer, a task of it, or nothing, which is 204.</remarks>
public interface IService
{
}
