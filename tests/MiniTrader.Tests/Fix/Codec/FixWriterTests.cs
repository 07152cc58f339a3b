using System.Globalization;
using System.Text;
using CsCheck;
using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>What is written is what was asked for, and reads back as the same values.</summary>
public sealed class FixWriterTests
{
    private static readonly Timestamp _now = Timestamp.Parse("2026-11-22T10:00:00.123456789Z");
    private static readonly (int, string)[] _fields = [(56, "ISLD"), (49, "TW"), (57, "DESK"), (50, ""), (142, "LDN")];
    private readonly HeaderTemplate _header = new("FIX.4.4", _fields);

    [Fact]
    public void A_message_by_hand()
    {
        FixWriter writer = new(new byte[512], _header);
        writer.Begin(MsgTypes.NewOrderSingle, 7, _now);
        writer.Text(Tags.ClOrdID, "abc"u8);
        writer.Char(Tags.Side, '1');
        writer.Decimal(Tags.OrderQty, Quantity.Parse("100"));
        writer.Decimal(Tags.Price, Price.Parse("450.25"));
        writer.Time(Tags.TransactTime, _now);
        writer.Bool(Tags.GapFillFlag, false);
        writer.Int(5001, -42);
        writer.Data(Tags.RawDataLength, Tags.RawData, [65, 1, 66]);
        writer.Text(Tags.Text, "olé");
        writer.Date(Tags.MDEntryDate, _now);
        writer.TimeOfDay(Tags.MDEntryTime, _now);
        byte[] message = writer.End().ToArray();

        Assert.Equal(
            FixText.Show(FixText.Message(
                "35=D|34=7|49=TW|52=20261122-10:00:00.123|56=ISLD|57=DESK|142=LDN|11=abc|54=1|38=100|44=450.25|60=20261122-10:00:00.123|123=N|"
                + "5001=-42|95=3|96=A|B|58=olé|272=20261122|273=10:00:00.123|")),
            FixText.Show(message));
    }

    [Fact]
    public void A_possible_duplicate_carries_its_original_time()
    {
        FixWriter writer = new(new byte[512], _header);
        writer.Begin(MsgTypes.OrderMassStatusRequest, 1234567, _now, isPossDup: true, _now - 1_000_000_000);
        Assert.Equal(
            FixText.Show(FixText.Message(
                "35=AF|34=1234567|43=Y|49=TW|52=20261122-10:00:00.123|56=ISLD|57=DESK|122=20261122-09:59:59.123|142=LDN|")),
            FixText.Show(writer.End()));
    }

    [Theory]
    [InlineData(TimestampPrecision.Seconds, "20261122-10:00:00")]
    [InlineData(TimestampPrecision.Milliseconds, "20261122-10:00:00.123")]
    [InlineData(TimestampPrecision.Microseconds, "20261122-10:00:00.123456")]
    [InlineData(TimestampPrecision.Nanoseconds, "20261122-10:00:00.123456789")]
    public void Time_stamps_have_the_precision_of_the_session(TimestampPrecision precision, string text)
    {
        TimestampText times = new(precision);
        byte[] target = new byte[times.Length];
        Assert.True(times.TryWrite(target, _now));
        Assert.Equal(text, Encoding.ASCII.GetString(target));
        Assert.False(times.TryWrite(new byte[times.Length - 1], _now));
    }

    [Fact]
    public void A_buffer_that_is_too_small_gives_no_message_at_any_size()
    {
        for (int size = 0; size < 400; size++)
        {
            FixWriter writer = new(new byte[size], _header);
            writer.Begin(MsgTypes.NewOrderSingle, 7, _now);
            writer.Text(Tags.ClOrdID, "abcdefghijklmnopqrstuvwxyz"u8);
            writer.Text(Tags.Text, "some text");
            writer.Decimal(Tags.Price, -1);
            writer.Data(Tags.RawDataLength, Tags.RawData, new byte[50]);
            writer.Raw("9999=raw\u0001"u8);
            ReadOnlySpan<byte> message = writer.End();
            Assert.Equal(message.IsEmpty, writer.Status == WriteStatus.BufferFull);
            if (!message.IsEmpty) Assert.Equal(ParseStatus.Message, new FixParser().Parse(message, out _, out _));
            if (size < 220) Assert.True(message.IsEmpty);
            if (size > 380) Assert.False(message.IsEmpty);
        }
    }

    [Fact]
    public void A_text_that_would_forge_fields_or_is_empty_gives_no_message()
    {
        FixWriter writer = new(new byte[512], _header);
        writer.Begin(MsgTypes.News, 1, _now);
        writer.Text(Tags.Text, "a\u000110=000");
        Assert.True(writer.End().IsEmpty);
        Assert.Equal(WriteStatus.DelimiterInText, writer.Status);
        writer.Begin(MsgTypes.News, 1, _now);
        writer.Text(Tags.Text, ""u8);
        Assert.True(writer.End().IsEmpty);
        Assert.Equal(WriteStatus.EmptyValue, writer.Status);
        writer.Begin(MsgTypes.News, 1, _now);
        writer.Char(Tags.Side, '\u0001');
        Assert.True(writer.End().IsEmpty);
        writer.Begin(MsgTypes.News, 1, _now);
        Assert.False(writer.End().IsEmpty);
    }

    [Fact]
    public void Templates_refuse_what_every_message_sets()
    {
        Assert.Contains("34", Assert.Throws<ArgumentException>(() => new HeaderTemplate("FIX.4.4", [(34, "1")])).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new HeaderTemplate("FIX.4.4", [(49, "a"), (49, "b")])).Message, StringComparison.Ordinal);
        Assert.Contains("delimiter", Assert.Throws<ArgumentException>(() => new HeaderTemplate("FIX.4.4", [(49, "a\u0001")])).Message, StringComparison.Ordinal);
        Assert.Contains("HTTP", Assert.Throws<ArgumentException>(() => new HeaderTemplate("HTTP", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_reads_back()
    {
        HeaderTemplate header = new("FIXT.1.1", _fields, TimestampPrecision.Nanoseconds);
        byte[] buffer = new byte[2048];
        FixParser parser = new();
        Gen.Select(
            Gen.OneOf(Gen.Long, Gen.Long[-2_000_000_000_000, 2_000_000_000_000], Gen.Int.Select(i => i * 10_000_000L)),
            Gen.Long,
            Gen.Long[Timestamp.Parse("1678-01-01").Nanoseconds, Timestamp.Parse("2261-12-31").Nanoseconds],
            Gen.Byte.Array[0, 100],
            Gen.Long[1, long.MaxValue]).Sample(
            (raw, number, time, data, sequence) =>
            {
                if (raw == long.MinValue) raw++;
                FixWriter writer = new(buffer, header);
                writer.Begin(MsgTypes.PositionReport, sequence, new Timestamp(time));
                writer.Decimal(Tags.Price, raw);
                writer.Int(Tags.RefSeqNum, number);
                writer.Data(Tags.XmlDataLen, Tags.XmlData, data);
                writer.Time(Tags.TransactTime, new Timestamp(time));
                writer.Text(Tags.Text, "end"u8);
                if (parser.Parse(writer.End(), out FixMessage message, out _) != ParseStatus.Message) return false;
                FieldView fields = message.Fields;
                return message.MsgType == MsgTypes.PositionReport && message.MsgSeqNum == sequence
                    && fields.GetDecimal(Tags.Price, out long readRaw) == FieldStatus.Ok && readRaw == raw
                    && FixedPoint.Format(raw) == Encoding.ASCII.GetString(fields.Get(Tags.Price))
                    && fields.GetInt(Tags.RefSeqNum, out long readNumber) == FieldStatus.Ok && readNumber == number
                    && number.ToString(CultureInfo.InvariantCulture) == Encoding.ASCII.GetString(fields.Get(Tags.RefSeqNum))
                    && fields.Get(Tags.XmlData).SequenceEqual(data)
                    && fields.GetTimestamp(Tags.TransactTime, out Timestamp readTime) == FieldStatus.Ok && readTime.Nanoseconds == time
                    && fields.GetTimestamp(Tags.SendingTime, out readTime) == FieldStatus.Ok && readTime.Nanoseconds == time
                    && fields.Get(Tags.Text).SequenceEqual("end"u8);
            },
            iter: 20_000,
            threads: 1);
    }
}
