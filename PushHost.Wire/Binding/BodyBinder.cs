using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Makes a request out of a JSON body, in one pass over bytes that are still Kestrel's own where the body is small.</summary>
internal sealed class BodyBinder(Operation operation, TypeShape shape, WireJson json)
{
    private readonly JsonBinder _binder = new(operation.Request, json, operation.RefusesUnknownMembers, "The body");

    /// <summary>Binds a body; an empty one makes an empty request.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="wantsMembers">Whether the caller needs to know which members the body gave.</param>
    /// <exception cref="RequestException">400: the body isn't what the request wants.</exception>
    public BoundBody Bind(ReadOnlySpan<byte> body, bool wantsMembers)
    {
        body = JsonBinder.Strip(body);
        return body.IsEmpty ? new(shape.Create(), null) : new(_binder.Bind(body), wantsMembers ? MembersOf(body) : null);
    }

    /// <summary>Binds one request of a batch, whose text was checked with the batch.</summary>
    /// <param name="text">The request.</param>
    /// <param name="number">Its place in the batch, from 1.</param>
    /// <param name="wantsMembers">As in <see cref="Bind"/>.</param>
    /// <exception cref="RequestException">400: it isn't what the operation wants.</exception>
    public BoundBody BindItem(ReadOnlySpan<byte> text, int number, bool wantsMembers) =>
        new(_binder.BindChecked(text, $"Request {number} of the batch"), wantsMembers ? MembersOf(text) : null);

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
