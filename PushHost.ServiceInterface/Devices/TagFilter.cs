using System.Linq.Expressions;
using LinqToDB;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Turns a tag expression into a condition that the database answers.</summary>
internal static class TagFilter
{
    public static Expression<Func<DeviceRow, bool>> ToCondition(this TagExpression expression, ITable<DeviceTagRow> tags)
    {
        var device = Expression.Parameter(typeof(DeviceRow), "device");
        return Expression.Lambda<Func<DeviceRow, bool>>(Build(expression, tags, device), device);
    }

    private static Expression Build(TagExpression expression, ITable<DeviceTagRow> tags, ParameterExpression device) => expression switch
    {
        TagExpression.Has has => Has(has.Tag, tags, device),
        TagExpression.Not not => Expression.Not(Build(not.Inner, tags, device)),
        TagExpression.Both both => Expression.AndAlso(Build(both.Left, tags, device), Build(both.Right, tags, device)),
        TagExpression.Either either => Expression.OrElse(Build(either.Left, tags, device), Build(either.Right, tags, device)),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static Expression Has(string tag, ITable<DeviceTagRow> tags, ParameterExpression device)
    {
        Expression<Func<DeviceRow, bool>> condition = row => tags.Any(entry => entry.Device == row.Id && entry.Tag == tag);
        return new Substitution(condition.Parameters[0], device).Visit(condition.Body);
    }

    private sealed class Substitution(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
