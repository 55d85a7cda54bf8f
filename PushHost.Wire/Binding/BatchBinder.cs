using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Makes requests out of a body that is a JSON array of them. All are bound before the first is done, so that a batch with a request that
/// cannot be read does nothing. What the query says holds for each, where the request itself says nothing.</summary>
internal sealed class BatchBinder(Operation operation, RequestBody body, WireOptions options, WireJson json)
{
    private const string Subject = "The batch";
    private readonly TypeShape _shape = TypeShape.Of(operation.Request);
    private readonly BodyBinder _binder = new(operation, TypeShape.Of(operation.Request), json);

    /// <exception cref="RequestException">400, 413 or 415: the body isn't a batch of this operation, or too long.</exception>
    public async ValueTask<IReadOnlyList<object>> BindAsync(HttpContext http, BatchProgress progress)
    {
        var query = http.Request.QueryString.Value;
        var requests = await body.ReadAsync(http, (text, _) => Bind(text, query, progress), state: false);
        progress.Begin();
        return requests;
    }

    private List<object> Bind(ReadOnlySpan<byte> text, string? query, BatchProgress progress)
    {
        text = JsonBinder.Strip(text);
        if (text.IsEmpty)
            throw NotAnArray();
        JsonText.Check(text, Subject);
        var items = Split(text);
        var requests = new List<object>(items.Count);
        foreach (var item in items)
        {
            progress.Reads(requests.Count);
            requests.Add(Bind(text[item], requests.Count + 1, query));
        }
        return requests;
    }

    private object Bind(ReadOnlySpan<byte> text, int number, string? query)
    {
        var hasQuery = !string.IsNullOrEmpty(query);
        var (request, taken) = _binder.BindItem(text, number, wantsMembers: hasQuery);
        if (hasQuery)
        {
            var faults = new JsvFaults(operation.RefusesUnknownMembers);
            QueryBinder.Bind(request, _shape, query!, taken, faults);
            faults.ThrowIfAny();
        }
        return request;
    }

    private List<Range> Split(ReadOnlySpan<byte> text)
    {
        var items = new List<Range>();
        // The batch itself is a level around its requests.
        var reader = new Utf8JsonReader(text, new() { MaxDepth = WireJson.MaxDepth + 1 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw NotAnArray(ref reader);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (items.Count == options.MaxBatchItems)
                    throw new RequestException(413, ErrorCodes.RequestTooLarge, $"The batch holds more than {options.MaxBatchItems} requests; send them in several.");
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(start..(int)reader.BytesConsumed);
            }
            // What stands behind the array is told here too.
            reader.Read();
            return items;
        }
        catch (JsonException exception)
        {
            throw JsonFaults.Malformed(exception, Subject);
        }
    }

    private static RequestException NotAnArray(ref Utf8JsonReader reader)
    {
        // Whether it is JSON at all is said first.
        while (reader.Read())
        {
        }
        return NotAnArray();
    }

    private static RequestException NotAnArray() => RequestException.InvalidJson($"{Subject} must be a JSON array of requests.");
}
