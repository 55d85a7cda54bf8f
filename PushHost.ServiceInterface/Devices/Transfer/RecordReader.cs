namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Cuts a stream into records, in memory that doesn't grow: lines, or in CSV lines whose quoted fields may hold line breaks.</summary>
/// <param name="stream">UTF-8; a byte order mark at its start is passed over.</param>
/// <param name="quoted">Whether line breaks between quotes belong to a record.</param>
internal sealed class RecordReader(Stream stream, bool quoted)
{
    /// <summary>The bytes that a record may have.</summary>
    public const int MaxRecord = 64 * 1024;

    private const int LineBreak = 2;

    private readonly byte[] _buffer = new byte[2 * MaxRecord];
    private long _nextLine = 1;
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;

    /// <summary>The number, from 1, of the line on which the record begins.</summary>
    public long Line { get; private set; }

    /// <summary>The record without its line break, until the next is read; empty when it is <see cref="TooLong"/>.</summary>
    public ReadOnlyMemory<byte> Record { get; private set; }

    /// <summary>Whether the record had more than <see cref="MaxRecord"/> bytes and was passed over.</summary>
    public bool TooLong { get; private set; }

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        TooLong = false;
        Line = _nextLine;
        while (true)
        {
            var end = EndOfRecord();
            if (end is { } length && Trimmed(length) <= MaxRecord)
                return Take(length);
            if (end is not null || Unread.Length > MaxRecord + LineBreak)
                return await PassOverAsync(end, cancellationToken);
            if (_ended)
                return TakeLast();
            await FillAsync(cancellationToken);
        }
    }

    private int? EndOfRecord() => quoted ? CsvRecord.End(Unread) : Unread.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : null;

    private int Trimmed(int length) => Unread[..length].TrimEnd("\r\n"u8).Length;

    private bool Take(int length)
    {
        _nextLine += Unread[..length].Count((byte)'\n');
        Record = _buffer.AsMemory(_start, Trimmed(length));
        _start += length;
        return true;
    }

    // The last record may lack its line break. One whose quote never closes is the fault of its first line, not of all that follow.
    private bool TakeLast()
    {
        if (Unread.IsEmpty)
            return false;
        var firstBreak = Unread.IndexOf((byte)'\n');
        return Take(firstBreak < 0 ? Unread.Length : firstBreak + 1);
    }

    private async ValueTask<bool> PassOverAsync(int? end, CancellationToken cancellationToken)
    {
        if (end is { } length)
        {
            Take(length);
        }
        else if (quoted && Unread.IndexOf((byte)'\n') is var firstBreak and >= 0)
        {
            // A quote that never closes looks like a record without end: its first line is at fault, and reading goes on behind it.
            return Take(firstBreak + 1);
        }
        else
        {
            await PassOverLineAsync(cancellationToken);
        }
        TooLong = true;
        Record = default;
        return true;
    }

    private async ValueTask PassOverLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Unread.IndexOf((byte)'\n') is var at and >= 0)
            {
                _start += at + 1;
                _nextLine++;
                return;
            }
            _start = _end;
            if (_ended)
                return;
            await FillAsync(cancellationToken);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Unread.CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _ended = read == 0;
        _end += read;
        if (!_begun && (_end >= 3 || _ended))
        {
            _begun = true;
            if (Unread.StartsWith("\uFEFF"u8))
                _start = 3;
        }
    }
}
