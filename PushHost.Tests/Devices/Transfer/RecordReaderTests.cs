using System.Text;
using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Devices.Transfer;

namespace PushHost.Tests.Devices.Transfer;

public sealed class RecordReaderTests
{
    private static async Task<List<(long Line, string? Record)>> ReadAsync(string text, bool quoted, int chunk = int.MaxValue)
    {
        using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk);
        var reader = new RecordReader(stream, quoted);
        var records = new List<(long, string?)>();
        while (await reader.ReadAsync(CancellationToken.None))
            records.Add((reader.Line, reader.TooLong ? null : Encoding.UTF8.GetString(reader.Record.Span)));
        return records;
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100_000)]
    public async Task Lines_are_cut_however_they_arrive(int chunk)
    {
        Assert.That(
            await ReadAsync("\uFEFFfirst\r\n\nthird ä\nlast", quoted: false, chunk),
            Is.EqualTo(new[] { (1L, "first"), (2L, ""), (3L, "third ä"), (4L, "last") }));
    }

    [TestCase(1)]
    [TestCase(100_000)]
    public async Task A_line_break_in_quotes_belongs_to_the_record(int chunk)
    {
        Assert.That(
            await ReadAsync("a,\"b\n\"\"\nb\",c\r\nd,5\" x,e\n\"\"\n\",\"", quoted: true, chunk),
            Is.EqualTo(new[] { (1L, "a,\"b\n\"\"\nb\",c"), (4L, "d,5\" x,e"), (5L, "\"\""), (6L, "\",\"") }));
    }

    [Test]
    public async Task A_quote_that_never_closes_is_the_fault_of_its_line_alone([Values(10, 5000)] int lines)
    {
        var rest = string.Concat(Enumerable.Range(0, lines).Select(i => $"line {i} padded to be long enough\n"));
        var records = await ReadAsync("good\n\"open\n" + rest, quoted: true);

        Assert.That(records, Has.Count.EqualTo(lines + 2));
        Assert.That(records[1], Is.EqualTo((2L, "\"open")));
        Assert.That(records[^1], Is.EqualTo((lines + 2L, $"line {lines - 1} padded to be long enough")));
    }

    [Test]
    public async Task A_line_too_long_is_passed_over([Values] bool quoted, [Values(1000, 100_000)] int chunk)
    {
        var fits = new string('a', RecordReader.MaxRecord);
        var records = await ReadAsync($"{fits}\n{fits}a\n{new string('b', 1_000_000)}\nlast", quoted, chunk);

        Assert.That(records, Is.EqualTo(new[] { (1L, fits), (2L, null), (3L, null), (4L, "last") }));
    }

    [Test]
    public async Task A_last_line_too_long_is_still_reported()
    {
        Assert.That(await ReadAsync(new string('b', 300_000), quoted: false), Is.EqualTo(new[] { (1L, (string?)null) }));
    }

    [Test]
    public void What_is_written_as_fields_is_cut_into_the_same_records()
    {
        var field = Gen.Char["ab,\"\n\r "].Array[0, 6].Select(chars => new string(chars));
        var record = field.Array[1, 4].Select(fields => string.Join(',', fields.Select(CsvRecord.Field)));
        Gen.Select(record.Array[0, 5], Gen.Int[1, 20]).Sample((records, chunk) =>
            ReadAsync(string.Concat(records.Select(each => each + "\r\n")), quoted: true, chunk).Result.Select(each => each.Record).SequenceEqual(records));
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
