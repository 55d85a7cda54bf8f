using System.Reflection;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Host;

/// <summary>What the documents say of PushHost as a whole.</summary>
internal static class ApiDescription
{
    private const string Text = """
        A self-hosted push notification server: devices register, back ends send, and every recipient has exactly one outcome.

        **Credentials.** A key goes into `Authorization: Bearer <key>` or into `X-Api-Key`. Each operation names the scopes of which a key needs one; `admin` allows everything.

        **JSON** is camelCase, without nulls. Times are UTC and end in `Z`, durations are ISO 8601 such as `PT1H30M`, ids are integers below 2^53. Members that nobody knows are
        ignored, but refused in a send, a prune, a restore and a decision over verdicts.

        **Lists** take `skip`, `take`, `after` (keyset paging), `orderBy` and `include=total`.

        **Errors** are a status of 400 or more and a `responseStatus` with an `errorCode` that programs decide by; `errors` has one entry for each field that is wrong.

        **Typed ServiceStack clients** send each request by its name to `/api/{Request}` or `/json/reply/{Request}`, and lists of them to the same with `[]` behind; their types are at
        `/types/csharp` and `/types/typescript`.
        """;

    public static DocumentOptions Options() => new()
    {
        Title = "PushHost",
        Version = Version(),
        Description = Text,
        Tags =
        {
            ["Devices"] = "What can be pushed to: registered by phones, managed by back ends.",
            ["Notifications"] = "What was to be said to whom, and what became of it.",
            ["Delivery"] = "Verdicts over devices that a send was kept from acting on, for an operator to decide.",
            ["Providers"] = "The gateway plugins.",
        },
        Errors =
        {
            new(Faults.UnknownProvider, 400, "There is no provider of this name."),
            new(Faults.InvalidRegistrationId, 400, "The token isn't one that the provider's gateway gives."),
            new(Faults.PayloadTooLarge, 400, "The message is larger than a gateway takes; `meta` has the provider, the bytes and the limit. Nothing was stored or sent."),
            new(Faults.IdempotencyMismatch, 409, "The idempotency key was used for another request."),
        },
    };

    private static string Version() =>
        typeof(ApiDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
