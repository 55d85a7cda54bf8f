using System.Text;
using System.Xml;
using CsCheck;
using NUnit.Framework;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public sealed class TimesTests
{
    [Test]
    public void A_duration_survives_writing_and_reading_and_is_read_by_xml_libraries()
    {
        Gen.OneOf(Gen.Long, Gen.Long[-100_000_000, 100_000_000], Gen.Long[-1000, 1000].Select(minutes => minutes * TimeSpan.TicksPerMinute), Gen.Const(long.MinValue), Gen.Const(long.MaxValue), Gen.Const(0L)).Sample(ticks =>
        {
            var span = new TimeSpan(ticks);
            var text = Write(span);
            return XsdDuration.TryParse(text, out var read) && read == span && XmlConvert.ToTimeSpan(text) == span && text.Length <= 40;
        });
    }

    [TestCase("PT0S", 0)]
    [TestCase("PT1H30M", 5400)]
    [TestCase("P1DT2H3M4S", 93784)]
    [TestCase("P30D", 2592000)]
    [TestCase("-PT5S", -5)]
    [TestCase("PT90M", 5400)]
    [TestCase("PT0.5S", 0.5)]
    [TestCase("PT1.123456789S", 1.1234567)]
    [TestCase("01:30:00", 5400)]
    [TestCase("1.02:03:04", 93784)]
    [TestCase("-00:00:05.5", -5.5)]
    public void A_duration_is_read_in_either_form(string text, double seconds)
    {
        Assert.That(XsdDuration.TryParse(text, out var span), Is.True);
        Assert.That(span, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("P1")]
    [TestCase("P1Y")]
    [TestCase("P1M")]
    [TestCase("P1W")]
    [TestCase("P1DT")]
    [TestCase("P1H")]
    [TestCase("PT1D")]
    [TestCase("PT1M1H")]
    [TestCase("PT1M1M")]
    [TestCase("PT1.5H")]
    [TestCase("PT1.S")]
    [TestCase("PT.5S")]
    [TestCase("PT1S ")]
    [TestCase("PT-1S")]
    [TestCase("--PT1S")]
    [TestCase("PTT1S")]
    [TestCase("P99999999999D")]
    [TestCase("PT99999999999999999999999S")]
    [TestCase("5")]
    [TestCase("25:00:00")]
    [TestCase("pt1h")]
    public void What_is_no_fixed_duration_is_refused(string text)
    {
        Assert.That(XsdDuration.TryParse(text, out _), Is.False);
    }

    [Test]
    public void A_moment_survives_writing_and_reading()
    {
        Gen.OneOf(Gen.DateTime, Gen.Date, Gen.DateTime.Select(date => date.AddTicks(-(date.Ticks % 10_000)))).Sample(date =>
        {
            Span<byte> utf8 = stackalloc byte[64];
            var text = Encoding.ASCII.GetString(utf8[..WireDate.Format(date, utf8)]);
            return WireDate.TryParse(text, out var read) && read.Ticks == date.Ticks && read.Offset == TimeSpan.Zero && text.EndsWith('Z');
        });
    }

    [TestCase("2026-01-02", "2026-01-02T00:00:00+00:00")]
    [TestCase("2026-01-02T03:04", "2026-01-02T03:04:00+00:00")]
    [TestCase("2026-01-02T03:04:05", "2026-01-02T03:04:05+00:00")]
    [TestCase("2026-01-02 03:04:05Z", "2026-01-02T03:04:05+00:00")]
    [TestCase("2026-01-02t03:04:05z", "2026-01-02T03:04:05+00:00")]
    [TestCase("2026-01-02T03:04:05.1234567890+01:00", "2026-01-02T03:04:05.1234567+01:00")]
    [TestCase("2026-01-02T03:04:05,5Z", "2026-01-02T03:04:05.5+00:00")]
    [TestCase("2026-01-02T03:04:05-0530", "2026-01-02T03:04:05-05:30")]
    [TestCase("2026-01-02T03:04:05+02", "2026-01-02T03:04:05+02:00")]
    [TestCase("2026-01-02T03:04:05 02:00", "2026-01-02T03:04:05+02:00")]
    [TestCase("20260102T030405Z", "2026-01-02T03:04:05+00:00")]
    [TestCase("20260102", "2026-01-02T00:00:00+00:00")]
    [TestCase("2024-02-29", "2024-02-29T00:00:00+00:00")]
    [TestCase("/Date(1767323045678)/", "2026-01-02T03:04:05.678+00:00")]
    [TestCase("/Date(1767315845000+0200)/", "2026-01-02T03:04:05+02:00")]
    [TestCase("/Date(1767323045678-0000)/", "2026-01-02T03:04:05.678+00:00")]
    [TestCase("/Date(-62135596800000)/", "0001-01-01T00:00:00+00:00")]
    [TestCase("/Date(-1000-0100)/", "1969-12-31T22:59:59-01:00")]
    public void A_moment_is_read_in_every_form_that_clients_send(string text, string expected)
    {
        Assert.That(WireDate.TryParse(text, out var value), Is.True);
        Assert.That(value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", null), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("now")]
    [TestCase("2026")]
    [TestCase("2026-1-2")]
    [TestCase("2026-13-01")]
    [TestCase("2026-02-30")]
    [TestCase("0000-01-01")]
    [TestCase("2026-01-02T")]
    [TestCase("2026-01-02T25:00")]
    [TestCase("2026-01-02T03:60")]
    [TestCase("2026-01-02T03:04:60")]
    [TestCase("2026-01-02T03:04:05.")]
    [TestCase("2026-01-02T03:04:05+15:00")]
    [TestCase("2026-01-02T03:04:05+1")]
    [TestCase("2026-01-02T03:04:05Zx")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    [TestCase("9999-12-31T23:59:59-01:00")]
    [TestCase("/Date()/")]
    [TestCase("/Date(x)/")]
    [TestCase("/Date(99999999999999999)/")]
    [TestCase("/Date(253402300799999+1400)/")]
    [TestCase("/Date(/")]
    [TestCase("Foo Jan 02 2026 03:04:05 GMT+0100")]
    public void What_is_no_moment_is_refused(string text)
    {
        Assert.That(WireDate.TryParse(text, out _), Is.False);
    }

    [Test]
    public void No_text_throws()
    {
        Gen.Char["0123456789-+:.,TZPDHMS /Date()GMTJanFri"].Array[0, 40].Select(chars => new string(chars)).Sample(text =>
        {
            _ = WireDate.TryParse(text, out _) | WireDate.TryParse($"/Date({text})/", out _) | XsdDuration.TryParse(text, out _) | XsdDuration.TryParse($"PT{text}", out _);
        });
    }

    private static string Write(TimeSpan span)
    {
        Span<byte> utf8 = stackalloc byte[64];
        return Encoding.ASCII.GetString(utf8[..XsdDuration.Format(span, utf8)]);
    }
}
