using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Turns a tag expression into a condition over <c>device</c>.</summary>
internal static class TagCondition
{
    public static SqlText ToSql(this TagExpression expression, SqlWhere where) => expression switch
    {
        TagExpression.Has has => new($"EXISTS (SELECT 1 FROM device_tag WHERE device_tag.device = device.id AND device_tag.tag = {where.Parameter(has.Tag)})"),
        TagExpression.Not not => new($"NOT {not.Inner.ToSql(where).Text}"),
        TagExpression.Both both => new($"({both.Left.ToSql(where).Text} AND {both.Right.ToSql(where).Text})"),
        TagExpression.Either either => new($"({either.Left.ToSql(where).Text} OR {either.Right.ToSql(where).Text})"),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };
}
