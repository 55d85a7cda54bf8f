using System.Data.Common;

namespace PushHost.ServiceInterface.Storage;

/// <summary>Reads values that may be null.</summary>
internal static class SqlReading
{
    public static string? Text(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    public static long? Number(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);
}
