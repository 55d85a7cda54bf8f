using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PushHost.Providers.Http2;

namespace PushHost.Providers.Gcm;

/// <summary>The body of one request: the shared message with its target and what is left of the time to live put in, composed in a rented buffer.</summary>
internal sealed class FcmContent : GatewayContent
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_-.~%|!#$&'()*+,/;=?@[]^`{} ");

    private readonly FcmPayload _payload;
    private readonly Target _target;
    private readonly JsonEncodedText? _escaped;
    private readonly long? _ttlSeconds;
    private readonly bool _validateOnly;
    private readonly int _length;

    /// <param name="payload">The message.</param>
    /// <param name="target">Whom it is for.</param>
    /// <param name="ttlSeconds">For how long FCM is to keep it; null leaves that to FCM.</param>
    /// <param name="validateOnly">Whether FCM is only to say what it would do.</param>
    public FcmContent(FcmPayload payload, Target target, long? ttlSeconds, bool validateOnly = false)
    {
        _validateOnly = validateOnly;
        _payload = payload;
        _target = target;
        _ttlSeconds = payload.TtlAt is null ? null : ttlSeconds;
        if (target.Value.AsSpan().ContainsAnyExcept(Plain))
            _escaped = JsonEncodedText.Encode(target.Value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        _length = payload.Body.Length + "\"\":\"\"".Length + Name.Length + (_escaped?.EncodedUtf8Bytes.Length ?? target.Value.Length)
            + (payload.HasMembers ? 1 : 0) + (validateOnly ? ValidateOnly.Length : 0)
            + (_ttlSeconds is { } ttl ? "\"ttl\":\"s\"".Length + Digits(ttl) + (payload.AndroidHasMembers ? 1 : 0) : 0);
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
        Headers.ContentLength = _length;
    }

    private static ReadOnlySpan<byte> ValidateOnly => "\"validate_only\":true,"u8;

    private ReadOnlySpan<byte> Name => _target.Kind switch
    {
        TargetKind.Topic => "topic"u8,
        TargetKind.Condition => "condition"u8,
        _ => "token"u8,
    };

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasWritten = true;
        var buffer = ArrayPool<byte>.Shared.Rent(_length);
        try
        {
            Compose(buffer);
            await stream.WriteAsync(buffer.AsMemory(0, _length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Compose(Span<byte> buffer)
    {
        var body = _payload.Body.Span;
        var ttlAt = _ttlSeconds is null ? body.Length : _payload.TtlAt!.Value;
        // The request is an object whose first member is the message: another one goes between its brace and that.
        var rest = _validateOnly ? Put(Put(Put(buffer, body[..1]), ValidateOnly), body[1.._payload.TargetAt]) : Put(buffer, body[.._payload.TargetAt]);
        rest = Put(Put(Put(rest, "\""u8), Name), "\":\""u8);
        rest = _escaped is { } escaped ? Put(rest, escaped.EncodedUtf8Bytes) : rest[Encoding.ASCII.GetBytes(_target.Value, rest)..];
        rest = Put(rest, _payload.HasMembers ? "\","u8 : "\""u8);
        rest = Put(rest, body[_payload.TargetAt..ttlAt]);
        if (_ttlSeconds is { } ttl)
        {
            rest = Put(rest, _payload.AndroidHasMembers ? ",\"ttl\":\""u8 : "\"ttl\":\""u8);
            Utf8Formatter.TryFormat(ttl, rest, out var digits);
            rest = Put(rest[digits..], "s\""u8);
        }
        Put(rest, body[ttlAt..]);
    }

    private static Span<byte> Put(Span<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer);
        return buffer[bytes.Length..];
    }

    private static int Digits(long number)
    {
        var digits = 1;
        while ((number /= 10) > 0)
            digits++;
        return digits;
    }
}
