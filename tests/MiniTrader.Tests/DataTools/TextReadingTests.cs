using System.Globalization;
using System.Text;
using CsCheck;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>The fast readers of numbers, times and lines agree with the slow, plain ones.</summary>
public sealed class TextReadingTests
{
    private static readonly Gen<string> _numberish = Gen.Char["0123456789.-+eE "].Array[0, 24].Select(c => new string(c));

    [Fact]
    public void Numbers_agree_with_the_exact_parser()
    {
        Gen.OneOf(_numberish, Gen.Decimal.Select(d => d.ToString(CultureInfo.InvariantCulture)), Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture))).Sample(text =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            FixedPointStatus expected = FixedPoint.TryParseRounded(bytes, out long exact);
            FixedPointStatus status = NumberText.TryParse(bytes, out long raw);
            Assert.Equal((expected, expected is FixedPointStatus.Ok or FixedPointStatus.TooPrecise ? exact : 0), (status, status is FixedPointStatus.Ok or FixedPointStatus.TooPrecise ? raw : 0));
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("24.426957669999997", "24.42695767", FixedPointStatus.TooPrecise)]
    [InlineData("6778.01", "6778.01", FixedPointStatus.Ok)]
    [InlineData("-0.5", "-0.5", FixedPointStatus.Ok)]
    [InlineData(".5", "0.5", FixedPointStatus.Ok)]
    [InlineData("5.", "5", FixedPointStatus.Ok)]
    [InlineData("1e-8", "0.00000001", FixedPointStatus.Ok)]
    [InlineData("9223372036.854775807", "9223372036.854775807", FixedPointStatus.Ok)]
    public void Numbers_by_hand(string text, string value, FixedPointStatus status)
    {
        Assert.Equal(status, NumberText.TryParse(Encoding.UTF8.GetBytes(text), out long raw));
        Assert.Equal(value, FixedPoint.Format(raw));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("1,2")]
    [InlineData("NaN")]
    [InlineData("9223372036.854775808")]
    [InlineData("99999999999")]
    public void What_is_no_number_in_range_is_not_read(string text) =>
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _) is FixedPointStatus.NotANumber or FixedPointStatus.TooLarge);

    [Theory]
    [InlineData("1", AggressorSide.Buyer)]
    [InlineData("2", AggressorSide.Seller)]
    [InlineData("-1", AggressorSide.Seller)]
    public void Sides_in_numbers_are_those_of_tick_files(string text, AggressorSide expected)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        new CsvImporter(new() { Kind = TickKind.Trades }).Import(new(sink), [folder.Write("abc.csv", $"time,price,size,side\n1704448800,10,1,{text}\n")]);
        Assert.Equal(expected, sink.Of("ABC.CSV", "trades")[0].Trade.Aggressor);
    }

    private static string? Time(string text, string format, string zone = "UTC")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return TimeText.Create(format, zone, bytes).Read(bytes, Timestamp.MinValue, out Timestamp time) is null ? time.ToString() : null;
    }

    [Theory]
    [InlineData("20131007", "auto", "2013-10-07T00:00:00Z")]
    [InlineData("201310070930", "auto", "2013-10-07T09:30:00Z")]
    [InlineData("20131007093015", "auto", "2013-10-07T09:30:15Z")]
    [InlineData("20131307", "auto", "1970-08-22T00:01:47Z")]
    [InlineData("20131007", "unix-s", "1970-08-21T23:56:47Z")]
    [InlineData("1598918403696000", "auto", "2020-09-01T00:00:03.696Z")]
    [InlineData("1598918403696000123", "auto", "2020-09-01T00:00:03.696000123Z")]
    [InlineData("1598918403696", "auto", "2020-09-01T00:00:03.696Z")]
    [InlineData("1598918403", "auto", "2020-09-01T00:00:03Z")]
    [InlineData("1598918403.696000001", "unix-s", "2020-09-01T00:00:03.696000001Z")]
    [InlineData("1598918403696.5", "unix-ms", "2020-09-01T00:00:03.696500Z")]
    [InlineData("-1.5", "unix-s", "1969-12-31T23:59:58.500Z")]
    [InlineData("2013-01-01 22:00:00.295000+00:00", "auto", "2013-01-01T22:00:00.295Z")]
    [InlineData("2013-01-01T22:00:00.123456789Z", "auto", "2013-01-01T22:00:00.123456789Z")]
    [InlineData("2013-01-01 22:00-0530", "iso", "2013-01-02T03:30:00Z")]
    [InlineData("2013/01/01", "iso", "2013-01-01T00:00:00Z")]
    [InlineData("20131007 09:30:00.123", "yyyyMMdd HH:mm:ss.fff", "2013-10-07T09:30:00.123Z")]
    [InlineData("07.10.2013 09:30", "dd.MM.yyyy HH:mm", "2013-10-07T09:30:00Z")]
    public void Times_by_hand(string text, string format, string expected) => Assert.Equal(expected, Time(text, format));

    [Fact]
    public void A_time_without_a_zone_is_the_clock_of_the_zone_that_was_said()
    {
        Assert.Equal("2013-10-07T13:30:00Z", Time("2013-10-07 09:30:00", "iso", "America/New_York"));
        Assert.Equal("2013-10-07T09:30:00Z", Time("2013-10-07 09:30:00Z", "iso", "America/New_York"));
        Assert.Equal("2013-10-07T13:30:00Z", Time("20131007 0930", "yyyyMMdd HHmm", "America/New_York"));
        Assert.Null(Time("2024-03-10 02:30:00", "iso", "America/New_York"));
    }

    [Theory]
    [InlineData("2013-02-29")]
    [InlineData("2013-13-01")]
    [InlineData("2013-10-07T24:00:00Z")]
    [InlineData("2013-10-07T10:60:00Z")]
    [InlineData("2013-10-07T10:00:61Z")]
    [InlineData("2013-10-07T10:00:00.Z")]
    [InlineData("2013-10-07T10:00:00.1234567890Z")]
    [InlineData("2013-10-07T10:00:00+99:00")]
    [InlineData("2013-10-07X10:00:00")]
    [InlineData("0001-01-01")]
    [InlineData("soon")]
    public void What_is_no_time_is_not_read(string text) => Assert.Null(Time(text, "iso"));

    [Fact]
    public void Iso_agrees_with_the_models_parser()
    {
        Gen.Select(Gen.Long[-9_000_000_000_000_000_000, 9_000_000_000_000_000_000], Gen.Int[0, 1]).Sample((nanoseconds, form) =>
        {
            string text = new Timestamp(nanoseconds).ToString();
            if (form == 1) text = text.Replace('T', ' ');
            return Time(text, "iso") == Timestamp.Parse(text).ToString();
        }, iter: 3_000);
    }

    [Fact]
    public void Lines_are_those_of_a_stream_reader_however_they_are_chunked()
    {
        Gen.Select(Gen.Char["ab\n\r,"].Array[0, 200].Select(c => new string(c).Replace("\r", "\r\n", StringComparison.Ordinal)), Gen.Int[1, 9]).Sample((text, chunk) =>
        {
            LineReader lines = new(new Drip(Encoding.UTF8.GetBytes(text), chunk), "x");
            List<string> read = [];
            while (lines.TryRead(out ReadOnlySpan<byte> line)) read.Add(Encoding.UTF8.GetString(line));
            string[] expected = text.Split('\n').Select(l => l.EndsWith('\r') ? l[..^1] : l).ToArray();
            if (text.Length == 0 || text.EndsWith('\n')) expected = expected[..^1];
            Assert.Equal(expected, read);
            Assert.Equal(text.Length > 0 && !text.EndsWith('\n'), lines.IsOpen);
        }, iter: 2_000);
    }

    [Fact]
    public void Fields_agree_with_a_plain_split_and_quotes_hide_delimiters()
    {
        Gen.Char["ab,; "].Array[0, 40].Select(c => new string(c)).Sample(text =>
        {
            RowFields fields = new();
            byte[] line = Encoding.UTF8.GetBytes(text);
            Assert.True(fields.TrySplit(line));
            Assert.Equal(text.Split(',').Select(f => f.Trim(' ')), Enumerable.Range(0, fields.Count).Select(i => Encoding.UTF8.GetString(fields.Of(line, i))));
        }, iter: 2_000);

        RowFields quoted = new();
        byte[] row = "\"a,b\",2,\"c\"\"d\","u8.ToArray();
        Assert.True(quoted.TrySplit(row));
        Assert.Equal(["a,b", "2", "c\"\"d", ""], Enumerable.Range(0, quoted.Count).Select(i => Encoding.UTF8.GetString(quoted.Of(row, i))));
        Assert.False(quoted.TrySplit("1,\"open"u8));
        Assert.False(quoted.TrySplit("1,\"a\"b"u8));
    }

    /// <summary>Gives a few bytes at a time, as slow streams do.</summary>
    private sealed class Drip(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(chunk, buffer.Length)]);
    }
}
