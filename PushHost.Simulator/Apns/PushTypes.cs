using System.Collections.Frozen;

namespace PushHost.Simulator.Apns;

/// <summary>One <c>apns-push-type</c>.</summary>
/// <param name="TopicSuffix">What follows the bundle ID in the topic.</param>
/// <param name="MaxPayload">Bytes.</param>
/// <param name="TokenOnly">A client certificate cannot send it.</param>
internal sealed record PushType(string Name, string TopicSuffix, int MaxPayload = 4096, bool TokenOnly = false);

/// <summary>The push types of "Sending notification requests to APNs" (Apple Developer Documentation).</summary>
internal static class PushTypes
{
    public const int LargestPayload = 5120;

    public static readonly PushType Background = new("background", "");
    public static readonly PushType Mdm = new("mdm", "");

    /// <summary>What a request without the header is taken for.</summary>
    public static readonly PushType Unstated = new("", "");

    private static readonly FrozenDictionary<string, PushType> ByName = new PushType[]
    {
        new("alert", ""),
        Background,
        new("voip", ".voip", MaxPayload: LargestPayload),
        new("complication", ".complication"),
        new("fileprovider", ".pushkit.fileprovider"),
        Mdm,
        new("location", ".location-query", TokenOnly: true),
        new("liveactivity", ".push-type.liveactivity", TokenOnly: true),
        new("pushtotalk", ".voip-ptt"),
        new("widgets", ".push-type.widgets"),
        new("controls", ".push-type.controls"),
    }.ToFrozenDictionary(type => type.Name);

    public static IEnumerable<PushType> All => ByName.Values;

    public static bool TryGet(string name, out PushType? type) => ByName.TryGetValue(name, out type);
}
