using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Samples;

/// <summary>
/// A window of four and an entry at 1.4: after three mids of 10.01, one of 10.11 has mean 10.035, deviation 0.05 and score 1.5.
/// </summary>
public sealed class MeanReversionTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void It_rests_a_sell_at_the_ask_when_the_price_is_far_above_its_mean()
    {
        Harness harness = Run(Rise());
        Assert.Equal(1, harness.Engine.Counters.Orders);
        Assert.Equal(0, harness.Engine.Counters.Fills);
        Assert.Equal(Price.Parse("10.12"), harness.Ledger.Orders[0].LimitPrice);
        Assert.Equal(OrderSide.Sell, harness.Ledger.Orders[0].Side);
    }

    [Fact]
    public void It_buys_back_at_the_market_when_the_price_is_back_at_its_mean()
    {
        // The bid passes the resting sell at 10.12; then the mid falls below the mean of its window.
        Harness harness = Run(Rise().Quote(50, "10.13", "10.15").Quote(60, "10.00", "10.02").Quote(70, "10.00", "10.02"));
        Assert.Equal(2, harness.Engine.Counters.Fills);
        Assert.True(harness.Ledger.Total[_share].IsFlat);
        Assert.Equal(0.10m, harness.Ledger.Total[_share].Realised);
    }

    [Fact]
    public void With_a_book_it_rests_at_the_best_price()
    {
        Harness harness = Run(new Tape()
            .Top(0, "10.00", "10.02").Top(10, "10.00", "10.02", 101).Top(20, "10.00", "10.02", 102).Top(30, "10.10", "10.12").Level(40, OrderSide.Buy, "10.00", 900));
        Assert.Equal((1, 0), (harness.Engine.Counters.Orders, harness.Engine.Counters.Fills));
        Assert.Equal((OrderSide.Sell, Price.Parse("10.12")), (harness.Ledger.Orders[0].Side, harness.Ledger.Orders[0].LimitPrice));
    }

    [Fact]
    public void It_takes_an_unfilled_order_away_when_the_price_is_half_way_back()
    {
        // The window becomes 10.01 and three times 10.11: mean 10.085, deviation 0.05, score 0.5, below half of 1.4.
        Harness harness = Run(Rise().Quote(50, "10.10", "10.12").Quote(60, "10.10", "10.12"));
        Assert.Equal(1, harness.Engine.Counters.Orders);
        Assert.Equal(1, harness.Engine.Counters.Changes);
        Assert.Equal(0, harness.Ledger.Total.WorkingOrders);
    }

    [Fact]
    public void It_leaves_after_the_holding_time_wherever_the_price_is()
    {
        Harness harness = Run(Rise().Quote(50, "10.13", "10.15").Quote(60, "10.20", "10.22").Quote(70, "10.28", "10.30").Quote(1_500, "10.40", "10.42"));
        Assert.Equal(1, harness.Engine.Counters.Timers);
        Assert.Equal(2, harness.Engine.Counters.Fills);
        Assert.True(harness.Ledger.Total[_share].IsFlat);

        // Sold at 10.12; the timer fires a second after the fill, when the ask is still 10.30.
        Assert.Equal(-0.18m, harness.Ledger.Total[_share].Realised);
    }

    [Theory]
    [InlineData("0", 4, 1.4, 1, "size")]
    [InlineData("1", 1, 1.4, 1, "period")]
    [InlineData("1", 4, 0, 1, "deviations")]
    [InlineData("1", 4, 1.4, 0, "seconds")]
    public void It_refuses_settings_that_make_no_sense(string size, int window, double entry, int hold, string word)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new MeanReversion(_share, Quantity.Parse(size), window, entry, hold));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    private static Tape Rise() => new Tape()
        .Quote(0, "10.00", "10.02").Quote(10, "10.00", "10.02").Quote(20, "10.00", "10.02").Quote(30, "10.10", "10.12").Quote(40, "10.10", "10.12");

    private static Harness Run(Tape tape) =>
        new Harness(new VenueOptions(), new RiskLimits(), new MeanReversion(_share, Quantity.FromUnits(1), window: 4, entry: 1.4, holdSeconds: 1)).Run(tape);
}
