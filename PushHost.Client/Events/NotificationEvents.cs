using System.Net.ServerSentEvents;
using System.Text.Json;
using PushHost.ServiceModel;

namespace PushHost.Client;

/// <summary>A notification's events, whose stream is opened again until the last one has come.</summary>
internal sealed class NotificationEvents(Sender sender, PushHostClientOptions options, WatchNotification request) : IDisposable
{
    private const string Counts = "counts";
    private const string End = "end";

    private HttpResponseMessage? _answer;
    private CancellationTokenSource? _silence;
    private IAsyncEnumerator<SseItem<string>>? _events;
    private string? _last;
    private bool _ended;
    private int _repeats;

    /// <summary>The notification after its next change; null once it has ended.</summary>
    public async Task<Notification?> NextAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            Exception? cause = null;
            try
            {
                var events = _events ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
                _silence!.CancelAfter(options.AttemptTimeout);
                if (await events.MoveNextAsync().ConfigureAwait(false))
                {
                    if (Read(events.Current) is { } notification)
                        return notification;
                    continue;
                }
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                cause = exception;
            }
            Dispose();
            // A host that stops ends its streams in order; the next one has to start first, so that is no reason to hurry either.
            var pause = Pauses.Before(options, _repeats++, retryAfter: null) ?? throw Sender.BrokeOff(nameof(WatchNotification), cause);
            await options.Time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
        }
        return null;
    }

    public void Dispose()
    {
        // Without waiting for the enumerator: what it reads from is gone, and it holds nothing else.
        _events = null;
        _answer?.Dispose();
        _silence?.Dispose();
        _answer = null;
    }

    private Notification? Read(SseItem<string> item)
    {
        // A stream that was opened again begins with what was told already.
        if (item.EventType != Counts || (item.Data == _last && item.EventId != End))
            return null;
        var notification = JsonSerializer.Deserialize<Notification>(item.Data, ClientJson.Options)!;
        (_last, _repeats, _ended) = (item.Data, 0, item.EventId == End);
        return notification;
    }

    private async Task<IAsyncEnumerator<SseItem<string>>> OpenAsync(CancellationToken cancellationToken)
    {
        var outgoing = OutgoingRequest.Of(request, addsKey: false);
        outgoing.StreamsAnswer = true;
        outgoing.Accept = "text/event-stream";
        _answer = await sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
        _silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stream = await _answer!.Content.StreamAsync(cancellationToken).ConfigureAwait(false);
        return SseParser.Create(stream).EnumerateAsync(_silence.Token).GetAsyncEnumerator(_silence.Token);
    }
}
