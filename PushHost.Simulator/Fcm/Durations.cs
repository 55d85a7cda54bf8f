using System.Globalization;

namespace PushHost.Simulator.Fcm;

/// <summary>Durations in the JSON form of protocol buffers: seconds with up to nine decimals and an <c>s</c>, such as <c>3.5s</c>.</summary>
internal static class Durations
{
    private const int MaxDecimals = 9;

    public static bool TryParse(string text, out decimal seconds)
    {
        seconds = 0;
        if (!text.EndsWith('s') || text.Length < 2 || !char.IsAsciiDigit(text[^2]))
            return false;
        var number = text.AsSpan(0, text.Length - 1);
        var point = number.IndexOf('.');
        return (point < 0 || number.Length - point - 1 <= MaxDecimals)
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seconds);
    }
}
