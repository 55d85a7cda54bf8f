using System.Buffers.Binary;
using CsCheck;
using NUnit.Framework;
using PushHost.Providers.Http2;

namespace PushHost.Tests.Providers.Http2;

internal sealed class FrameScannerTests
{
    private static readonly Gen<(byte[] Bytes, string? Event)> AnyFrame = Gen.OneOf(
        Gen.Select(Gen.OneOf([.. new byte[] { 0, 1, 2, 5, 6, 8, 9, 200 }.Select(Gen.Const)]), Gen.Byte.Array[0, 600], (type, payload) => (Frame(type, 0, payload), (string?)null)),
        Gen.Byte.Array[0].Select(payload => (Frame(4, 1, payload), (string?)null)),
        Gen.Select(Gen.UShort[4, 9], Gen.UInt, Gen.Int[0, 60]).Select(
            (id, value, count) => (Frame(4, 0, [.. Enumerable.Repeat(Setting(id, value), count).SelectMany(setting => setting)]), (string?)"settings ")),
        Gen.Select(Gen.Int[0, 60], Gen.UInt).Select(
            (before, value) => (Frame(4, 0, [.. Enumerable.Repeat(Setting(4, 9), before).SelectMany(setting => setting), .. Setting(3, value)]), (string?)$"settings {value}")),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte.Array[0, 400]).Select(
            (last, debug) => (Frame(7, 0, [.. BigEndian((uint)last), 0, 0, 0, 0, .. debug]),
                (string?)$"goaway {last} {Convert.ToHexString(debug.AsSpan(0, Math.Min(debug.Length, FrameScanner.MaxDebugData)))}")),
        Gen.UInt.Select(code => (Frame(3, 0, BigEndian(code)), (string?)$"reset {code}")));

    [Test]
    public void Frames_say_the_same_in_whatever_pieces_they_arrive() =>
        Gen.Select(AnyFrame.Array[0, 12], Gen.Int[1, 700].Array[1, 40]).Sample((frames, pieces) =>
        {
            var heard = new Heard();
            var scanner = new FrameScanner(heard);
            ReadOnlySpan<byte> bytes = frames.SelectMany(frame => frame.Bytes).ToArray();
            for (var piece = 0; bytes.Length > 0; piece++)
            {
                var length = Math.Min(bytes.Length, pieces[piece % pieces.Length]);
                scanner.Read(bytes[..length]);
                bytes = bytes[length..];
            }
            return heard.Events.SequenceEqual(frames.Select(frame => frame.Event).OfType<string>());
        });

    [Test]
    public void Frames_say_the_same_one_byte_at_a_time() =>
        AnyFrame.Array[1, 4].Sample(frames =>
        {
            var heard = new Heard();
            var scanner = new FrameScanner(heard);
            foreach (var one in frames.SelectMany(frame => frame.Bytes))
                scanner.Read([one]);
            return heard.Events.SequenceEqual(frames.Select(frame => frame.Event).OfType<string>());
        });

    [Test]
    public void Frames_too_short_to_say_anything_are_passed_over()
    {
        var heard = new Heard();

        new FrameScanner(heard).Read([.. Frame(7, 0, [1, 2, 3]), .. Frame(3, 0, [1]), .. Frame(3, 0, BigEndian(8))]);

        Assert.That(heard.Events, Is.EqualTo(["reset 8"]));
    }

    private static byte[] Frame(byte type, byte flags, byte[] payload) =>
        [.. BigEndian((uint)payload.Length).AsSpan(1), type, flags, 0, 0, 0, 1, .. payload];

    private static byte[] Setting(ushort id, uint value) => [(byte)(id >> 8), (byte)id, .. BigEndian(value)];

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private sealed class Heard : IFrameSink
    {
        public List<string> Events { get; } = [];

        public void OnSettings(uint? maxConcurrentStreams) => Events.Add($"settings {maxConcurrentStreams}");

        public void OnGoAway(int lastStreamId, ReadOnlySpan<byte> debugData) =>
            Events.Add($"goaway {lastStreamId} {Convert.ToHexString(debugData)}");

        public void OnReset(uint errorCode) => Events.Add($"reset {errorCode}");

        public void OnClosed() => Events.Add("closed");
    }
}
