using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushHost.Client;

/// <summary>The body of a batch: the requests in a JSON array.</summary>
internal static class BatchBody
{
    /// <param name="requests">Requests of one type.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="addsKeys">Whether each send without an idempotency key is given one; a header could not name one for each.</param>
    /// <param name="newKey">Makes a key.</param>
    /// <param name="isRepeatable">Whether every one of them may be sent again.</param>
    public static byte[] Write(IReadOnlyList<object> requests, RequestShape shape, bool addsKeys, Func<string> newKey, out bool isRepeatable)
    {
        isRepeatable = true;
        var array = new JsonArray();
        foreach (var request in requests)
        {
            var member = JsonSerializer.SerializeToNode(request, request.GetType(), ClientJson.Options)!;
            var hasKey = shape.KeyOf(request) is not null;
            if (shape.TakesKey && !hasKey && addsKeys)
            {
                member["idempotencyKey"] = newKey();
                hasKey = true;
            }
            isRepeatable &= shape.IsRepeatable || hasKey;
            array.Add(member);
        }
        return JsonSerializer.SerializeToUtf8Bytes(array, ClientJson.Options);
    }
}
