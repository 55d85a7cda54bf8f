using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace PushHost.Simulator.Hosting;

/// <summary>Reading requests and carrying out faults, for all gateways alike.</summary>
internal static class Exchange
{
    private const int InternalError = 2;
    private const int RefusedStream = 7;

    /// <summary>Reads a body of at most <paramref name="limit"/> bytes. Null if it is longer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="known">A body returned again if the new one equals it, so that a batch's copies share memory.</param>
    public static async ValueTask<byte[]?> ReadBodyAsync(HttpContext context, int limit, byte[] known)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                return null;
            }
            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }
            var body = result.Buffer.IsSingleSegment && result.Buffer.FirstSpan.SequenceEqual(known) ? known : result.Buffer.ToArray();
            reader.AdvanceTo(result.Buffer.End);
            return body;
        }
    }

    public static int StreamId(HttpContext context) => context.Features.Get<IHttp2StreamIdFeature>()?.StreamId ?? 0;

    public static ImmutableArray<KeyValuePair<string, string>> Headers(HttpContext context)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(context.Request.Headers.Count);
        foreach (var (name, values) in context.Request.Headers)
            headers.Add(new(name, values.ToString()));
        return headers.DrainToImmutable();
    }

    /// <summary>Tells the client that the stream was not processed.</summary>
    public static void Refuse(HttpContext context) => context.Features.Get<IHttpResetFeature>()?.Reset(RefusedStream);

    public static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body, string? contentType = "application/json; charset=UTF-8")
    {
        context.Response.StatusCode = status;
        if (body.IsEmpty)
            return Task.CompletedTask;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    /// <summary>Waits out a fault's delay. False if the client gave up meanwhile.</summary>
    /// <remarks>The delay begins with the call: call it before the request is recorded, so that who sees it in the outbox may let the clock run.</remarks>
    public static async ValueTask<bool> DelayAsync(HttpContext context, Fault? fault, TimeProvider time)
    {
        if (fault is null || fault.Delay <= TimeSpan.Zero)
            return true;
        try
        {
            await Task.Delay(fault.Delay, time, context.RequestAborted);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Carries out a fault instead of accepting. GOAWAY and slowness are the caller's: after them a request may go on.</summary>
    public static async Task CarryOutAsync(HttpContext context, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.NoAnswer:
                await NeverAsync(context);
                break;
            case FaultKind.ConnectionReset:
                context.Features.Get<ConnectionFeature>()?.Reset();
                break;
            case FaultKind.StreamReset when context.Features.Get<IHttpResetFeature>() is { } stream:
                stream.Reset(fault.ErrorCode);
                break;
            case FaultKind.StreamReset:
                context.Features.Get<ConnectionFeature>()?.Reset();
                break;
            case FaultKind.EndlessHeaders:
                WriteEndlessHeaders(context, fault);
                break;
            default:
                await AnswerAsync(context, fault);
                break;
        }
    }

    public static void AddRetryAfter(HttpContext context, Fault fault)
    {
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
    }

    private static async Task AnswerAsync(HttpContext context, Fault fault)
    {
        AddRetryAfter(context, fault);
        if (fault.Repeat == 1)
        {
            await WriteAsync(context, fault.Status, fault.Body, fault.ContentType);
            return;
        }

        context.Response.StatusCode = fault.Status;
        context.Response.ContentType = fault.ContentType;
        try
        {
            await context.Response.WriteAsync("{\"reason\":\"", context.RequestAborted);
            for (var i = 0L; i < fault.Repeat; i++)
                await context.Response.BodyWriter.WriteAsync(fault.Body, context.RequestAborted);
            await context.Response.WriteAsync("\"}", context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client had enough.
        }
    }

    private static void WriteEndlessHeaders(HttpContext context, Fault fault)
    {
        const int HeaderBytes = 1024;
        context.Response.StatusCode = fault.Status;
        var value = new string('x', HeaderBytes);
        for (var i = 0L; i < fault.Repeat; i += HeaderBytes)
            context.Response.Headers[$"x-endless-{i}"] = value;
    }

    private static async Task NeverAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Kestrel would answer an empty 200 if the handler returned; the stream is gone, unless only the handler thinks so.
            context.Features.Get<IHttpResetFeature>()?.Reset(InternalError);
        }
    }
}
