using PushHost.ServiceInterface.Storage;

namespace PushHost.ServiceInterface.Apps;

/// <summary>An app: the devices, notifications and credentials that belong together.</summary>
internal sealed record App(long Id, string Name);

/// <summary>The apps of this host. Read at the start: those that the settings name, those that are stored, and <c>default</c>.</summary>
internal sealed class AppDirectory
{
    public const string DefaultName = "default";

    private const int MaxName = 63;

    private Dictionary<long, App> _byId = [];
    private Dictionary<string, App> _byName = [];

    /// <summary>The app of requests that name none.</summary>
    public App Default => _byName[DefaultName];

    public IReadOnlyCollection<App> All => _byId.Values;

    public App? Named(string name) => _byName.GetValueOrDefault(name);

    public App? ById(long id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether an app can have this name.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name[0] != '-' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Reads the apps and makes the default one, and those of these names, where they are missing.</summary>
    public async Task LoadAsync(Database database, DatabaseWriter writer, TimeProvider time, IReadOnlyCollection<string>? names = null)
    {
        await writer.WriteAsync(WriteLane.Caller, session => (names ?? []).Append(DefaultName).Distinct().Sum(name => session.Execute(
            "INSERT INTO app (name, created_at) VALUES (@p0, @p1) ON CONFLICT (name) DO NOTHING", name, time.UnixMilliseconds())));
        using var session = database.Read();
        var apps = session.List(reader => new App(reader.GetInt64(0), reader.GetString(1)), "SELECT id, name FROM app");
        _byId = apps.ToDictionary(app => app.Id);
        _byName = apps.ToDictionary(app => app.Name, StringComparer.Ordinal);
    }
}
