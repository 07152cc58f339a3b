using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>
/// A whole backtest with every figure worked out on paper: twelve quotes, four orders, 0.01 a share, 1 ms to the venue and 1 ms back.
/// <code>
///  ms  bid    ask     what happens
///   0  10.00  10.02   the strategy buys 50 at the market; the order arrives at 1
///   1  10.04  10.06   the order arrives before this quote: 50 at 10.02, fee 0.50; heard at 2
///   2  10.04  10.06   the strategy offers 30 at 10.10; arrives at 3
///   3  10.05  10.07   nobody offers at 10.10: it rests with nothing ahead of it
///   4  10.10  10.12   the bid of 20 reaches it: 20 at 10.10, fee 0.20; heard at 5
///   5  10.11  10.13   the bid of 100 crosses it: the last 10 at 10.10, its limit, fee 0.10; heard at 6
///   6  10.11  10.13   the strategy sets a stop to sell 20 below 10.00; arrives at 7
///   7  10.05  10.07   not reached
///   8   9.98  10.00   triggered, sold at the bid: 20 at 9.98, fee 0.20; heard at 9
///   9   9.98  10.00   the strategy bids 9.90 for 10, at once or not at all; arrives at 10
///  10   9.98  10.00   nobody sells at 9.90: cancelled; heard at 11
///  11   9.98  10.00
/// </code>
/// Cash: 100,000 − 501.00 − 0.50 + 202.00 − 0.20 + 101.00 − 0.10 + 199.60 − 0.20 = 100,000.60.
/// Realised: 30 × (10.10 − 10.02) + 20 × (9.98 − 10.02) = 2.40 − 0.80 = 1.60; fees 1.00.
/// </summary>
public sealed class HandWorkedBacktestTests
{
    private static readonly InstrumentId _share = new(0);

    private static Tape Market => new Tape()
        .Quote(0, "10.00", "10.02")
        .Quote(1, "10.04", "10.06")
        .Quote(2, "10.04", "10.06")
        .Quote(3, "10.05", "10.07")
        .Quote(4, "10.10", "10.12", bidSize: 20)
        .Quote(5, "10.11", "10.13")
        .Quote(6, "10.11", "10.13")
        .Quote(7, "10.05", "10.07")
        .Quote(8, "9.98", "10.00")
        .Quote(9, "9.98", "10.00")
        .Quote(10, "9.98", "10.00")
        .Quote(11, "9.98", "10.00");

    private static ScriptedStrategy Trader => new ScriptedStrategy()
        .AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(50)))
        .AtQuote(3, s => s.Desk.SellLimit(_share, Quantity.FromUnits(30), Price.Parse("10.10")))
        .AtQuote(7, s => s.Desk.Submit(new() { Instrument = _share, Side = OrderSide.Sell, Quantity = Quantity.FromUnits(20), StopPrice = Price.Parse("10.00") }))
        .AtQuote(10, s => s.Desk.BuyLimit(_share, Quantity.FromUnits(10), Price.Parse("9.90"), TimeInForce.Ioc));

    private static VenueOptions Venue => new() { Fees = FeeModel.Parse("per-share=0.01") };

    [Fact]
    public void Every_report_comes_with_the_figures_on_paper()
    {
        ScriptedStrategy trader = Trader;
        new Harness(Venue, new RiskLimits(), trader).Run(Market);

        string[] told = trader.Reports.Select(r =>
            $"{(r.VenueTime - Tape.Start) / 1e6:0} {(r.ReceivedTime - Tape.Start) / 1e6:0} #{r.ClientOrderId} {r.Kind} {r.LastQuantity}@{r.LastPrice} fee {r.Fee:0.00} filled {r.Filled} leaves {r.Leaves} {r.Liquidity} {r.Reason}").ToArray();
        Assert.Equal(
        [
            "1 2 #1 Accepted 0@0 fee 0.00 filled 0 leaves 50 None None",
            "1 2 #1 Fill 50@10.02 fee 0.50 filled 50 leaves 0 Taker None",
            "3 4 #2 Accepted 0@0 fee 0.00 filled 0 leaves 30 None None",
            "4 5 #2 Fill 20@10.1 fee 0.20 filled 20 leaves 10 Maker None",
            "5 6 #2 Fill 10@10.1 fee 0.10 filled 30 leaves 0 Maker None",
            "7 8 #3 Accepted 0@0 fee 0.00 filled 0 leaves 20 None None",
            "8 9 #3 Triggered 0@0 fee 0.00 filled 0 leaves 20 None None",
            "8 9 #3 Fill 20@9.98 fee 0.20 filled 20 leaves 0 Taker None",
            "10 11 #4 Accepted 0@0 fee 0.00 filled 0 leaves 10 None None",
            "10 11 #4 Cancelled 0@0 fee 0.00 filled 0 leaves 0 None ImmediateOrCancelRest",
        ],
        told);
    }

    [Fact]
    public void What_the_strategy_hears_lies_between_the_quotes_where_it_should()
    {
        ScriptedStrategy trader = Trader;
        new Harness(Venue, new RiskLimits(), trader).Run(Market);
        Assert.Equal(
        [
            "quote 1", "quote 2", "Accepted", "fill 50@10.02", "quote 3", "quote 4", "Accepted", "quote 5", "fill 20@10.1", "quote 6", "fill 10@10.1",
            "quote 7", "quote 8", "Accepted", "quote 9", "Triggered", "fill 20@9.98", "quote 10", "quote 11", "Accepted", "Cancelled", "quote 12", "stop",
        ],
        trader.Log);
    }

    [Fact]
    public void The_books_end_with_the_figures_on_paper()
    {
        Harness harness = new Harness(Venue, new RiskLimits(), Trader).Run(Market);
        ref readonly Position position = ref harness.Ledger.Total[_share];
        AccountSnapshot account = harness.Ledger.Account.Snapshot();

        Assert.True(position.IsFlat);
        Assert.Equal(1.60m, position.Realised);
        Assert.Equal(1.00m, position.Fees);
        Assert.Equal(501.00m + 202.00m + 101.00m + 199.60m, position.Turnover);
        Assert.Equal(100_000.60m, account.Cash);
        Assert.Equal(100_000.60m, account.Equity);
        Assert.Equal(0m, account.Unrealised);
        Assert.Equal(0, harness.Ledger.Total.WorkingOrders);
        Assert.Equal(4, harness.Engine.Counters.Orders);
        Assert.Equal(4, harness.Engine.Counters.Fills);
        Assert.Equal(12, harness.Engine.Counters.Events);
    }
}
