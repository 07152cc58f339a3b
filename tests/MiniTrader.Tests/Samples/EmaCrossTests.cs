using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Samples;

/// <summary>With periods 1 and 2 the fast average is the price itself and the slow one its first mean, so every step can be worked out by eye.</summary>
public sealed class EmaCrossTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void It_buys_when_the_fast_average_rises_above_the_slow_one_and_sells_when_it_falls_below()
    {
        // Mids 10.01, 10.03: fast 10.03 above slow 10.02. Then 9.99: slow is 10.02 + 2/3 (9.99 − 10.02) = 10.00, fast 9.99 below it.
        Harness harness = Run(new Tape()
            .Quote(0, "10.00", "10.02").Quote(10, "10.02", "10.04").Quote(20, "10.02", "10.04")
            .Quote(30, "9.98", "10.00").Quote(40, "9.98", "10.00"));

        Assert.Equal(2, harness.Engine.Counters.Orders);
        Assert.Equal(2, harness.Engine.Counters.Fills);
        Assert.True(harness.Ledger.Total[_share].IsFlat);

        // Bought at the ask of 10.04, sold at the bid of 9.98.
        Assert.Equal(-0.06m, harness.Ledger.Total[_share].Realised);
    }

    [Fact]
    public void A_split_is_no_fall()
    {
        // Bought above 10; a share is two at half the price: the averages begin anew, and nothing is sold as the price rises on.
        Harness harness = Run(new Tape()
            .Quote(0, "10.00", "10.02").Quote(10, "10.02", "10.04").Quote(20, "10.02", "10.04").Action(25, CorporateActionKind.Split, newUnits: 2, oldUnits: 1)
            .Quote(30, "5.02", "5.03").Quote(40, "5.03", "5.04").Quote(50, "5.04", "5.05"));
        Assert.Equal(1, harness.Engine.Counters.Orders);
        Assert.True(harness.Ledger.Total[_share].IsLong);
    }

    [Fact]
    public void It_writes_no_second_order_while_the_first_is_on_its_way()
    {
        Harness harness = Run(new Tape().Quote(0, "10.00", "10.02").Quote(10, "10.02", "10.04").Quote(10.1, "10.04", "10.06").Quote(10.2, "10.06", "10.08"));
        Assert.Equal(1, harness.Engine.Counters.Orders);
    }

    [Fact]
    public void A_quote_without_one_side_says_nothing()
    {
        Harness harness = Run(new Tape().Quote(0, "10.00", "10.02").Quote(10, "10.02", "99.00", askSize: 0).Quote(20, "10.00", "10.02"));
        Assert.Equal(0, harness.Engine.Counters.Orders);
    }

    [Fact]
    public void Without_quotes_it_follows_trades()
    {
        Harness harness = Run(new Tape().Trade(0, "10.01", 5).Trade(10, "10.03", 5).Trade(20, "10.03", 5));
        Assert.Equal(1, harness.Engine.Counters.Orders);
        Assert.True(harness.Ledger.Total[_share].IsLong);
    }

    [Fact]
    public void With_a_book_it_follows_the_mid_of_its_best_prices()
    {
        // The mids of the first test; bought at the ask of 10.04, sold at the bid of 9.98.
        Harness harness = Run(new Tape().Top(0, "10.00", "10.02").Top(10, "10.02", "10.04").Top(20, "10.02", "10.04").Top(30, "9.98", "10.00").Top(40, "9.98", "10.00"));
        Assert.Equal((2, 2), (harness.Engine.Counters.Orders, harness.Engine.Counters.Fills));
        Assert.Equal(-0.06m, harness.Ledger.Total[_share].Realised);
    }

    [Fact]
    public void What_changes_behind_the_best_prices_of_a_book_is_no_news()
    {
        // Were they taken for prices, 10.03 would be the fourth and above a slow average that is warm with three. It is the second.
        Harness harness = new(new VenueOptions(), new RiskLimits(), new EmaCross(_share, Quantity.FromUnits(1), 1, 3));
        harness.Run(new Tape().Top(0, "10.00", "10.02").Level(10, OrderSide.Buy, "9.90", 5).Level(20, OrderSide.Sell, "10.90", 5).Top(30, "10.02", "10.04"));
        Assert.Equal(0, harness.Engine.Counters.Orders);
    }

    [Fact]
    public void A_book_that_shows_one_side_or_is_crossed_says_nothing()
    {
        Harness harness = Run(new Tape().Top(0, "10.00", "10.02").Top(10, "10.02", "99.00", askSize: 0).Top(20, "10.06", "10.04").Top(30, "10.00", "10.02"));
        Assert.Equal(0, harness.Engine.Counters.Orders);
    }

    [Fact]
    public void With_a_book_it_ignores_quotes_and_trades()
    {
        Harness harness = Run(new Tape().Top(0, "10.00", "10.02").Quote(10, "10.04", "10.06").Trade(20, "10.05", 5).Quote(30, "10.06", "10.08").Top(40, "10.00", "10.02"));
        Assert.Equal(0, harness.Engine.Counters.Orders);
    }

    [Fact]
    public void With_quotes_it_ignores_trades()
    {
        Harness harness = Run(new Tape().Quote(0, "10.00", "10.02").Trade(10, "10.03", 5).Trade(20, "10.05", 5).Quote(30, "10.00", "10.02"));
        Assert.Equal(0, harness.Engine.Counters.Orders);
    }

    [Theory]
    [InlineData(CorporateActionKind.Settlement)]
    [InlineData(CorporateActionKind.Split)] // 1-for-10 of one share leaves none.
    public void A_position_that_ends_without_a_fill_is_not_sold_again_and_the_next_rise_is_bought(CorporateActionKind kind)
    {
        Tape tape = new Tape()
            .Quote(0, "10.00", "10.02").Quote(10, "10.02", "10.04").Quote(20, "10.02", "10.04")
            .Action(25, kind, "10.03", newUnits: 1, oldUnits: 10);
        Harness harness = Run(tape.Quote(30, "9.98", "10.00").Quote(40, "9.96", "9.98").Quote(50, "9.94", "9.96"));
        Assert.Equal((1, 1, 0), (harness.Engine.Counters.Orders, harness.Engine.Counters.Fills, harness.Engine.Counters.Denied));

        harness = Run(tape.Quote(60, "10.10", "10.12").Quote(70, "10.10", "10.12"));
        Assert.Equal((2, 2, 0), (harness.Engine.Counters.Orders, harness.Engine.Counters.Fills, harness.Engine.Counters.Denied));
        Assert.True(harness.Ledger.Total[_share].IsLong);
    }

    [Theory]
    [InlineData(5, 5, "1", "below the slow one")]
    [InlineData(0, 5, "1", "A period of 0")]
    [InlineData(2, 5, "0", "above zero")]
    public void It_refuses_settings_that_make_no_sense(int fast, int slow, string size, string sentence)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new EmaCross(_share, Quantity.Parse(size), fast, slow));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    private static Harness Run(Tape tape) => new Harness(new VenueOptions(), new RiskLimits(), new EmaCross(_share, Quantity.FromUnits(1), 1, 2)).Run(tape);
}
