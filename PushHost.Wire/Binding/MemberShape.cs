using System.Linq.Expressions;
using System.Reflection;

namespace PushHost.Wire;

/// <summary>One member of a type that travels.</summary>
internal sealed class MemberShape(string name, PropertyInfo property)
{
    private Action<object, object?>? _set;

    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    public TypeShape Shape => field ??= TypeShape.Of(property.PropertyType);

    public void Set(object target, object? value) => (_set ??= MakeSetter())(target, value);

    private Action<object, object?> MakeSetter()
    {
        var target = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        var assign = Expression.Assign(
            Expression.Property(Expression.Convert(target, property.DeclaringType!), property),
            Expression.Convert(value, property.PropertyType));
        return Expression.Lambda<Action<object, object?>>(assign, target, value).Compile();
    }
}
