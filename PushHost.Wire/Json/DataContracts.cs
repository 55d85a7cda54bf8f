using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PushHost.Wire;

/// <summary>Which members of a type travel, and under which names: all public ones in camelCase, unless <c>[DataMember]</c>,
/// <c>[IgnoreDataMember]</c> or <c>[DataContract]</c> says otherwise.</summary>
internal static class DataContracts
{
    /// <summary>The member's name on the wire; null if it doesn't travel.</summary>
    public static string? NameOf(PropertyInfo member)
    {
        if (member.PropertyType == typeof(Stream) || member.IsDefined(typeof(IgnoreDataMemberAttribute)))
            return null;
        var named = member.GetCustomAttribute<DataMemberAttribute>();
        if (named is null && member.DeclaringType!.IsDefined(typeof(DataContractAttribute)))
            return null;
        return named?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name);
    }

    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider is not PropertyInfo member)
                continue;
            if (NameOf(member) is { } name)
                type.Properties[i].Name = name;
            else
                type.Properties.RemoveAt(i);
        }
    }
}
