using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>Reads what a host answered.</summary>
internal static class Answers
{
    /// <summary>Makes an exception of an answer that is an error, whoever made it.</summary>
    public static async Task<PushHostException> ErrorAsync(OutgoingRequest request, HttpResponseMessage answer, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await answer.Content.BytesAsync(cancellationToken).ConfigureAwait(false);
        var said = Said(body) ?? new ResponseStatus
        {
            ErrorCode = answer.StatusCode.ToString(),
            Message = $"{answer.ReasonPhrase ?? answer.StatusCode.ToString()}, and the answer is not PushHost's: is there something in between?",
        };
        return new PushHostException(request.Name, answer.StatusCode, said, RetryAfterOf(answer, time), BatchCompletedOf(answer));
    }

    /// <summary>Reads an answer that is none of an error's.</summary>
    public static async Task<T> ReadAsync<T>(OutgoingRequest request, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.BytesAsync(cancellationToken).ConfigureAwait(false);
        if (typeof(T) == typeof(string))
            return (T)(object)Encoding.UTF8.GetString(body);
        if (typeof(T) == typeof(byte[]))
            return (T)(object)body;
        try
        {
            return JsonSerializer.Deserialize<T>(body, ClientJson.Options) ?? throw new JsonException("the answer is null");
        }
        catch (JsonException exception)
        {
            var said = new ResponseStatus { ErrorCode = "UnreadableAnswer", Message = $"the answer is no {typeof(T).Name}: {exception.Message}" };
            throw new PushHostException(request.Name, answer.StatusCode, said, cause: exception);
        }
    }

    private static ResponseStatus? Said(byte[] body)
    {
        try
        {
            var said = JsonSerializer.Deserialize<ErrorResponse>(body, ClientJson.Options)?.ResponseStatus;
            return said is { ErrorCode.Length: > 0 } ? said : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? BatchCompletedOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("X-AutoBatch-Completed", out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var completed) ? completed : null;

    private static TimeSpan? RetryAfterOf(HttpResponseMessage answer, TimeProvider time)
    {
        var after = answer.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
