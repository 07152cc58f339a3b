using MiniTrader.Model;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>Every limit on its edge: equal is allowed, one unit over is denied, and the denial says by how much.</summary>
public sealed class LimitEdgeTests
{
    [Fact]
    public void Order_quantity()
    {
        RiskDesk desk = Desk("max-order-quantity=100");
        Assert.Equal(ReasonCode.None, desk.Buy("100", "50"));
        Assert.Equal(ReasonCode.MaxOrderQuantity, desk.Buy("101", "50"));
        Assert.Equal("code=MaxOrderQuantity limit=100 value=101 instrument=SPY.XNAS strategy=0 order=2", desk.Gate.ExplainLastDenial());
    }

    [Fact]
    public void Order_notional_of_a_bought_limit_is_what_it_can_pay()
    {
        RiskDesk desk = Desk("max-order-notional=5000");
        Assert.Equal(ReasonCode.None, desk.Buy("100", "50"));                  // 100 · 50 = 5,000
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Buy("100", "50.01"));   // 5,001
        Assert.Equal("code=MaxOrderNotional limit=5000 value=5001 instrument=SPY.XNAS strategy=0 order=2", desk.Gate.ExplainLastDenial());
        Assert.Equal(ReasonCode.None, desk.Buy("125", "40"));                  // below the market of 50, pays 5,000 at most
    }

    [Fact]
    public void Order_notional_of_all_else_is_no_less_than_at_the_market()
    {
        RiskDesk desk = Desk("max-order-notional=5000,collar-bps=off");
        Assert.Equal(ReasonCode.None, desk.Buy("100"));
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Buy("101"));
        Assert.Equal(ReasonCode.None, desk.Sell("100", "40"));                 // counts at 50
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Sell("101", "40"));
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Sell("100", "50.01"));  // counts at its own price
        Assert.Equal(ReasonCode.None, desk.Send(Stop(desk, OrderSide.Buy, "80", "62.5")));
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Send(Stop(desk, OrderSide.Buy, "81", "62.5")));
    }

    [Fact]
    public void Order_notional_knows_multiplier_and_exchange_rate()
    {
        // 2 contracts · 2000 · 100 · 1.25 = 500,000.
        RiskDesk desk = Desk("max-order-notional=500000");
        desk.Trade(RiskDesk.Gold, "2000");
        Assert.Equal(ReasonCode.None, desk.Buy("2", "2000", RiskDesk.Gold));
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Buy("2", "2000.1", RiskDesk.Gold));
        Assert.Equal(500_025m, desk.Gate.LastDenial.Value);
        Assert.Equal(500_000m, desk.Gate.LastDenial.Limit);
    }

    [Fact]
    public void Order_notional_that_no_binary_fraction_hits_is_exact()
    {
        // 3 · 33.33 = 99.99: the limit in raw units is exact, no floating point is near.
        RiskDesk desk = Desk("max-order-notional=99.99");
        desk.Trade(RiskDesk.Spy, "33.33");
        Assert.Equal(ReasonCode.None, desk.Buy("3", "33.33"));
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Buy("3", "33.34"));
    }

    [Theory]
    [InlineData("collar-bps=100", "50.5", "50.51", "49.5", "49.49")]                  // 1 % of 50 = 0.50
    [InlineData("collar-bps=off,collar-ticks=7", "50.07", "50.08", "49.93", "49.92")] // 7 · 0.01
    [InlineData("collar-bps=100,collar-ticks=7", "50.07", "50.08", "49.93", "49.92")] // the narrower holds
    [InlineData("collar-bps=0", "50", "50.01", "50", "49.99")]
    public void Price_collar(string limits, string buy, string buyTooHigh, string sell, string sellTooLow)
    {
        RiskDesk desk = Desk(limits);
        Assert.Equal(ReasonCode.None, desk.Buy("1", buy));
        Assert.Equal(ReasonCode.PriceCollar, desk.Buy("1", buyTooHigh));
        Assert.Equal(50m, desk.Gate.LastDenial.Limit);
        Assert.Equal(decimal.Parse(buyTooHigh, System.Globalization.CultureInfo.InvariantCulture), desk.Gate.LastDenial.Value);
        Assert.Equal(ReasonCode.None, desk.Sell("1", sell));
        Assert.Equal(ReasonCode.PriceCollar, desk.Sell("1", sellTooLow));

        // To its own advantage an order may lie as far away as it likes.
        Assert.Equal(ReasonCode.None, desk.Buy("1", "0.01"));
        Assert.Equal(ReasonCode.None, desk.Sell("1", "5000"));
    }

    [Fact]
    public void The_collar_of_a_stop_limit_lies_around_its_stop()
    {
        RiskDesk desk = Desk("collar-bps=100");
        OrderCommand order = Stop(desk, OrderSide.Buy, "1", "60");
        order.Type = OrderType.StopLimit;
        order.LimitPrice = Price.Parse("60.60");
        Assert.Equal(ReasonCode.None, desk.Send(order));
        order = Stop(desk, OrderSide.Buy, "1", "60");
        order.Type = OrderType.StopLimit;
        order.LimitPrice = Price.Parse("60.61");
        Assert.Equal(ReasonCode.PriceCollar, desk.Send(order));
    }

    [Fact]
    public void Without_a_price_to_compare_with_nothing_leaves()
    {
        RiskDesk desk = Desk("collar-bps=100");
        Assert.Equal(ReasonCode.NoReferencePrice, desk.Buy("1", "2000", RiskDesk.Gold));
        Assert.Equal(ReasonCode.NoReferencePrice, desk.Buy("1", null, RiskDesk.Gold));
        RiskDesk open = Desk("collar-bps=off");
        Assert.Equal(ReasonCode.None, open.Buy("1", "2000", RiskDesk.Gold));
    }

    [Fact]
    public void Position_with_all_that_works_on_that_side()
    {
        RiskDesk desk = Desk("max-position=100");
        desk.Fill(OrderSide.Buy, "30", "50");
        Assert.Equal(ReasonCode.None, desk.Buy("50", "49"));             // 30 + 50
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("21", "49"));      // 30 + 50 + 21 = 101
        Assert.Equal("code=MaxPosition limit=100 value=101 instrument=SPY.XNAS strategy=0 order=3", desk.Gate.ExplainLastDenial());
        Assert.Equal(ReasonCode.None, desk.Buy("20", "49"));             // 100
        Assert.Equal(ReasonCode.MaxPosition, desk.Sell("131", "51"));    // −30 + 131 = 101 short; the buys may never fill
        Assert.Equal(ReasonCode.None, desk.Sell("130", "51"));
        Assert.Equal(ReasonCode.MaxPosition, desk.Sell("1", "51"));
    }

    [Fact]
    public void Position_counts_the_whole_account()
    {
        RiskDesk desk = Desk("max-position=100");
        Assert.Equal(ReasonCode.None, desk.Send(desk.Order(OrderSide.Buy, "60", "50", strategy: 0)));
        Assert.Equal(ReasonCode.MaxPosition, desk.Send(desk.Order(OrderSide.Buy, "41", "50", strategy: 1)));
        Assert.Equal(ReasonCode.None, desk.Send(desk.Order(OrderSide.Buy, "40", "50", strategy: 1)));
    }

    [Fact]
    public void Open_orders_of_one_strategy_on_one_instrument()
    {
        RiskDesk desk = Desk("max-open-orders=2");
        desk.Trade(RiskDesk.Gold, "2000");
        OrderCommand first = desk.Order(OrderSide.Buy, "1", "49");
        Assert.Equal(ReasonCode.None, desk.Send(first));
        Assert.Equal(ReasonCode.None, desk.Buy("1", "49"));
        Assert.Equal(ReasonCode.MaxOpenOrders, desk.Buy("1", "49"));
        Assert.Equal(3m, desk.Gate.LastDenial.Value);
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(first.ClientOrderId, "2", "49")));   // no order more
        Assert.Equal(ReasonCode.None, desk.Buy("1", "2000", RiskDesk.Gold));
        Assert.Equal(ReasonCode.None, desk.Send(desk.Order(OrderSide.Buy, "1", "49", strategy: 1)));
        desk.Report(first.ClientOrderId, ReportKind.Cancelled);
        Assert.Equal(ReasonCode.None, desk.Buy("1", "49"));
    }

    [Fact]
    public void Messages_in_any_second()
    {
        RiskDesk desk = Desk("max-messages-per-second=3");
        Timestamp start = desk.Now;
        foreach (long at in (long[])[0, 400_000_000, 900_000_000])
        {
            desk.Now = start + at;
            Assert.Equal(ReasonCode.None, desk.Buy("1", "50"));
        }

        desk.Now = start + 999_999_999;
        Assert.Equal(ReasonCode.MaxMessageRate, desk.Buy("1", "50"));
        Assert.Equal(3m, desk.Gate.LastDenial.Limit);
        desk.Now = start + 1_000_000_000;                                // the first is a whole second ago
        Assert.Equal(ReasonCode.None, desk.Buy("1", "50"));
        Assert.Equal(ReasonCode.MaxMessageRate, desk.Buy("1", "50"));
        desk.Now = start + 1_400_000_000;
        Assert.Equal(ReasonCode.None, desk.Buy("1", "50"));
    }

    [Fact]
    public void Cancels_count_as_messages_and_always_leave()
    {
        RiskDesk desk = Desk("max-messages-per-second=2");
        OrderCommand first = desk.Order(OrderSide.Buy, "1", "50"), second = desk.Order(OrderSide.Buy, "1", "50");
        desk.Send(first);
        desk.Send(second);
        desk.Now += 500_000_000;
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Cancel(first.ClientOrderId)));
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Cancel(second.ClientOrderId)));
        desk.Now += 500_000_000;                                         // the two orders are a second ago, the two cancels are not
        Assert.Equal(ReasonCode.MaxMessageRate, desk.Buy("1", "50"));
        desk.Now += 500_000_000;
        Assert.Equal(ReasonCode.None, desk.Buy("1", "50"));
    }

    [Fact]
    public void A_denied_order_is_no_message()
    {
        RiskDesk desk = Desk("max-messages-per-second=1,max-order-quantity=5");
        for (int i = 0; i < 5; i++) Assert.Equal(ReasonCode.MaxOrderQuantity, desk.Buy("6", "50"));
        Assert.Equal(ReasonCode.None, desk.Buy("5", "50"));
        Assert.Equal(5, desk.Gate.Denied);
        Assert.Equal(5, desk.Gate.DeniedFor(ReasonCode.MaxOrderQuantity));
        Assert.Equal(0, desk.Gate.DeniedFor(ReasonCode.MarketClosed));
    }

    [Fact]
    public void Exceptions_hold_for_their_instrument_alone()
    {
        RiskDesk desk = Desk("max-order-quantity=100,gc:max-order-quantity=1");
        desk.Trade(RiskDesk.Gold, "2000");
        Assert.Equal(ReasonCode.None, desk.Buy("100", "50"));
        Assert.Equal(ReasonCode.MaxOrderQuantity, desk.Buy("2", "2000", RiskDesk.Gold));
        Assert.Equal(ReasonCode.None, desk.Buy("1", "2000", RiskDesk.Gold));
    }

    private static RiskDesk Desk(string limits)
    {
        RiskDesk desk = new(limits);
        desk.Trade(RiskDesk.Spy, "50");
        return desk;
    }

    private static OrderCommand Stop(RiskDesk desk, OrderSide side, string quantity, string stop)
    {
        OrderCommand order = desk.Order(side, quantity);
        order.Type = OrderType.Stop;
        order.StopPrice = Price.Parse(stop);
        return order;
    }
}
