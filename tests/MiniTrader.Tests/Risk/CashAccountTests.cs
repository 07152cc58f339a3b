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
        OrderCommand child = _desk.Order(OrderSide.Sell, "1", "110") with { Parent = ClientOrderId.Create(1, 1) };
        Assert.Equal(ReasonCode.None, _desk.Send(child));
    }

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
