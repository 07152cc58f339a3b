using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>
/// A cash account of 100,000 USD (see <see cref="RiskDesk"/>): nothing is bought without the cash, fees of 10 basis points included, and nothing sold that is not
/// held. (Mistake 12: a sale checked against the wrong currency.)
/// </summary>
public sealed class CashAccountTests
{
    private readonly RiskDesk _desk = new("cash-account=10,max-order-notional=off,collar-bps=off,collar-ticks=off,max-position=off");

    public CashAccountTests() => _desk.Trade(RiskDesk.Spy, "100");

    /// <summary>999 · 100 · 1.001 = 99,999.90; one share more would be 100,100.</summary>
    [Fact]
    public void A_purchase_costs_no_more_than_the_cash_with_its_fees()
    {
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Buy("1000", "100"));
        Assert.Contains("100000", _desk.Gate.ExplainLastDenial(), StringComparison.Ordinal);
        Assert.Equal(ReasonCode.None, _desk.Buy("999", "100"));
    }

    /// <summary>600 at 100 works and keeps 60,060; of 39,940 that are left 399 at 100 cost 39,939.90.</summary>
    [Fact]
    public void Working_purchases_keep_their_cash()
    {
        Assert.Equal(ReasonCode.None, _desk.Buy("600", "100"));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Buy("400", "100"));
        Assert.Equal(ReasonCode.None, _desk.Buy("399", "100"));
    }

    /// <summary>A market order costs the last price while nobody offers.</summary>
    [Fact]
    public void A_market_order_costs_what_the_market_shows()
    {
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Buy("1000"));
        Assert.Equal(ReasonCode.None, _desk.Buy("999"));
        Assert.Equal(ReasonCode.NoReferencePrice, new RiskDesk("cash-account=0,max-order-notional=off,collar-bps=off,collar-ticks=off").Buy("1"));
    }

    /// <summary>An order of 600 at 100 that becomes one of 1,000 needs 100,100 in all; 999 fit.</summary>
    [Fact]
    public void A_replace_is_judged_by_all_that_the_order_will_cost()
    {
        OrderCommand order = _desk.Order(OrderSide.Buy, "600", "100");
        Assert.Equal(ReasonCode.None, _desk.Send(order));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Send(RiskDesk.Replace(order.ClientOrderId, "1000", "100")));
        Assert.Equal(ReasonCode.None, _desk.Send(RiskDesk.Replace(order.ClientOrderId, "999", "100")));
    }

    /// <summary>A sale needs the thing, not the cash that it brings: with 100,000 of cash none of what is not held can be sold.</summary>
    [Fact]
    public void A_sale_needs_what_is_sold_and_no_cash()
    {
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Send(_desk.Order(OrderSide.Sell, "1", "100")));
        OrderCommand entry = _desk.Order(OrderSide.Buy, "1", "100");
        Assert.Equal(ReasonCode.None, _desk.Send(entry));
        Assert.Equal(ReasonCode.None, _desk.Send(_desk.Order(OrderSide.Sell, "1", "110") with { Parent = entry.ClientOrderId }));
    }

    /// <summary>
    /// 100 are held. Of a pair of sales of 100 and 80 one can fill, 100 in all; so nothing is left for a third, and 20 are beside a pair of 80 and 60. What a
    /// leg becomes by a replace counts as well.
    /// </summary>
    [Theory]
    [InlineData(Contingency.Oco)]
    [InlineData(Contingency.Ouo)]
    public void Sales_of_which_one_ends_the_other_count_once_as_the_largest(Contingency contingency)
    {
        _desk.Fill(OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Sell, "60", "110", contingency, 7)));
        OrderCommand stop = Leg(OrderSide.Sell, "80", "90", contingency, 7);
        Assert.Equal(ReasonCode.None, _desk.Send(stop));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Sell("21", "105"));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Send(Leg(OrderSide.Sell, "101", "105", contingency, 7)));
        Assert.Equal(ReasonCode.None, _desk.Sell("20", "105"));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Send(RiskDesk.Replace(stop.ClientOrderId, "81", "90")));
        Assert.Equal(ReasonCode.None, _desk.Send(RiskDesk.Replace(stop.ClientOrderId, "70", "90")));

        // Until the venue has agreed the pair still needs 80; then 70.
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Sell("10", "105"));
        Assert.True(_desk.Report(stop.ClientOrderId, ReportKind.Replaced, "70", "90"));
        Assert.Equal(ReasonCode.None, _desk.Sell("10", "105"));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Sell("1", "105"));
    }

    /// <summary>Two pairs are two groups, and a list's orders that are of no group count each.</summary>
    [Fact]
    public void Sales_of_two_groups_or_of_none_count_each()
    {
        _desk.Fill(OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Sell, "50", "110", Contingency.Oco, 7)));
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Sell, "50", "90", Contingency.Oco, 7)));
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Sell, "30", "110", Contingency.Oco, 8)));
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Sell, "50", "90", Contingency.Oco, 8)));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Send(Leg(OrderSide.Sell, "1", "90", Contingency.Ouo, 8)));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Send(Leg(OrderSide.Sell, "1", "90", Contingency.None, 8)));
    }

    /// <summary>A pair of purchases of 600 at 100 and 500 at 110 costs the larger 60,060 or 55,055 with fees; of 39,940 that are left 399 at 100 cost 39,939.90.</summary>
    [Fact]
    public void Purchases_of_which_one_ends_the_other_keep_the_cash_of_the_dearest()
    {
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Buy, "600", "100", Contingency.Oco, 7)));
        Assert.Equal(ReasonCode.None, _desk.Send(Leg(OrderSide.Buy, "500", "110", Contingency.Oco, 7)));
        Assert.Equal(ReasonCode.InsufficientFunds, _desk.Buy("400", "100"));
        Assert.Equal(ReasonCode.None, _desk.Buy("399", "100"));
    }

    private OrderCommand Leg(OrderSide side, string quantity, string limit, Contingency contingency, long list) =>
        _desk.Order(side, quantity, limit) with { Contingency = contingency, ListId = list, ListCount = 2 };

    [Fact]
    public void Futures_move_no_cash_and_off_lets_the_account_borrow()
    {
        _desk.Trade(RiskDesk.Gold, "2000");
        Assert.Equal(ReasonCode.None, _desk.Buy("10", "2000", RiskDesk.Gold));
        RiskDesk free = new("cash-account=off,max-order-notional=off,collar-bps=off,collar-ticks=off,max-position=off");
        free.Trade(RiskDesk.Spy, "100");
        Assert.Equal(ReasonCode.None, free.Buy("5000", "100"));
    }
}
