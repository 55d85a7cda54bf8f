using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace PushHost.Wire;

/// <summary>Writes what an operation answers: JSON, text, bytes, a stream, or 204 for nothing.</summary>
internal sealed class AnswerWriter(Operation operation, WireJson json)
{
    private readonly JsonTypeInfo? _type =
        ServiceInvoker.AnswerOf(operation.Method) is { } type && type != typeof(object) && type != typeof(StreamedAnswer)
        ? json.WriteOptions.GetTypeInfo(type)
        : null;

    private readonly bool _answersNothing = ServiceInvoker.AnswerOf(operation.Method) is null;

    /// <summary>Writes one answer of a batch; an operation that answers nothing answers <c>{}</c> there, which every client can read.</summary>
    public void WriteItem(Utf8JsonWriter writer, object? answer)
    {
        if (_answersNothing)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else
        {
            JsonSerializer.Serialize(writer, answer ?? throw Null(), _type ?? json.WriteOptions.GetTypeInfo(answer.GetType()));
        }
    }

    public Task WriteAsync(OperationContext context, object? answer)
    {
        var response = context.Http.Response;
        if (_answersNothing)
        {
            response.StatusCode = context.StatusCode ?? StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        response.StatusCode = context.StatusCode ?? StatusCodes.Status200OK;
        return answer switch
        {
            StreamedAnswer stream => WriteAsync(context.Http, stream),
            // IReturn<string> and IReturn<byte[]> take the raw body.
            string text => WriteTextAsync(context.Http, text),
            byte[] bytes => WriteBytesAsync(context.Http, bytes),
            null => throw Null(),
            _ => json.WriteAsync(context.Http, answer, _type ?? json.WriteOptions.GetTypeInfo(answer.GetType())),
        };
    }

    private InvalidOperationException Null() => new($"{operation.Name} answered null, which typed clients cannot read.");

    private static Task WriteTextAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static async Task WriteBytesAsync(HttpContext http, byte[] bytes)
    {
        http.Response.ContentType = MediaTypeNames.Application.Octet;
        http.Response.ContentLength = bytes.Length;
        await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, StreamedAnswer answer)
    {
        http.Response.ContentType = answer.ContentType;
        if (answer.FileName is { } name)
        {
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(name);
            http.Response.Headers.ContentDisposition = disposition.ToString();
        }
        // Neither the server nor a proxy in front may wait for more before passing on what is there.
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await answer.Write(http.Response.Body, http.RequestAborted);
    }
}
