using System.Runtime.CompilerServices;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>Holds the sizes and offsets that files, journals and rings rely on.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Every_market_event_is_one_cache_line()
    {
        Assert.Equal(64, Unsafe.SizeOf<MarketEvent>());
        Assert.Equal(64, Unsafe.SizeOf<QuoteTick>());
        Assert.Equal(64, Unsafe.SizeOf<TradeTick>());
        Assert.Equal(64, Unsafe.SizeOf<Bar>());
        Assert.Equal(64, Unsafe.SizeOf<BookDelta>());
        Assert.Equal(64, Unsafe.SizeOf<StatusTick>());
        Assert.Equal(64, Unsafe.SizeOf<SignalTick>());
        Assert.Equal(24, Unsafe.SizeOf<EventHeader>());
    }

    [Fact]
    public void Orders_and_reports_are_two_cache_lines()
    {
        Assert.Equal(128, Unsafe.SizeOf<OrderCommand>());
        Assert.Equal(128, Unsafe.SizeOf<ExecutionReport>());
    }

    [Fact]
    public void Header_fields_stand_where_the_diagram_says()
    {
        MarketEvent e = default;
        Assert.Equal(0, Offset(ref e, ref e.Header.VenueTime));
        Assert.Equal(8, Offset(ref e, ref e.Header.ReceivedTime));
        Assert.Equal(16, Offset(ref e, ref e.Header.Instrument));
        Assert.Equal(20, Offset(ref e, ref e.Header.Kind));
        Assert.Equal(21, Offset(ref e, ref e.Header.Flags));
        Assert.Equal(22, Offset(ref e, ref e.Header.Detail));
        Assert.Equal(24, Offset(ref e, ref e.Quote.Bid));
        Assert.Equal(48, Offset(ref e, ref e.Quote.AskSize));
        Assert.Equal(56, Offset(ref e, ref e.Quote.Sequence));
        Assert.Equal(48, Offset(ref e, ref e.Trade.Aggressor));
        Assert.Equal(56, Offset(ref e, ref e.Trade.Sequence));
        Assert.Equal(56, Offset(ref e, ref e.Bar.Volume));
    }

    [Fact]
    public void Report_fields_stand_where_the_diagram_says()
    {
        ExecutionReport r = default;
        Assert.Equal(40, Offset(ref r, ref r.Instrument));
        Assert.Equal(48, Offset(ref r, ref r.LastPrice));
        Assert.Equal(80, Offset(ref r, ref r.Fee));
        Assert.Equal(96, Offset(ref r, ref r.Reason));
        Assert.Equal(100, Offset(ref r, ref r.Tag));
        Assert.Equal(120, Offset(ref r, ref r.CauseId));
        OrderCommand c = default;
        Assert.Equal(16, Offset(ref c, ref c.Type));
        Assert.Equal(20, Offset(ref c, ref c.Tag));
        Assert.Equal(24, Offset(ref c, ref c.Quantity));
        Assert.Equal(72, Offset(ref c, ref c.SentTime));
        Assert.Equal(56, Offset(ref c, ref c.DisplayQuantity));
        Assert.Equal(64, Offset(ref c, ref c.Offset));
        Assert.Equal(80, Offset(ref c, ref c.ActivationPrice));
        Assert.Equal(88, Offset(ref c, ref c.Protection));
        Assert.Equal(104, Offset(ref c, ref c.Parent));
        Assert.Equal(112, Offset(ref c, ref c.ListId));
        Assert.Equal(120, Offset(ref c, ref c.OffsetUnit));
        Assert.Equal(121, Offset(ref c, ref c.ProtectionUnit));
        Assert.Equal(122, Offset(ref c, ref c.Peg));
        Assert.Equal(123, Offset(ref c, ref c.Contingency));
        Assert.Equal(124, Offset(ref c, ref c.Release));
        Assert.Equal(125, Offset(ref c, ref c.SelfTrade));
        Assert.Equal(126, Offset(ref c, ref c.ListCount));
        Assert.Equal(127, Offset(ref c, ref c.Cause));
    }

    [Fact]
    public void No_two_reasons_share_a_code() => Assert.Equal(Enum.GetNames<ReasonCode>().Length, Enum.GetValues<ReasonCode>().Distinct().Count());

    private static long Offset<TRecord, TField>(ref TRecord record, ref TField field) =>
        Unsafe.ByteOffset(ref Unsafe.As<TRecord, byte>(ref record), ref Unsafe.As<TField, byte>(ref field));
}
