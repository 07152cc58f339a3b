using MiniTrader.Model;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>Orders that are wrong in themselves, whatever the limits.</summary>
public sealed class OrderFormTests
{
    private delegate void Change(ref OrderCommand command);

    [Fact]
    public void A_sound_order_passes() => Assert.Equal(ReasonCode.None, Judge((ref OrderCommand _) => { }));

    [Fact]
    public void Instrument_and_side()
    {
        Assert.Equal(ReasonCode.InvalidInstrument, Judge((ref OrderCommand c) => c.Instrument = new(2)));
        Assert.Equal(ReasonCode.InvalidInstrument, Judge((ref OrderCommand c) => c.Instrument = InstrumentId.None));
        Assert.Equal(ReasonCode.InvalidSide, Judge((ref OrderCommand c) => c.Side = OrderSide.None));
        Assert.Equal(ReasonCode.InvalidSide, Judge((ref OrderCommand c) => c.Side = (OrderSide)3));
    }

    [Fact]
    public void Quantity_and_lots()
    {
        Assert.Equal(ReasonCode.InvalidQuantity, Judge((ref OrderCommand c) => c.Quantity = Quantity.Zero));
        Assert.Equal(ReasonCode.InvalidQuantity, Judge((ref OrderCommand c) => c.Quantity = Quantity.Parse("-10")));
        Assert.Equal(ReasonCode.InvalidQuantity, Judge((ref OrderCommand c) => c.Quantity = new(long.MinValue)));
        Assert.Equal(ReasonCode.QuantityNotLotMultiple, Judge((ref OrderCommand c) => c.Quantity = Quantity.Parse("1.5")));
        Assert.Equal(ReasonCode.QuantityNotLotMultiple, Judge((ref OrderCommand c) => c.Quantity = new(1)));
    }

    [Fact]
    public void Quantity_that_is_displayed()
    {
        Assert.Equal(ReasonCode.None, Judge((ref OrderCommand c) => c.DisplayQuantity = Quantity.Parse("10")));
        Assert.Equal(ReasonCode.InvalidQuantity, Judge((ref OrderCommand c) => c.DisplayQuantity = Quantity.Parse("11")));
        Assert.Equal(ReasonCode.InvalidQuantity, Judge((ref OrderCommand c) => c.DisplayQuantity = Quantity.Parse("-1")));
        Assert.Equal(ReasonCode.InvalidQuantity, Judge((ref OrderCommand c) => c.DisplayQuantity = Quantity.Parse("0.5")));
    }

    [Theory]
    [InlineData(OrderType.Market, false, false)]
    [InlineData(OrderType.Limit, true, false)]
    [InlineData(OrderType.Stop, false, true)]
    [InlineData(OrderType.StopLimit, true, true)]
    [InlineData(OrderType.MarketIfTouched, false, true)]
    [InlineData(OrderType.LimitIfTouched, true, true)]
    [InlineData(OrderType.MarketToLimit, false, false)]
    public void Prices_that_the_type_needs(OrderType type, bool needsLimit, bool needsStop)
    {
        foreach ((string text, ReasonCode code) in ((string, ReasonCode)[])
            [("0", ReasonCode.InvalidPrice), ("-50", ReasonCode.InvalidPrice), ("50.005", ReasonCode.PriceNotTickMultiple), ("50", ReasonCode.None)])
        {
            Price price = Price.Parse(text);
            Assert.Equal(needsLimit ? code : ReasonCode.None, Judge((ref OrderCommand c) => (c.Type, c.LimitPrice, c.StopPrice) = (type, price, Price.Parse("50"))));
            Assert.Equal(needsStop ? code : ReasonCode.None, Judge((ref OrderCommand c) => (c.Type, c.LimitPrice, c.StopPrice) = (type, Price.Parse("50"), price)));
        }
    }

    [Fact]
    public void What_an_order_brings_along_that_follows_the_market()
    {
        Price two = Price.Parse("2"), off = Price.Parse("50.005");
        Assert.Equal(ReasonCode.None, Judge((ref OrderCommand c) => (c.Type, c.Offset, c.LimitPrice) = (OrderType.TrailingStop, two, default)));
        Assert.Equal(ReasonCode.InvalidOffset, Judge((ref OrderCommand c) => (c.Type, c.Offset) = (OrderType.TrailingStop, default)));
        Assert.Equal(ReasonCode.InvalidOffset, Judge((ref OrderCommand c) => (c.Type, c.Offset, c.OffsetUnit) = (OrderType.TrailingStop, two, (OffsetUnit)9)));
        Assert.Equal(ReasonCode.PriceNotTickMultiple, Judge((ref OrderCommand c) => (c.Type, c.Offset, c.StopPrice) = (OrderType.TrailingStop, two, off)));
        Assert.Equal(ReasonCode.PriceNotTickMultiple, Judge((ref OrderCommand c) => (c.Type, c.Offset, c.ActivationPrice) = (OrderType.TrailingStop, two, off)));
        Assert.Equal(ReasonCode.InvalidOffset, Judge((ref OrderCommand c) => (c.Type, c.Offset, c.LimitPrice) = (OrderType.TrailingStopLimit, two, -two)));
        Assert.Equal(ReasonCode.None, Judge((ref OrderCommand c) => (c.Type, c.Peg, c.Offset, c.LimitPrice) = (OrderType.Pegged, PegReference.Mid, -two, default)));
        Assert.Equal(ReasonCode.InvalidOffset, Judge((ref OrderCommand c) => (c.Type, c.Offset) = (OrderType.Pegged, two)));
        Assert.Equal(ReasonCode.PriceNotTickMultiple, Judge((ref OrderCommand c) => (c.Type, c.Peg, c.LimitPrice) = (OrderType.Pegged, PegReference.BestBid, off)));
        Assert.Equal(ReasonCode.InvalidOffset, Judge((ref OrderCommand c) => c.Protection = -two));
    }

    [Fact]
    public void A_reduce_only_order_takes_no_room_under_a_limit()
    {
        RiskDesk desk = new("max-position=10");
        desk.Trade(RiskDesk.Spy, "50");
        OrderCommand order = desk.Order(OrderSide.Buy, "11", "50");
        Assert.Equal(ReasonCode.MaxPosition, desk.Gate.Check(in order, desk.Now));
        order.Flags = OrderFlags.ReduceOnly;
        Assert.Equal(ReasonCode.None, desk.Gate.Check(in order, desk.Now));
        desk.Ledger.Register(in order);
        Assert.Equal(Quantity.Zero, desk.Ledger.Total.ExposureOf(RiskDesk.Spy).Buying);
        Assert.Equal(1, desk.Ledger.Total.ExposureOf(RiskDesk.Spy).Orders);
    }

    [Fact]
    public void A_future_may_have_a_price_below_zero()
    {
        RiskDesk desk = new("collar-ticks=10");
        desk.Trade(RiskDesk.Gold, "-37.6");
        Assert.Equal(ReasonCode.None, desk.Sell("1", "-37.6", RiskDesk.Gold));
        Assert.Equal(ReasonCode.None, desk.Buy("1", "-36.6", RiskDesk.Gold));
        Assert.Equal(ReasonCode.PriceCollar, desk.Buy("1", "-36.5", RiskDesk.Gold));
    }

    [Fact]
    public void Time_in_force()
    {
        Assert.Equal(ReasonCode.InvalidTimeInForce, Judge((ref OrderCommand c) => c.TimeInForce = (TimeInForce)99));
        Assert.Equal(ReasonCode.InvalidTimeInForce, Judge((ref OrderCommand c) => c.TimeInForce = TimeInForce.Gtd));
        Assert.Equal(ReasonCode.InvalidTimeInForce, Judge((ref OrderCommand c) => (c.TimeInForce, c.ExpireTime) = (TimeInForce.Gtd, Timestamp.Parse("2024-01-02T15:00"))));
        Assert.Equal(ReasonCode.None, Judge((ref OrderCommand c) => (c.TimeInForce, c.ExpireTime) = (TimeInForce.Gtd, Timestamp.Parse("2024-01-02T15:00:00.000000001"))));
    }

    [Fact]
    public void The_largest_price_times_the_largest_quantity_is_denied_not_wrapped()
    {
        RiskDesk desk = new("max-order-notional=79228162514264337593543950335,collar-bps=off,max-position=off");
        desk.Trade(RiskDesk.Spy, "50");
        OrderCommand order = desk.Order(OrderSide.Buy, "1", "1");
        order.Quantity = new Quantity(long.MaxValue).FloorTo(Quantity.FromUnits(1));
        order.LimitPrice = new Price(long.MaxValue).FloorTo(Price.Parse("0.01"));
        Assert.Equal(ReasonCode.MaxPosition, desk.Send(order));           // 8.5e19 is no large sum, but nobody holds 9.2e9 units
        RiskDesk strict = new("max-order-notional=85000000000000000000,collar-bps=off");
        strict.Trade(RiskDesk.Spy, "50");
        Assert.Equal(ReasonCode.MaxOrderNotional, strict.Send(order));    // 9,223,372,036 · 9,223,372,036.85
        Assert.Equal(9_223_372_036m * 9_223_372_036.85m, strict.Gate.LastDenial.Value);
        strict.Trade(RiskDesk.Gold, "50");
        order.Instrument = RiskDesk.Gold;
        order.LimitPrice = new Price(long.MaxValue).FloorTo(Price.Parse("0.1"));
        Assert.Equal(ReasonCode.MaxOrderNotional, strict.Send(order));
        Assert.Equal(9_223_372_036m * 9_223_372_036.8m * 125m, strict.Gate.LastDenial.Value);
    }

    [Fact]
    public void Positions_stay_where_sums_of_them_cannot_overflow()
    {
        RiskDesk desk = new("collar-bps=off");
        Assert.Equal(ReasonCode.None, desk.Buy("4611686018"));           // ⌊2^62 · 1e-9⌋
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("1"));
        Assert.Equal(ReasonCode.None, desk.Sell("4611686018"));
        Assert.Equal(ReasonCode.MaxPosition, desk.Sell("1"));
        Assert.Equal(long.MaxValue - 1, RiskGate.LargestPositionRaw + RiskGate.LargestPositionRaw);
    }

    private static ReasonCode Judge(Change change)
    {
        RiskDesk desk = new("");
        desk.Trade(RiskDesk.Spy, "50");
        OrderCommand command = desk.Order(OrderSide.Buy, "10", "50");
        change(ref command);
        return desk.Gate.Check(in command, desk.Now);
    }
}
