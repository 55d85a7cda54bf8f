using System.Text;
using System.Text.Json;

namespace PushHost.Providers.Sample;

/// <summary>Appends deliveries to one file.</summary>
internal sealed class FileProvider(string path, TimeProvider time) : IPushProvider
{
    private const int MaxBytes = 4096;

    // Batches are delivered concurrently, and two writers would mix their lines.
    private readonly SemaphoreSlim _writing = new(1);

    /// <inheritdoc/>
    public bool CanValidate => true;

    /// <inheritdoc/>
    public EncodedPayload Encode(Rendering rendering)
    {
        var message = rendering.Message;
        if (message.ImageUrl is not null)
            throw new MessageInvalidException("imageUrl", "cannot be carried: a line of text shows no images");
        var body = JsonSerializer.SerializeToUtf8Bytes(new { message.Title, message.Body, message.Data }, JsonSerializerOptions.Web);
        return body.Length > MaxBytes
            ? throw new PayloadTooLargeException(body.Length, MaxBytes)
            : new EncodedPayload { Body = body, CountedBytes = body.Length, LimitBytes = MaxBytes };
    }

    /// <inheritdoc/>
    public async Task DeliverAsync(Batch batch, IVerdictSink sink, CancellationToken cancellationToken)
    {
        for (var index = 0; index < batch.Recipients.Count; index++)
        {
            // The engine may say no: it stops, or has no time left. What has not begun comes again in a later batch.
            if (!await sink.BeginAsync(index, 1, cancellationToken))
                return;
            // Who is only asked about gets no line. A file takes every name, so there is nothing more to find out.
            sink.Report(index, batch.ValidateOnly ? new Accepted(null) : await AppendAsync(batch.Recipients[index], cancellationToken));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    // What goes wrong on the way is a verdict, never an exception: the engine knows what to do with each.
    private async Task<Verdict> AppendAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        if (recipient.Target.Kind != TargetKind.Registration)
            return new MessageRejected("a file has no topics or channels");
        var line = $"{{\"to\":{JsonSerializer.Serialize(recipient.Target.Value)},\"id\":\"{recipient.Id}\","
            + $"\"at\":\"{time.GetUtcNow():O}\",\"message\":{Encoding.UTF8.GetString(recipient.Payload.Body.Span)}}}\n";
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await File.AppendAllTextAsync(path, line, cancellationToken);
            return new Accepted(recipient.Id.ToString());
        }
        catch (UnauthorizedAccessException error)
        {
            return new CredentialRejected(error.Message);
        }
        catch (IOException error)
        {
            return new Unavailable(error.Message, NotBefore: null, VerdictScope.Gateway, MayHaveProcessed: true);
        }
        finally
        {
            _writing.Release();
        }
    }
}
