using CsCheck;
using NUnit.Framework;
using PushHost.Simulator.Http2;

namespace PushHost.Tests.Simulator;

public class FrameScannerTests
{
    [Test]
    public void Frames_are_found_however_the_bytes_are_cut()
    {
        var frames = Gen.Select(Gen.Int[0, 300], Gen.Byte, Gen.Byte, Gen.Int[0, int.MaxValue]).List[0, 20];
        var cuts = Gen.Int[1, 40].List[1, 200];

        Gen.Select(frames, cuts).Sample((written, sizes) =>
        {
            var bytes = new List<byte>(new byte[Http2Frame.PrefaceLength]);
            foreach (var (length, type, flags, streamId) in written)
            {
                bytes.AddRange([0, (byte)(length >> 8), (byte)length, type, flags]);
                bytes.AddRange([(byte)(streamId >> 24), (byte)(streamId >> 16), (byte)(streamId >> 8), (byte)streamId]);
                bytes.AddRange(new byte[length]);
            }

            var found = new List<(int, byte, byte, int)>();
            var scanner = new FrameScanner(Http2Frame.PrefaceLength);
            var all = bytes.ToArray().AsSpan();
            for (var i = 0; all.Length > 0; i++)
            {
                ReadOnlySpan<byte> piece = all[..Math.Min(sizes[i % sizes.Count], all.Length)];
                all = all[piece.Length..];
                while (scanner.TryNext(ref piece, out var frame))
                    found.Add((frame.Length, frame.Type, frame.Flags, frame.StreamId));
            }
            return found.SequenceEqual(written);
        });
    }
}
