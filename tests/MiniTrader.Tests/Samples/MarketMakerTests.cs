using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Samples;

public sealed class MarketMakerTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void It_quotes_both_sides_around_the_micro_price()
    {
        // Sizes 300 and 100: micro price 10.00 + 0.08 × 3/4 = 10.06; two ticks either side.
        Harness harness = Begin(halfSpread: 2);
        harness.Engine.Process(new Tape().Quote(0, "10.00", "10.08", 300, 100).Quote(10, "10.00", "10.08", 300, 100).Events);
        Assert.Equal(["Buy 1@10.04", "Sell 1@10.08"], Working(harness));
    }

    [Fact]
    public void With_a_book_it_quotes_around_the_micro_price_of_its_best_prices()
    {
        // The same sizes of 300 and 100, with more behind them, and trades that say otherwise.
        Harness harness = Begin(halfSpread: 2);
        harness.Engine.Process(new Tape()
            .Level(0, OrderSide.Buy, "9.90", 5_000).Top(1, "10.00", "10.08", 300, 100).Level(2, OrderSide.Sell, "10.20", 5_000)
            .Trade(3, "10.06", 50).Trade(10, "10.06", 50).Events);
        Assert.Equal(["Buy 1@10.04", "Sell 1@10.08"], Working(harness));
    }

    [Fact]
    public void With_a_book_it_follows_a_change_of_the_best_prices_and_of_nothing_else()
    {
        Harness harness = Begin(halfSpread: 2);
        harness.Engine.Process(new Tape().Top(0, "10.00", "10.08").Top(10, "10.01", "10.09").Level(20, OrderSide.Buy, "9.90", 500).Level(30, OrderSide.Buy, "9.90", 0).Events);
        Assert.Equal(2, harness.Engine.Counters.Changes);
        Assert.Equal(["Buy 1@10.03", "Sell 1@10.07"], Working(harness));
    }

    [Fact]
    public void It_leaves_its_quotes_alone_until_the_ideal_price_is_a_tick_away()
    {
        Harness harness = Begin(halfSpread: 2);
        harness.Engine.Process(new Tape().Quote(0, "10.00", "10.08").Quote(10, "10.00", "10.08", 110, 100).Quote(20, "10.00", "10.08", 100, 110).Events);
        Assert.Equal(0, harness.Engine.Counters.Changes);

        harness.Engine.Process(new Tape().Quote(30, "10.01", "10.09").Quote(40, "10.01", "10.09").Events);
        Assert.Equal(2, harness.Engine.Counters.Changes);
        Assert.Equal(["Buy 1@10.03", "Sell 1@10.07"], Working(harness));
    }

    [Fact]
    public void What_it_holds_moves_its_quotes_against_it()
    {
        // A trade below the bid of 10.03 fills it; one clip long moves both sides two ticks down.
        Harness harness = Begin(halfSpread: 1, skew: 2);
        harness.Engine.Process(new Tape()
            .Quote(0, "10.00", "10.08").Quote(10, "10.00", "10.08").Trade(20, "10.02", 50, AggressorSide.Seller)
            .Quote(30, "10.00", "10.08").Quote(40, "10.00", "10.08").Events);
        Assert.Equal(1, harness.Engine.Counters.Fills);
        Assert.Equal(["Buy 1@10.01", "Sell 1@10.03"], Working(harness));
    }

    [Fact]
    public void A_side_that_would_carry_it_past_its_limit_is_not_quoted()
    {
        Harness harness = Begin(halfSpread: 1, skew: 0, maxClips: 1);
        harness.Engine.Process(new Tape()
            .Quote(0, "10.00", "10.08").Quote(10, "10.00", "10.08").Trade(20, "10.02", 50, AggressorSide.Seller)
            .Quote(30, "10.00", "10.08").Quote(40, "10.00", "10.08").Events);
        Assert.Equal(["Sell 1@10.05"], Working(harness));
    }

    [Fact]
    public void However_far_it_leans_it_never_crosses_the_market()
    {
        Harness harness = Begin(halfSpread: 1, skew: 50, maxClips: 2);
        harness.Engine.Process(new Tape()
            .Quote(0, "10.00", "10.08").Quote(10, "10.00", "10.08").Trade(20, "10.02", 50, AggressorSide.Seller)
            .Quote(30, "10.00", "10.08").Quote(40, "10.00", "10.08").Events);
        Assert.Equal(0, harness.Engine.Counters.Rejected);
        Assert.Equal("Sell 1@10.01", Working(harness)[1]);
    }

    [Theory]
    [InlineData("0", 1, 0, 1, "size")]
    [InlineData("1", 0, 0, 1, "half spread")]
    [InlineData("1", 1, -1, 1, "skew")]
    [InlineData("1", 1, 0, 0, "clip")]
    public void It_refuses_settings_that_make_no_sense(string size, double halfSpread, double skew, int maxClips, string word)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new MarketMaker(_share, Quantity.Parse(size), halfSpread, skew, maxClips));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    private static Harness Begin(double halfSpread, double skew = 0, int maxClips = 5) =>
        new(new VenueOptions(), new RiskLimits(), new MarketMaker(_share, Quantity.FromUnits(1), halfSpread, skew, maxClips));

    private static List<string> Working(Harness harness)
    {
        List<string> orders = [];
        foreach (ref readonly OrderRecord order in harness.Ledger.WorkingOf(new(0), _share)) orders.Add($"{order.Side} {order.Leaves}@{order.LimitPrice}");
        orders.Sort(StringComparer.Ordinal);
        return orders;
    }
}
