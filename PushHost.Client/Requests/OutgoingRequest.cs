using System.Globalization;
using System.Net.Http.Headers;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>A request that is ready to be sent, as often as it has to be.</summary>
internal sealed class OutgoingRequest
{
    private const string JsonType = "application/json";

    private OutgoingRequest(string name, HttpMethod verb, string path)
    {
        Name = name;
        Verb = verb;
        Path = path;
    }

    /// <summary>The operation's name. Errors name it and not the path, in which a token may stand.</summary>
    public string Name { get; }

    public HttpMethod Verb { get; }

    /// <summary>Path and query, from the host's address on.</summary>
    public string Path { get; }

    /// <summary>Whether sending it twice does no more than sending it once.</summary>
    public bool IsRepeatable { get; private set; }

    /// <summary>Whether 404 to a repeat means that the attempt before, whose answer never came, did it.</summary>
    public bool GoneIsDone { get; private set; }

    /// <summary>Whether the answer is read as it comes.</summary>
    public bool StreamsAnswer { get; set; }

    /// <summary>Whether no deadline holds for it: it lasts as long as what it carries.</summary>
    public bool TakesItsTime => StreamsAnswer || Stream is not null;

    /// <summary>The answer's types that the caller reads.</summary>
    public string Accept { get; set; } = JsonType;

    private byte[]? Body { get; set; }

    private HttpContent? Stream { get; set; }

    private string? IdempotencyKey { get; set; }

    /// <param name="request">The request DTO.</param>
    /// <param name="addsKey">Whether a send without an idempotency key is given one.</param>
    /// <param name="after">The list entry after which to go on, instead of the request's own.</param>
    /// <param name="skip">How many list entries to pass over, instead of the request's own.</param>
    /// <param name="take">How many list entries to ask for where the request doesn't say.</param>
    public static OutgoingRequest Of(object request, bool addsKey, long? after = null, long? skip = null, int? take = null)
    {
        var shape = RequestShape.Of(request);
        var json = ClientJson.Bytes(request);
        var members = shape.HasBody && shape.Routes.All(route => route.Placeholders == 0) ? [] : QueryText.MembersOf(json);
        Set(members, "after", after);
        Set(members, "skip", skip);
        if (!members.ContainsKey("take"))
            Set(members, "take", take);
        var outgoing = new OutgoingRequest(shape.Name, shape.Verb, PathOf(shape, members))
        {
            Body = shape.HasBody ? json : null,
            GoneIsDone = request is IDelete and IReturnVoid,
        };
        var key = shape.KeyOf(request);
        if (shape.TakesKey && key is null && addsKey)
            key = outgoing.IdempotencyKey = NewKey();
        outgoing.IsRepeatable = shape.IsRepeatable || key is not null;
        return outgoing;
    }

    /// <summary>Requests of one operation that travel together.</summary>
    public static OutgoingRequest OfBatch(IReadOnlyList<object> requests, bool addsKeys)
    {
        var shape = RequestShape.Of(requests[0]);
        var batch = BatchBody.Write(requests, shape, addsKeys, NewKey, out var isRepeatable);
        return new OutgoingRequest(shape.Name + "[]", HttpMethod.Post, $"api/{shape.Name}[]") { Body = batch, IsRepeatable = isRepeatable };
    }

    /// <summary>A request whose body is made while it is sent, and which can therefore be sent only once.</summary>
    public static OutgoingRequest Streaming(object request, HttpContent body)
    {
        var shape = RequestShape.Of(request);
        var members = QueryText.MembersOf(ClientJson.Bytes(request));
        return new OutgoingRequest(shape.Name, shape.Verb, PathOf(shape, members, inQuery: true)) { Stream = body };
    }

    public HttpRequestMessage ToMessage(Uri host)
    {
        var message = new HttpRequestMessage(Verb, new Uri(host, Path)) { Content = Stream };
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(JsonType);
        }
        // Else a host that refuses an import would have to take all of it before it can say so.
        message.Headers.ExpectContinue = Stream is not null;
        message.Headers.Accept.ParseAdd(Accept);
        if (IdempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", IdempotencyKey);
        return message;
    }

    private static string PathOf(RequestShape shape, Dictionary<string, string> members, bool inQuery = false)
    {
        string? best = null;
        HashSet<string> used = [];
        foreach (var route in shape.Routes.Where(route => route.Takes(shape.Verb.Method)).OrderByDescending(route => route.Placeholders))
        {
            best = route.Fill(members, out used);
            if (best is not null)
                break;
        }
        best ??= $"api/{shape.Name}";
        if (shape.HasBody && !inQuery)
            return best;
        var query = QueryText.Join(members.Where(member => !used.Contains(member.Key)));
        return query.Length == 0 ? best : $"{best}?{query}";
    }

    private static void Set(Dictionary<string, string> members, string name, long? value)
    {
        if (value is { } number)
            members[name] = number.ToString(CultureInfo.InvariantCulture);
    }

    private static string NewKey() => Guid.NewGuid().ToString();
}
