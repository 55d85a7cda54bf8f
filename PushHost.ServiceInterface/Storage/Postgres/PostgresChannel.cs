using System.Globalization;
using Npgsql;

namespace PushHost.ServiceInterface.Storage.Postgres;

/// <summary>News by LISTEN and NOTIFY.</summary>
/// <remarks>Told apart from the transactions that make the news, and gathered for a moment: PostgreSQL lets transactions that notify commit one by one.</remarks>
internal sealed class PostgresChannel(PostgresDatabase database) : HostChannel
{
    private const string Listen = "LISTEN pushhost";
    private const string DeliveriesWord = "deliveries";
    private const string CancelledWord = "cancelled";
    private const string CompletedWord = "completed";
    private const string Notify = "SELECT pg_notify('pushhost', $1)";

    // A payload may have 8,000 bytes.
    private const int MaxIds = 380;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly object _gate = new();
    private List<long> _completed = [];
    private List<long> _cancelled = [];
    private bool _deliveriesWait;
    private Task _loops = Task.CompletedTask;

    public override void Open() => _loops = Task.WhenAll(Task.Run(() => LoopAsync(ListenAsync)), Task.Run(() => LoopAsync(TellAsync)));

    public override void TellDeliveriesWait()
    {
        lock (_gate)
            _deliveriesWait = true;
        Ring();
    }

    public override void TellCompleted(long notification)
    {
        lock (_gate)
            _completed.Add(notification);
        Ring();
    }

    public override void TellCancelled(long notification)
    {
        lock (_gate)
            _cancelled.Add(notification);
        Ring();
    }

    public override async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _loops;
        _closing.Dispose();
        _news.Dispose();
    }

    private void Ring()
    {
        if (_news.CurrentCount == 0)
            _news.Release();
    }

    private async Task LoopAsync(Func<CancellationToken, Task> step)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await step(_closing.Token);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            // A server that is away has no news; every other use of it says so.
            catch (Exception error) when (error is NpgsqlException or TimeoutException or System.IO.IOException or System.Net.Sockets.SocketException)
            {
                await Task.Delay(Retry, TimeProvider.System, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString)
        {
            Pooling = false,
            KeepAlive = 30,
        }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, news) => Hear(news.Payload);
        await using (var command = new NpgsqlCommand(Listen, connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        // What was told before is lost.
        DeliveriesWait();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        await _news.WaitAsync(cancellationToken);
        await Task.Delay(Gather, TimeProvider.System, cancellationToken);
        List<long> completed, cancelled;
        bool deliveriesWait;
        lock (_gate)
        {
            (completed, _completed) = (_completed, []);
            (cancelled, _cancelled) = (_cancelled, []);
            (deliveriesWait, _deliveriesWait) = (_deliveriesWait, false);
        }
        if (deliveriesWait)
            await database.RunAsync(Notify, $"{_self} {DeliveriesWord}", cancellationToken);
        await TellAsync(CancelledWord, cancelled, cancellationToken);
        await TellAsync(CompletedWord, completed, cancellationToken);
    }

    private async Task TellAsync(string word, List<long> notifications, CancellationToken cancellationToken)
    {
        foreach (var some in notifications.Chunk(MaxIds))
            await database.RunAsync(Notify, $"{_self} {word} {string.Join(',', some)}", cancellationToken);
    }

    private void Hear(string news)
    {
        if (news.Split(' ') is not [var from, var word, .. var ids] || from == _self)
            return;
        if (word == DeliveriesWord)
            DeliveriesWait();
        foreach (var id in ids.SelectMany(list => list.Split(',')).Select(id => long.Parse(id, CultureInfo.InvariantCulture)))
            (word == CancelledWord ? Cancelled : Completed)(id);
    }
}
