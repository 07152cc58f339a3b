using System.Runtime.CompilerServices;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.Tests.DataTools.Itch;
using Xunit;

namespace MiniTrader.Tests.Feeds.Itch;

/// <summary>The decoder against bytes that are written after the specification, message by message.</summary>
public sealed class ItchDecoderTests
{
    /// <summary>Types and lengths as the specification lists them.</summary>
    private const string Specification =
        "S12 R39 H25 Y20 L26 V35 W12 K28 J35 h21 A36 F40 E31 C36 X23 D19 U35 P44 Q40 B19 I50 N20 O48";

    [Fact]
    public void Every_type_of_the_specification_has_its_length_and_no_other_has_one()
    {
        Dictionary<byte, int> lengths = Specification.Split(' ').ToDictionary(t => (byte)t[0], t => int.Parse(t[1..], null));
        for (int type = 0; type < 256; type++) Assert.Equal(lengths.GetValueOrDefault((byte)type), ItchMessageTypes.LengthOf((ItchMessageType)type));
        Assert.Equal(23, lengths.Count);
    }

    [Fact]
    public void The_structs_are_as_long_as_their_messages()
    {
        Assert.Equal(12, Unsafe.SizeOf<ItchSystemEvent>());
        Assert.Equal(39, Unsafe.SizeOf<ItchStockDirectory>());
        Assert.Equal(25, Unsafe.SizeOf<ItchTradingAction>());
        Assert.Equal(36, Unsafe.SizeOf<ItchAddOrder>());
        Assert.Equal(40, Unsafe.SizeOf<ItchAddOrderWithParticipant>());
        Assert.Equal(31, Unsafe.SizeOf<ItchOrderExecuted>());
        Assert.Equal(36, Unsafe.SizeOf<ItchOrderExecutedWithPrice>());
        Assert.Equal(23, Unsafe.SizeOf<ItchOrderCancel>());
        Assert.Equal(19, Unsafe.SizeOf<ItchOrderDelete>());
        Assert.Equal(35, Unsafe.SizeOf<ItchOrderReplace>());
        Assert.Equal(44, Unsafe.SizeOf<ItchTrade>());
        Assert.Equal(40, Unsafe.SizeOf<ItchCrossTrade>());
        Assert.Equal(19, Unsafe.SizeOf<ItchBrokenTrade>());
        Assert.Equal(50, Unsafe.SizeOf<ItchNetOrderImbalance>());
    }

    [Fact]
    public void Every_field_is_read_as_it_was_written()
    {
        byte[] bytes = new ItchBytes { Time = 0x1234_5678_9ABC }
            .System('Q')
            .Directory(0x0102, "ABCDEFGH")
            .Action(7, "XY", 'H')
            .Add(1, "SPY", 0x1122334455667788, 'B', 0x99AABBCC, 0xDDEEFF01)
            .AddWithParticipant(2, "QQQ", 3, 'S', 4, 5)
            .Execute(3, 11, 12, 13)
            .ExecuteAt(4, 21, 22, 23, 'N', 24)
            .Cancel(5, 31, 32)
            .Delete(6, 41)
            .Replace(7, 51, 52, 53, 54)
            .Trade(8, "IBM", 'S', 61, 62, 63)
            .Cross(9, "GE", 71, 72, 73, 'C')
            .Break(10, 81)
            .Imbalance(11, "T")
            .Message('Y', 12, ItchBytes.Stock("A"), '1')
            .ToArray();
        Listing listing = new() { Lines = [] };
        Assert.Equal(bytes.Length, ItchDecoder.Decode(bytes, ref listing, out ItchStop stop));
        Assert.Equal(ItchStop.NeedsMore, stop);
        Assert.Equal(
            [
                "SystemEvent 0 4660 20015998343868 Q",
                "StockDirectory 258 4660 20015998343869 ABCDEFGH Q N 100 N C 23072 P N N 1 N 0 N",
                "TradingAction 7 4660 20015998343870 XY H 538976288",
                "AddOrder 1 4660 20015998343871 1234605616436508552 B 2578103244 SPY 3723427585",
                "AddOrderWithParticipant 2 4660 20015998343872 3 S 4 QQQ 5",
                "OrderExecuted 3 4660 20015998343873 11 12 13",
                "OrderExecutedWithPrice 4 4660 20015998343874 21 22 23 N 24",
                "OrderCancel 5 4660 20015998343875 31 32",
                "OrderDelete 6 4660 20015998343876 41",
                "OrderReplace 7 4660 20015998343877 51 52 53 54",
                "Trade 8 4660 20015998343878 0 S 61 IBM 62 63",
                "CrossTrade 9 4660 20015998343879 71 GE 72 73 C",
                "BrokenTrade 10 4660 20015998343880 81",
                "NetOrderImbalance 11 4660 20015998343881 100 50 B T 1 2 3 O 1",
                "RegShoRestriction 12 4660 20015998343882",
            ],
            listing.Lines);
    }

    [Fact]
    public void What_is_written_with_the_structs_is_what_the_specification_says()
    {
        byte[] expected = new ItchBytes { Time = 5 }.Add(1, "SPY", 2, 'B', 3, 4).Replace(1, 2, 6, 7, 8).ToArray();
        byte[] written = new byte[expected.Length];
        ItchAddOrder add = new() { Header = new(ItchMessageType.AddOrder, 1, 0x1234, 5), OrderId = 2, Side = (byte)'B', Shares = 3, Stock = ItchSymbol.Of("SPY"), Price = 4 };
        ItchOrderReplace replace = new() { Header = new(ItchMessageType.OrderReplace, 1, 0x1234, 6), OrderId = 2, NewOrderId = 6, Shares = 7, Price = 8 };
        int at = ItchWriter.Write(written, add);
        Assert.Equal(ItchWriter.Bytes<ItchAddOrder>(), at);
        at += ItchWriter.Write(written.AsSpan(at), replace);
        Assert.Equal(expected.Length, at);
        Assert.Equal(expected, written);
    }

    [Fact]
    public void Cut_anywhere_the_rest_waits_for_more()
    {
        ItchBytes made = new ItchBytes().System('O').Add(1, "SPY", 2, 'B', 3, 4).Delete(1, 2);
        byte[] bytes = made.ToArray();
        for (int length = 0; length <= bytes.Length; length++)
        {
            Listing listing = new() { Lines = [] };
            int taken = ItchDecoder.Decode(bytes.AsSpan(0, length), ref listing, out ItchStop stop);
            int[] ends = [.. made.Offsets.Append(bytes.Length).Where(o => o <= length)];
            Assert.Equal((ends[^1], ItchStop.NeedsMore, ends.Length - 1), (taken, stop, listing.Lines.Count));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 1 }, ItchStop.EmptyMessage)]
    [InlineData(new byte[] { 0, 12, (byte)'Z' }, ItchStop.UnknownType)]
    [InlineData(new byte[] { 0, 0, 0 }, ItchStop.EmptyMessage)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0 }, ItchStop.UnknownType)]
    [InlineData(new byte[] { 0, 35, (byte)'A' }, ItchStop.WrongLength)]
    [InlineData(new byte[] { 0, 0, (byte)'A' }, ItchStop.EmptyMessage)]
    public void What_is_no_message_stops_the_decoder_in_front_of_it(byte[] bad, ItchStop reason)
    {
        byte[] bytes = new ItchBytes().Delete(1, 2).Raw(bad).Delete(1, 3).ToArray();
        Listing listing = new() { Lines = [] };
        Assert.Equal(21, ItchDecoder.Decode(bytes, ref listing, out ItchStop stop));
        Assert.Equal((reason, 1), (stop, listing.Lines.Count));
    }

    [Fact]
    public void Symbols_are_eight_letters()
    {
        Assert.Equal("BRK.A", ItchSymbol.Of("BRK.A").ToString());
        Assert.True(ItchSymbol.Of("ABCDEFGH").IsSound);
        Assert.False(new ItchSymbol(0x2020202020202020).IsSound);
        Assert.False(new ItchSymbol(0x2020202041204120).IsSound);
        Assert.Throws<ArgumentException>(() => ItchSymbol.Of("ABCDEFGHI"));
        Assert.Throws<ArgumentException>(() => ItchSymbol.Of(""));
    }

    /// <summary>Writes every field of every message.</summary>
    private struct Listing : IItchHandler
    {
        public List<string> Lines;

        public readonly void OnSystemEvent(in ItchSystemEvent m) => Say(m.Header, (char)m.Event);

        public readonly void OnStockDirectory(in ItchStockDirectory m) => Say(
            m.Header, m.Stock, (char)m.MarketCategory, (char)m.FinancialStatus, m.RoundLot, (char)m.RoundLotsOnly, (char)m.IssueClass, m.IssueSubType,
            (char)m.Authenticity, (char)m.ShortSaleThreshold, (char)m.IpoFlag, (char)m.PriceBandTier, (char)m.EtpFlag, m.EtpLeverage, (char)m.Inverse);

        public readonly void OnTradingAction(in ItchTradingAction m) => Say(m.Header, m.Stock, (char)m.State, m.Reason);

        public readonly void OnAddOrder(in ItchAddOrder m) => Say(m.Header, m.OrderId, (char)m.Side, m.Shares, m.Stock, m.Price);

        public readonly void OnOrderExecuted(in ItchOrderExecuted m) => Say(m.Header, m.OrderId, m.Shares, m.Match);

        public readonly void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice m) => Say(m.Header, m.OrderId, m.Shares, m.Match, (char)m.Printable, m.Price);

        public readonly void OnOrderCancel(in ItchOrderCancel m) => Say(m.Header, m.OrderId, m.Shares);

        public readonly void OnOrderDelete(in ItchOrderDelete m) => Say(m.Header, m.OrderId);

        public readonly void OnOrderReplace(in ItchOrderReplace m) => Say(m.Header, m.OrderId, m.NewOrderId, m.Shares, m.Price);

        public readonly void OnTrade(in ItchTrade m) => Say(m.Header, m.OrderId, (char)m.Side, m.Shares, m.Stock, m.Price, m.Match);

        public readonly void OnCrossTrade(in ItchCrossTrade m) => Say(m.Header, m.Shares, m.Stock, m.Price, m.Match, (char)m.Cross);

        public readonly void OnBrokenTrade(in ItchBrokenTrade m) => Say(m.Header, m.Match);

        public readonly void OnNetOrderImbalance(in ItchNetOrderImbalance m) => Say(
            m.Header, m.Paired, m.Imbalance, (char)m.Direction, m.Stock, m.FarPrice, m.NearPrice, m.ReferencePrice, (char)m.Cross, (char)m.Variation);

        public readonly void OnOther(in ItchHeader m) => Say(m);

        private readonly void Say(in ItchHeader header, params object[] fields) =>
            Lines.Add(string.Join(' ', [header.Type, header.Locate, header.Tracking, header.Nanoseconds, .. fields]));
    }

    [Fact]
    public void A_side_is_one_of_two_letters_or_none()
    {
        for (int letter = 0; letter <= byte.MaxValue; letter++)
        {
            OrderSide expected = letter == 'B' ? OrderSide.Buy : letter == 'S' ? OrderSide.Sell : OrderSide.None;
            Assert.Equal(expected, new ItchAddOrder { Side = (byte)letter }.OrderSide);
        }
    }
}
