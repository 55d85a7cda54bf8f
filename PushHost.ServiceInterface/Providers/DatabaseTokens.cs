using PushHost.Providers;
using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Providers;

/// <summary>Gateway tokens in the database that several hosts share. While it is away every host goes on with its own: it then has no batches to send either.</summary>
internal sealed class DatabaseTokens(Database database, DatabaseWriter writer) : ISharedTokens
{
    private const string Current = "SELECT value, made_at FROM shared_token WHERE name = @p0";

    public SharedToken? Find(string name)
    {
        try
        {
            using var session = database.Read();
            return Find(session, name);
        }
        catch (Exception error) when (StorageErrors.Translate(error) is StorageUnavailableException)
        {
            return null;
        }
    }

    public SharedToken Replace(string name, SharedToken? found, SharedToken made)
    {
        try
        {
            return writer.WriteAsync(WriteLane.Caller, session =>
            {
                Put(session, name, found, made);
                return Find(session, name) ?? made;
            }).GetAwaiter().GetResult();
        }
        catch (StorageUnavailableException)
        {
            return made;
        }
    }

    private static void Put(SqlSession session, string name, SharedToken? found, SharedToken made)
    {
        var madeAt = made.MadeAt.ToUnixTimeMilliseconds();
        if (found is null)
            session.Execute("INSERT INTO shared_token (name, value, made_at) VALUES (@p0, @p1, @p2) ON CONFLICT (name) DO NOTHING", name, made.Value, madeAt);
        else
            session.Execute("UPDATE shared_token SET value = @p1, made_at = @p2 WHERE name = @p0 AND value = @p3", name, made.Value, madeAt, found.Value);
    }

    private static SharedToken? Find(SqlSession session, string name) =>
        session.First(reader => new SharedToken(reader.GetString(0), reader.GetInt64(1).ToTime()), Current, name);
}
