using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Samples;

/// <summary>The first leg costs about twice the second, so a hedge of one unit is two. A window of four and an entry at 1.4.</summary>
public sealed class PairTradeTests
{
    private static readonly InstrumentId _first = new(0);
    private static readonly InstrumentId _second = new(1);

    [Fact]
    public void It_sells_the_dear_leg_and_buys_the_cheap_one_for_the_same_money()
    {
        Harness harness = Run(Divergence());
        Assert.Equal(2, harness.Engine.Counters.Orders);
        Assert.Equal(Quantity.FromUnits(-100), harness.Ledger.Total[_first].Quantity);

        // Ratio of the mids: 20.51 / 10.01; of 100 × 2.0489… the whole lots are bought.
        Assert.Equal(Quantity.FromUnits(204), harness.Ledger.Total[_second].Quantity);
    }

    [Fact]
    public void Books_serve_as_well_as_quotes()
    {
        Tape tape = new();
        foreach ((double time, string bid, string ask) in new[] { (0, "20.00", "20.02"), (10, "20.00", "20.02"), (20, "20.00", "20.02"), (30, "20.50", "20.52"), (40.0, "20.50", "20.52") })
        {
            tape.Top(time, bid, ask, 1_000, 1_000).Top(time, "10.00", "10.02", 1_000, 1_000, instrument: 1);
        }

        Harness harness = Run(tape);
        Assert.Equal((2, Quantity.FromUnits(-100), Quantity.FromUnits(204)), (harness.Engine.Counters.Orders, harness.Ledger.Total[_first].Quantity, harness.Ledger.Total[_second].Quantity));
    }

    [Fact]
    public void It_closes_both_legs_when_the_ratio_is_back()
    {
        Harness harness = Run(Both(Both(Divergence(), 60, "20.00", "20.02"), 70, "20.00", "20.02"));
        Assert.Equal(4, harness.Engine.Counters.Orders);
        Assert.True(harness.Ledger.Total[_first].IsFlat);
        Assert.True(harness.Ledger.Total[_second].IsFlat);
    }

    [Fact]
    public void One_leg_that_the_venue_left_alone_is_closed()
    {
        // The second leg's 204 exceed the limit of 150 and are denied.
        Harness harness = Run(Both(Both(Divergence(), 60, "20.50", "20.52"), 70, "20.50", "20.52"), "max-position=150");
        Assert.Equal(1, harness.Engine.Counters.Denied);
        Assert.True(harness.Ledger.Total[_first].IsFlat);
        Assert.True(harness.Ledger.Total[_second].IsFlat);
    }

    [Fact]
    public void It_samples_no_more_often_than_it_was_told()
    {
        Harness harness = Run(Divergence(), sampleSeconds: 60);
        Assert.Equal(0, harness.Engine.Counters.Orders);
    }

    [Fact]
    public void It_refuses_settings_that_make_no_sense()
    {
        Refuses("two instruments", () => new PairTrade(_first, _first, Quantity.FromUnits(1)));
        Refuses("size", () => new PairTrade(_first, _second, Quantity.Zero));
        Refuses("below the entry", () => new PairTrade(_first, _second, Quantity.FromUnits(1), entry: 1, exit: 1));
        Refuses("period", () => new PairTrade(_first, _second, Quantity.FromUnits(1), window: 1));
        Refuses("samples", () => new PairTrade(_first, _second, Quantity.FromUnits(1), sampleSeconds: -1));
    }

    private static void Refuses(string word, Func<object> make) =>
        Assert.Contains(word, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

    private static Tape Divergence()
    {
        Tape tape = new();
        for (int i = 0; i < 3; i++) Both(tape, i * 10, "20.00", "20.02");
        Both(tape, 30, "20.50", "20.52");
        return Both(tape, 40, "20.50", "20.52");
    }

    private static Tape Both(Tape tape, double time, string bid, string ask) =>
        tape.Quote(time, bid, ask, 1_000, 1_000).Quote(time, "10.00", "10.02", 1_000, 1_000, instrument: 1);

    private static Harness Run(Tape tape, string limits = "", double sampleSeconds = 0) => new Harness(
        new VenueOptions(), RiskLimits.Parse(limits), new PairTrade(_first, _second, Quantity.FromUnits(100), window: 4, entry: 1.4, sampleSeconds: sampleSeconds)).Run(tape);
}
