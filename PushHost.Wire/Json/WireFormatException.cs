#pragma warning disable CA1032 // Thrown by our converters only, always with what would have been right.
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>A value of the right JSON type and the wrong form. The serializer adds the path.</summary>
/// <param name="expected">What would have been right, such as <c>a duration such as PT1H30M</c>.</param>
internal sealed class WireFormatException(string expected) : JsonException($"must be {expected}");
