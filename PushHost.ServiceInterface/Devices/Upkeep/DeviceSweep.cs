using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>A piece of a sweep: the devices whose ids lie behind <paramref name="After"/> and up to <paramref name="Until"/> and that the conditions select.</summary>
internal sealed record SweptPiece(List<DeviceRow> Devices, long After, long Until)
{
    /// <summary>Narrows conditions to this piece, so that one statement changes it whole.</summary>
    public SqlWhere Narrow(SqlWhere where) => where.And($"id > {After}").And($"id <= {Until}");
}

/// <summary>Walks once through the devices that conditions select, in the order of their ids and up to the highest at the start, in pieces that are short to read and short to write.</summary>
/// <param name="database">Where to read.</param>
/// <param name="conditions">Makes the conditions anew for each piece.</param>
/// <param name="after">Only devices with a higher id.</param>
/// <param name="take">At most so many devices.</param>
internal sealed class DeviceSweep(Database database, Func<SqlWhere> conditions, long after, long take)
{
    // What a transaction changes at most: a few milliseconds of writing, so that callers never wait long behind it.
    private const int PieceSize = 500;

    // What a query looks at at most, however few of these the conditions select.
    private const int Look = 10_000;

    private long? _until;
    private long _after = after;
    private long _left = take;

    /// <summary>The id up to which the walk has come, where it was not to the end.</summary>
    public long? Last { get; private set; }

    /// <summary>The next piece that has devices; null at the end, or when as many were taken as were to be.</summary>
    public SweptPiece? Next()
    {
        if (_left <= 0)
            return null;
        using var session = database.Read();
        _until ??= session.Number("SELECT MAX(id) FROM device") ?? 0;
        while (_after < _until)
        {
            var end = Math.Min(_until.Value, EndOfLook(session));
            var size = (int)Math.Min(PieceSize, _left);
            var piece = new SweptPiece([], _after, end);
            var found = DeviceStore.Page(session, piece.Narrow(conditions()), "id", size, 0);
            if (found.Count == size)
                end = found[^1].Id;
            piece = piece with { Devices = found, Until = end };
            _after = end;
            if (found.Count == 0)
                continue;
            _left -= found.Count;
            Last = _left <= 0 && end < _until ? end : null;
            return piece;
        }
        return null;
    }

    private long EndOfLook(SqlSession session) => session.Number(
        $"SELECT MAX(id) FROM (SELECT id FROM device WHERE id > @p0 ORDER BY id LIMIT {Look}) looked", _after) ?? _until!.Value;
}
