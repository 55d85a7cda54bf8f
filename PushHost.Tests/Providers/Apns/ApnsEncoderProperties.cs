using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers;
using PushHost.Providers.Apns;

namespace PushHost.Tests.Providers.Apns;

internal sealed class ApnsEncoderProperties
{
    // Any UTF-16, half surrogates included, and sizes on both sides of the limit.
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String[0, 40],
        Gen.Char['\uD700', '\uE0FF'].Array[0, 10].Select(characters => new string(characters)),
        Gen.Int[0, 6000].Select(length => new string('y', length)));

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Const((string?)null), AnyText.Select(text => (string?)text));

    private static readonly Gen<string> Name = Gen.String[Gen.Char['a', 'z'], 1, 6];

    private static readonly Gen<string> AnyJson = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Gen.Const("null")
        : Gen.OneOf(
            Gen.Const("""{"dup":1,"dup":{"dup":2,"dup":3}}"""),
            Gen.Const("\"\\ud83d\""),
            Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Gen.Const("1e-7"),
            AnyText.Select(text => JsonSerializer.Serialize(text)),
            inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(Name, inner).Array[0, 3].Select(members => $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}")));

    private static readonly Gen<PushMessage> AnyMessage =
        Gen.Select(Maybe, Maybe, Maybe, Gen.Int, AnyJson, AnyJson, AnyJson, Gen.Bool).Select((title, body, category, badge, data, aps, payload, mutable) =>
            new PushMessage
            {
                Title = title,
                Body = body,
                Category = category,
                Badge = badge,
                CollapseId = title,
                Data = JsonElement.Parse(data),
                MutableContent = mutable,
                Overrides = JsonElement.Parse($$"""{"aps":{{aps}},"payload":{{payload}}}"""),
            });

    [Test]
    public void Whatever_is_sent_is_valid_JSON_within_the_limit_or_refused() =>
        AnyMessage.Sample(message =>
        {
            try
            {
                var payload = new ApnsEncoder("com.example.app", hasKey: true).Encode(message);
                using var json = JsonDocument.Parse(payload.Body);
                return payload.Body.Length <= payload.LimitBytes
                    && json.RootElement.GetProperty("aps").ValueKind == JsonValueKind.Object
                    && payload.Headers.All(header => !header.Value.Any(char.IsControl));
            }
            catch (Exception error) when (error is PayloadTooLargeException or MessageInvalidException)
            {
                return true;
            }
        });
}
