using System.Text;
using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Framing: a message, more bytes, or garbled, and how many bytes each takes.</summary>
public sealed class FixParserTests
{
    private const string Order = "35=D|34=7|49=TW|52=20261122-10:00:00.123|56=ISLD|11=a|55=SPY|54=1|38=100|40=2|44=450.25|";
    private readonly FixParser _parser = new();

    [Theory]
    [InlineData("FIX.4.2")]
    [InlineData("FIX.4.4")]
    [InlineData("FIXT.1.1")]
    public void A_whole_message_of_any_version(string version)
    {
        byte[] bytes = FixText.Message(Order, version);

        Assert.Equal(ParseStatus.Message, _parser.Parse(bytes, out FixMessage message, out int consumed));

        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(version, Encoding.ASCII.GetString(message.BeginString));
        Assert.Equal(MsgTypes.NewOrderSingle, message.MsgType);
        Assert.Equal(7, message.MsgSeqNum);
        Assert.Equal(14, message.Fields.Count);
        Assert.Equal("SPY", Encoding.ASCII.GetString(message.Fields.Get(Tags.Symbol)));
        Assert.Equal(FieldStatus.Ok, message.Fields.GetDecimal(Tags.Price, out long price));
        Assert.Equal(450_250_000_000, price);
        Assert.Equal(FieldStatus.Missing, message.Fields.GetInt(Tags.MDReqID, out _));
        Assert.Equal(FixText.Show(bytes), FixText.Show(message.Bytes));
    }

    [Fact]
    public void Every_beginning_of_a_message_asks_for_more_and_takes_nothing()
    {
        byte[] bytes = FixText.Message(Order);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, _parser.Parse(bytes.AsSpan(0, length), out _, out int consumed));
            Assert.Equal(0, consumed);
        }
    }

    [Theory]
    [InlineData("35=0|8=FIX.4.4|", 5, GarbledReason.NoBeginString)]
    [InlineData("xx8=FI", 2, GarbledReason.NoBeginString)]
    [InlineData("8=FIY.4.4|9=5|", 14, GarbledReason.NoBeginString)]
    [InlineData("8=FIX.4.4.4.4.4.4.4.4.4.4|", 26, GarbledReason.NoBeginString)]
    [InlineData("8=FIX.4.4|35=0|", 15, GarbledReason.NoBodyLength)]
    [InlineData("8=FIX.4.4|9=|", 13, GarbledReason.NoBodyLength)]
    [InlineData("8=FIX.4.4|9=-5|", 15, GarbledReason.NoBodyLength)]
    [InlineData("8=FIX.4.4|9=5x|8=FIX.4.4|", 15, GarbledReason.NoBodyLength)]
    [InlineData("8=FIX.4.4|9=99999999|", 21, GarbledReason.TooLong)]
    [InlineData("8=FIX.4.4|9=123456789|", 22, GarbledReason.NoBodyLength)]
    [InlineData("8=FIX.4.4|9=5|35=0|10=000|", 26, GarbledReason.WrongChecksum)]
    [InlineData("8=FIX.4.4|9=5|34=1|10=163|", 26, GarbledReason.NoMsgType)]
    [InlineData("8=FIX.4.4|9=5|35=0|10=7|8=FIX.4.4|9=5|35=0|10=163|", 24, GarbledReason.WrongBodyLength)]
    public void Garbled_bytes_are_skipped_to_where_the_next_message_may_start(string text, int skipped, GarbledReason reason)
    {
        Assert.Equal(ParseStatus.Garbled, _parser.Parse(FixText.Bytes(text), out _, out int consumed));
        Assert.Equal((reason, skipped), (_parser.Reason, consumed));
    }

    [Theory]
    [InlineData("35=0|34=1|4garbled9=TW|")]
    [InlineData("35=0|nonsense|")]
    [InlineData("35=0|=5|")]
    [InlineData("35=0||34=1|")]
    [InlineData("35=0|034=1|")]
    [InlineData("35=0|+34=1|")]
    [InlineData("35=0|-=1|")]
    [InlineData("35=0|-0=1|")]
    [InlineData("35=0|1234567890=1|")]
    public void What_is_no_field_makes_the_whole_message_garbled(string body)
    {
        byte[] bytes = FixText.Message(body);
        Assert.Equal(ParseStatus.Garbled, _parser.Parse(bytes, out _, out int consumed));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(GarbledReason.MalformedField, _parser.Reason);
    }

    [Fact]
    public void Unknown_negative_and_empty_fields_are_fields()
    {
        Assert.Equal(ParseStatus.Message, _parser.Parse(FixText.Message("35=0|-1=HI|0=x|56=|999999999=y|"), out FixMessage message, out _));
        Assert.Equal(-1, message.Fields.TagAt(3));
        Assert.Equal(0, message.Fields.TagAt(4));
        Assert.True(message.Fields.TryGet(Tags.TargetCompID, out ReadOnlySpan<byte> empty));
        Assert.True(empty.IsEmpty);
        Assert.True(message.Fields.Has(999_999_999));
    }

    [Fact]
    public void A_body_length_that_is_too_short_skips_this_message_only()
    {
        byte[] bytes = [.. FixText.Bytes("8=FIX.4.4|9=20|" + Order + "10=000|"), .. FixText.Message("35=0|34=8|")];
        Assert.Equal(ParseStatus.Garbled, _parser.Parse(bytes, out _, out int consumed));
        Assert.Equal(GarbledReason.WrongBodyLength, _parser.Reason);
        Assert.Equal(ParseStatus.Message, _parser.Parse(bytes.AsSpan(consumed), out FixMessage next, out _));
        Assert.Equal(8, next.MsgSeqNum);
    }

    [Fact]
    public void A_body_length_that_is_too_long_takes_the_next_message_with_it()
    {
        string body = "35=0|34=7|";
        byte[] bytes = [.. FixText.Bytes($"8=FIX.4.4|9={body.Length + 12}|{body}10=000|"), .. FixText.Message("35=0|34=8|"), .. FixText.Message("35=0|34=9|")];
        Assert.Equal(ParseStatus.Garbled, _parser.Parse(bytes, out _, out int consumed));
        Assert.Equal(ParseStatus.Message, _parser.Parse(bytes.AsSpan(consumed), out FixMessage next, out _));
        Assert.Equal(9, next.MsgSeqNum);
    }

    [Fact]
    public void Data_fields_hold_delimiters_and_tags()
    {
        const string xml = "<RTRF>8=FIX.4.3|9=377|35=8|10=000|blah</RTRF>";
        Assert.Equal(ParseStatus.Message, _parser.Parse(FixText.Message($"35=n|34=2|212={xml.Length}|213={xml}|58=x|"), out FixMessage message, out _));
        Assert.Equal(xml, FixText.Show(message.Fields.Get(Tags.XmlData)));
        Assert.Equal("x", FixText.Show(message.Fields.Get(Tags.Text)));
        Assert.Equal(8, message.Fields.Count);
    }

    [Theory]
    [InlineData("35=A|95=3|96=a|58=abc|", GarbledReason.WrongDataLength)]
    [InlineData("35=A|95=2|96=abcd|", GarbledReason.WrongDataLength)]
    [InlineData("35=A|95=99|96=abcd|", GarbledReason.MalformedField)]
    public void A_wrong_data_length_is_garbled(string body, GarbledReason reason)
    {
        Assert.Equal(ParseStatus.Garbled, _parser.Parse(FixText.Message(body), out _, out _));
        Assert.Equal(reason, _parser.Reason);
    }

    [Theory]
    [InlineData("35=A|95=x|96=abcd|")]
    [InlineData("35=A|95=3|58=abcd|96=abcde|")]
    [InlineData("35=B|347=UTF-8|359=olé|")]
    [InlineData("35=A|95=0|96=|")]
    public void A_length_that_announces_nothing_leaves_ordinary_fields(string body) =>
        Assert.Equal(ParseStatus.Message, _parser.Parse(FixText.Message(body), out _, out _));

    [Fact]
    public void Limits_garble_what_is_beyond_them()
    {
        FixParser small = new(new FixLimits { MessageBytes = 200, Fields = 8 });
        Assert.Equal(ParseStatus.Message, small.Parse(FixText.Message("35=0|1=a|1=a|1=a|1=a|"), out _, out _));
        Assert.Equal(ParseStatus.Garbled, small.Parse(FixText.Message("35=0|1=a|1=a|1=a|1=a|1=a|"), out _, out _));
        Assert.Equal(GarbledReason.TooManyFields, small.Reason);
        Assert.Equal(ParseStatus.Garbled, small.Parse(FixText.Message("35=0|1=a|1=a|1=a|1=a|1=a|1=b|"), out _, out _));
        Assert.Equal(GarbledReason.TooManyFields, small.Reason);
        Assert.Equal(ParseStatus.Garbled, small.Parse(FixText.Bytes("8=FIX.4.4|9=200|"), out _, out int consumed));
        Assert.Equal((GarbledReason.TooLong, 16), (small.Reason, consumed));

        // A wrong length without any checksum behind it is given up when the limit is reached.
        byte[] endless = FixText.Bytes("8=FIX.4.4|9=5|35=0|" + new string('x', 300));
        Assert.Equal(ParseStatus.NeedMore, small.Parse(endless.AsSpan(0, 199), out _, out _));
        Assert.Equal(ParseStatus.Garbled, small.Parse(endless.AsSpan(0, 200), out _, out consumed));
        Assert.Equal(200, consumed);
        Assert.Throws<ArgumentException>(() => new FixParser(new FixLimits { MessageBytes = 10 }));
        Assert.Throws<ArgumentException>(() => new FixParser(new FixLimits { Fields = 1 }));
    }

    [Fact]
    public void Raw_fields_can_be_copied()
    {
        Assert.Equal(ParseStatus.Message, _parser.Parse(FixText.Message(Order), out FixMessage message, out _));
        StringBuilder all = new();
        for (int i = 0; i < message.Fields.Count; i++) all.Append(FixText.Show(message.Fields.RawAt(i)));
        Assert.Equal(FixText.Show(message.Bytes), all.ToString());
    }
}
