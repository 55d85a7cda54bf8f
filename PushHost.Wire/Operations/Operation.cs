using System.Reflection;

namespace PushHost.Wire;

/// <summary>One request DTO and the service method that answers it: everything the wire knows of an operation.</summary>
public sealed record Operation
{
    /// <summary>The DTO's class name, which is also its name under <c>/api/</c> and <c>/json/reply/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The request DTO.</summary>
    public required Type Request { get; init; }

    /// <summary>What a success carries; null when it carries nothing (204).</summary>
    public required Type? Response { get; init; }

    /// <summary>The method that answers.</summary>
    public required MethodInfo Method { get; init; }

    /// <summary>The operation's own HTTP verb in capitals; <c>POST</c> for a method named <c>Any</c> whose DTO names no verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Whether the method takes every verb on the predefined routes.</summary>
    public required bool TakesAnyVerb { get; init; }

    /// <summary>The DTO's own routes, in the order it declares them.</summary>
    public required IReadOnlyList<OperationRoute> Routes { get; init; }

    /// <summary>The scopes of which a caller needs one; null when the method names none.</summary>
    public required IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Whether members that the DTO doesn't have are refused instead of ignored.</summary>
    public required bool RefusesUnknownMembers { get; init; }

    /// <summary>The operation's own limit for a request body in bytes, -1 for none; null takes the host's.</summary>
    public required long? RequestLimit { get; init; }

    /// <summary>Whether the operation reads its body itself, as it arrives (<see cref="IRequiresRequestStream"/>).</summary>
    public bool TakesStream => typeof(IRequiresRequestStream).IsAssignableFrom(Request);

    /// <summary>Whether the answer is written as it comes (<see cref="StreamedAnswer"/>).</summary>
    public bool StreamsAnswer => ServiceInvoker.AnswerOf(Method) == typeof(StreamedAnswer);

    /// <summary>Whether several requests may travel in one body: not where the body or the answer is a stream.</summary>
    public bool TakesBatches => !TakesStream && !StreamsAnswer;

    /// <summary>The verbs that <c>/api/{Dto}</c> and <c>/json/reply/{Dto}</c> take: its own, and POST, which typed clients send
    /// whenever they know no other.</summary>
    public IReadOnlyList<string> PredefinedVerbs =>
        TakesAnyVerb ? OperationRoute.AllVerbs : Verb == "POST" ? ["POST"] : [Verb, "POST"];
}
