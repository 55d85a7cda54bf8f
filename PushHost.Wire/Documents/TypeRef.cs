using System.Reflection;

namespace PushHost.Wire;

/// <summary>A type as a member or an answer names it: what it holds, and whether it may be absent.</summary>
/// <param name="Clr">The type, without Nullable; a type parameter within a generic DTO.</param>
/// <param name="IsNullable">Whether it may be absent.</param>
/// <param name="Arguments">The entries of a list, key and value of a dictionary, or the arguments of a generic DTO.</param>
internal sealed record TypeRef(Type Clr, bool IsNullable, IReadOnlyList<TypeRef> Arguments)
{
    /// <summary>Whether it is a list of <see cref="Element"/>.</summary>
    public bool IsList => !Clr.IsGenericParameter && TypeShape.Of(Clr).Kind == ShapeKind.List;

    /// <summary>Whether it holds a <see cref="Element"/> for each key.</summary>
    public bool IsDictionary => !Clr.IsGenericParameter && TypeShape.Of(Clr).Kind == ShapeKind.Dictionary;

    /// <summary>Whether it is any JSON.</summary>
    public bool IsFree => !Clr.IsGenericParameter && TypeShape.Of(Clr).Kind == ShapeKind.Free;

    /// <summary>Whether it is a type with members or names of its own, which documents describe.</summary>
    public bool IsDto => !Clr.IsGenericParameter && (Clr.IsEnum || TypeShape.Of(Clr).Kind == ShapeKind.Object);

    /// <summary>What a list's entries or a dictionary's values are.</summary>
    public TypeRef Element => Arguments[^1];

    public static TypeRef Of(PropertyInfo member)
    {
        // The context keeps what it read and is not safe for concurrent use; the model is made by one thread, once.
        var nullability = new NullabilityInfoContext().Create(member);
        return Of(member.PropertyType, nullability);
    }

    public static TypeRef Of(Type type) => new(type, false, [.. ArgumentsOf(type).Select(Of)]);

    private static TypeRef Of(Type type, NullabilityInfo nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return new(value, true, []);
        var nullable = !type.IsValueType && nullability.ReadState == NullabilityState.Nullable;
        if (nullability.ElementType is { } element)
            return new(type, nullable, type == typeof(byte[]) ? [] : [Of(type.GetElementType()!, element)]);
        return new(type, nullable, [.. ArgumentsOf(type).Zip(nullability.GenericTypeArguments, Of)]);
    }

    private static Type[] ArgumentsOf(Type type) => type switch
    {
        _ when type == typeof(byte[]) => [],
        { IsArray: true } => [type.GetElementType()!],
        { IsGenericType: true } => type.GetGenericArguments(),
        _ => [],
    };
}
