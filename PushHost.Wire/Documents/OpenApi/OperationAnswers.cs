using System.Reflection;

namespace PushHost.Wire;

/// <summary>What an operation's method says of its answers.</summary>
internal static class OperationAnswers
{
    /// <summary>Whether a request with this verb carries its members in a body.</summary>
    public static bool HasBody(string verb) => verb is "POST" or "PUT" or "PATCH";

    /// <summary>Whether a success is something else than JSON: a stream, text or bytes.</summary>
    public static bool AnswersRaw(this Operation operation) =>
        ServiceInvoker.AnswerOf(operation.Method) is { } type && (type == typeof(StreamedAnswer) || type == typeof(byte[]) || type == typeof(string));

    /// <summary>The statuses of a success, each with a sentence that says when.</summary>
    public static IEnumerable<(int Status, string When)> Successes(this Operation operation)
    {
        var said = operation.Method.GetCustomAttributes<AnswersAttribute>().Select(answer => (answer.Status, answer.When)).ToList();
        return said.Count > 0 ? said
            : operation.Response is null && ServiceInvoker.AnswerOf(operation.Method) is null ? [(StatusCodes.Status204NoContent, "Done.")]
            : [(StatusCodes.Status200OK, "The answer.")];
    }

    /// <summary>The codes with which it can fail on this route: what every operation of its kind can, and what its method says.</summary>
    public static IEnumerable<string> Failures(this Operation operation, OperationRoute route)
    {
        IEnumerable<string> OfKind()
        {
            yield return ErrorCodes.Validation;
            yield return ErrorCodes.Unauthorized;
            if (operation.Scopes is { Count: > 0 })
                yield return ErrorCodes.Forbidden;
            if (route.Placeholders.Any())
                yield return ErrorCodes.NotFound;
            if (route.Verbs.Any(HasBody))
            {
                yield return ErrorCodes.InvalidJson;
                yield return ErrorCodes.RequestTimeout;
                yield return ErrorCodes.RequestTooLarge;
                yield return ErrorCodes.UnsupportedMediaType;
            }
            yield return ErrorCodes.InternalError;
            yield return ErrorCodes.Unavailable;
        }
        return OfKind().Concat(operation.Method.GetCustomAttribute<FailsAttribute>()?.Codes ?? []).Distinct();
    }
}
