using System.Buffers;

namespace PushHost.Providers.Apns;

/// <summary>The form of a device token: bytes in hexadecimal. Apple says not to assume their number
/// ("Registering your app with APNs"); 32 to 80 have been seen.</summary>
internal static class DeviceToken
{
    private const int MostCharacters = 512;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    // How NSData described itself: <12345678 90abcdef>.
    private static readonly SearchValues<char> Decoration = SearchValues.Create("<> ");

    public static RegistrationCheck Check(string text)
    {
        var token = text.AsSpan().ContainsAny(Decoration)
            ? string.Concat(text.Where(character => !Decoration.Contains(character)))
            : text;
        if (token.Length is < 2 or > MostCharacters || token.Length % 2 != 0)
            return Refuse($"has {token.Length} hexadecimal digits, and must have an even number from 2 to {MostCharacters}");
        return token.AsSpan().ContainsAnyExcept(Hexadecimal)
            ? Refuse("holds other characters than the hexadecimal digits of an APNs device token")
            : RegistrationCheck.Accept(token.ToLowerInvariant());
    }

    private static RegistrationCheck Refuse(string message) => RegistrationCheck.Refuse("registrationId", message);
}
