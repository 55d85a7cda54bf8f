using System.Buffers;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Makes a request out of a JSON body, in one pass over bytes that are still Kestrel's own where the body is small.</summary>
internal sealed class BodyBinder(Operation operation, TypeShape shape, WireJson json)
{
    private readonly JsonBinder _binder = new(operation.Request, json, operation.RefusesUnknownMembers, "The body");

    /// <summary>Reads the body to its end; an empty one makes an empty request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="wantsMembers">Whether the caller needs to know which members the body gave.</param>
    /// <exception cref="RequestException">400: the body isn't what the request wants.</exception>
    public async ValueTask<BoundBody> ReadAsync(HttpContext http, bool wantsMembers)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            // Without the request's token: a read that it cancels stays pending inside Kestrel, which then complains of it with a stack trace.
            // A client that goes away ends the read by itself.
            var result = await reader.ReadAsync(CancellationToken.None);
            if (result.IsCompleted)
            {
                try
                {
                    return Bind(result.Buffer, wantsMembers);
                }
                finally
                {
                    reader.AdvanceTo(result.Buffer.End);
                }
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private BoundBody Bind(ReadOnlySequence<byte> body, bool wantsMembers)
    {
        if (body.IsSingleSegment)
            return Bind(body.FirstSpan, wantsMembers);
        var length = checked((int)body.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(bytes);
            return Bind(bytes.AsSpan(0, length), wantsMembers);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private BoundBody Bind(ReadOnlySpan<byte> body, bool wantsMembers)
    {
        body = JsonBinder.Strip(body);
        return body.IsEmpty ? new(shape.Create(), null) : new(_binder.Bind(body), wantsMembers ? MembersOf(body) : null);
    }

    private HashSet<MemberShape> MembersOf(ReadOnlySpan<byte> body)
    {
        var members = new HashSet<MemberShape>();
        var reader = new Utf8JsonReader(body, new() { MaxDepth = WireJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (shape.Find(reader.GetString()) is { } member)
                members.Add(member);
            reader.Skip();
        }
        return members;
    }
}

/// <param name="Request">The request as the body says it.</param>
/// <param name="Members">The members that the body gave, if they were asked for.</param>
internal readonly record struct BoundBody(object Request, HashSet<MemberShape>? Members);
