namespace PushHost.Tests.Support.Databases;

/// <summary>What all tests of a fixture share on one database. A fixture that runs on both does so at the same time, with the same static members.</summary>
internal sealed class PerDatabase<T>
    where T : class
{
    private T? _onSqlite;
    private T? _onPostgres;

    /// <summary>The one of the database that the calling test runs on.</summary>
    public T Value
    {
        get => (TestStorage.OnPostgres ? _onPostgres : _onSqlite)!;
        set
        {
            if (TestStorage.OnPostgres)
                _onPostgres = value;
            else
                _onSqlite = value;
        }
    }
}
