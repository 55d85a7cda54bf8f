using System.Linq.Expressions;
using System.Reflection;

namespace PushHost.Wire;

/// <summary>One member of a type that travels.</summary>
internal sealed class MemberShape(string name, PropertyInfo property)
{
    private Action<object, object?>? _set;
    private Func<object, object?>? _get;

    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    public TypeShape Shape => field ??= TypeShape.Of(property.PropertyType);

    public void Set(object target, object? value) => (_set ??= MakeSetter())(target, value);

    public object? Get(object target) => (_get ??= MakeGetter())(target);

    private Func<object, object?> MakeGetter()
    {
        var target = Expression.Parameter(typeof(object));
        var member = Expression.Property(Expression.Convert(target, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(member, typeof(object)), target).Compile();
    }

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
