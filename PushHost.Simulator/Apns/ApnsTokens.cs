using System.Collections.Concurrent;

namespace PushHost.Simulator.Apns;

/// <summary>What was said of single device tokens. Thread safe.</summary>
internal sealed class ApnsTokens
{
    private readonly ConcurrentDictionary<string, string?> _topics = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _foreign = new(StringComparer.OrdinalIgnoreCase);

    public void Register(string token, string? topic) => _topics[token] = topic;

    public void MarkOtherEnvironment(string token) => _foreign[token] = true;

    public void Clear()
    {
        _topics.Clear();
        _foreign.Clear();
    }

    /// <returns>APNs' reason for refusing; null if the token is good.</returns>
    public string? Check(string token, string? topic, bool mustBeRegistered)
    {
        if (!_foreign.IsEmpty && _foreign.ContainsKey(token))
            return "BadDeviceToken";
        if (_topics.IsEmpty && !mustBeRegistered)
            return null;
        if (!_topics.TryGetValue(token, out var only))
            return mustBeRegistered ? "BadDeviceToken" : null;
        return only is null || topic is null || only == topic ? null : "DeviceTokenNotForTopic";
    }
}
