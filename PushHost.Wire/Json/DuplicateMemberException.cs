#pragma warning disable CA1032 // Thrown by our converter only, always with the member.
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Free JSON names a member twice. The serializer adds where the free JSON stands.</summary>
/// <param name="member">The member's path within it.</param>
internal sealed class DuplicateMemberException(string member) : JsonException("must not be given twice")
{
    public string Member { get; } = member;
}
