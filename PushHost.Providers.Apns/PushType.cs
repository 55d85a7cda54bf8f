namespace PushHost.Providers.Apns;

/// <summary>What a push type asks of a request (Apple, "Sending notification requests to APNs"). The list is open: a type that Apple adds
/// later goes to the bare bundle id and to devices of a kind of its own name.</summary>
/// <param name="Name">The value of <c>apns-push-type</c>.</param>
/// <param name="TopicSuffix">What follows the bundle id in <c>apns-topic</c>.</param>
/// <param name="Kind">Which of an installation's tokens it goes to.</param>
internal sealed record PushType(string Name, string TopicSuffix, string Kind)
{
    public const string Alert = "alert";
    public const string Background = "background";
    public const string LiveActivity = "liveactivity";
    public const string Location = "location";
    public const string Mdm = "mdm";
    public const string PushToTalk = "pushtotalk";
    public const string Voip = "voip";

    private const int MostBytes = 4096;
    private const int MostVoipBytes = 5120;

    private static readonly Dictionary<string, PushType> Known = new PushType[]
    {
        new(Alert, "", "alert"),
        new(Background, "", "alert"),
        new(Voip, ".voip", "voip"),
        new("complication", ".complication", "complication"),
        new("fileprovider", ".pushkit.fileprovider", "fileprovider"),
        new(Mdm, "", "mdm"),
        new(Location, ".location-query", "location"),
        new(LiveActivity, ".push-type.liveactivity", "liveActivity"),
        new(PushToTalk, ".voip-ptt", "pushToTalk"),
        new("widgets", ".push-type.widgets", "widgets"),
        new("controls", ".push-type.controls", "controls"),
    }.ToDictionary(type => type.Name);

    public static PushType Named(string name) => Known.GetValueOrDefault(name) ?? new PushType(name, "", name);

    public int LimitBytes => Name == Voip ? MostVoipBytes : MostBytes;
}
