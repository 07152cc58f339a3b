using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>
/// A bracket from its one call to its last report, through the whole engine and a venue without latency. Reports are written as the leg, what
/// happened, and what is left of it.
/// </summary>
public sealed class BracketTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void The_entry_fills_and_the_target_ends_the_stop()
    {
        // Bought 100 at 10.02; the bid comes to 10.20, where the target stands: 100 there, and nothing is left for the stop.
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 100@10.02 left 0",
                "target 100@10.2 left 0", "stop Cancelled OneCancelsOther left 0",
            ],
            Run(Long(100), new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "10.00", "10.03").Quote(2_000, "10.20", "10.22").Quote(3_000, "9.00", "9.02")));
    }

    [Fact]
    public void The_entry_fills_and_the_stop_ends_the_target()
    {
        // The stop of 9.80 sells at the bid of 9.79, of which 100 are shown.
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 100@10.02 left 0",
                "stop Triggered left 100", "stop 100@9.79 left 0", "target Cancelled OneCancelsOther left 0",
            ],
            Run(Long(100), new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "10.00", "10.03").Quote(2_000, "9.79", "9.81").Quote(3_000, "10.30", "10.32")));
    }

    [Fact]
    public void A_market_that_gaps_beyond_both_triggers_the_stop_at_the_new_price()
    {
        // From 10.00 straight to 9.00: the stop has no price of its own to sell at.
        Assert.Equal(
            ["stop Triggered left 100", "stop 100@9 left 0", "target Cancelled OneCancelsOther left 0"],
            Run(Long(100), new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "10.00", "10.03").Quote(2_000, "9.00", "9.02"))[4..]);
    }

    [Fact]
    public void Exits_that_the_market_passed_before_the_entry_filled_act_at_once()
    {
        // The entry rests at 9.90. The ask gaps to 9.70, below the stop of 9.80, whose trigger is the bid of 9.68: bought at 9.90, sold at 9.68.
        BracketRequest bracket = Long(100, limit: "9.90");
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 100@9.9 left 0",
                "stop Triggered left 100", "stop 100@9.68 left 0", "target Cancelled OneCancelsOther left 0",
            ],
            Run(bracket, new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "9.68", "9.70").Quote(2_000, "9.68", "9.71")));
    }

    [Fact]
    public void Each_part_of_the_entry_releases_its_part_of_the_exits()
    {
        // 40 of 100 are bought. 15 of the 40 released go at the target, which leaves 25 of the stop; those trigger at 9.79. The entry's rest
        // is bought at the limit, 60; the stop was triggered for good, and sells them at the bid of 9.90.
        List<string> heard = Run(
            Long(100, limit: "10.02"),
            new Tape().Quote(0, "10.00", "10.02", askSize: 40)
                .Quote(1_000, "10.00", "10.05")
                .Quote(2_000, "10.20", "10.22", bidSize: 15)
                .Quote(3_000, "9.79", "10.21")
                .Quote(4_000, "9.90", "10.02", askSize: 60)
                .Quote(5_000, "10.25", "10.26"));
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 40@10.02 left 60",
                "target 15@10.2 left 85", "stop Replaced OneUpdatesOther left 85",
                "stop Triggered left 85", "stop 25@9.79 left 60", "target Replaced OneUpdatesOther left 60",
                "entry 60@10.02 left 0",
                "stop 60@9.9 left 0", "target Cancelled OneCancelsOther left 0",
            ],
            heard);
    }

    [Fact]
    public void An_entry_that_is_cut_short_leaves_exits_of_what_it_filled()
    {
        // Immediate or cancel: 40 of 100 are shown, the rest is cancelled, and the exits are 40 each.
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 40@10.02 left 60", "entry Cancelled ImmediateOrCancelRest left 0",
                "stop Replaced ParentFilledLess left 40", "target Replaced ParentFilledLess left 40",
                "target 40@10.2 left 0", "stop Cancelled OneCancelsOther left 0",
            ],
            Run(
                Long(100, limit: "10.02", timeInForce: TimeInForce.Ioc),
                new Tape().Quote(0, "10.00", "10.02", askSize: 40).Quote(1_000, "10.00", "10.05").Quote(2_000, "10.20", "10.22")));
    }

    [Fact]
    public void Exits_released_when_filled_wait_for_the_whole_entry()
    {
        // 40 of 100, and the bid at the target: nothing is sold. The entry is cancelled with the exits, which waited for all of it.
        ScriptedStrategy strategy = Script(Long(100, limit: "10.02", release: ChildRelease.WhenFilled), out List<string> heard, out BracketIds[] ids);
        strategy.AtQuote(4, s => s.Desk.Cancel(ids[0].Entry));
        Play(strategy, new Tape().Quote(0, "10.00", "10.02", askSize: 40).Quote(1_000, "10.00", "10.05").Quote(2_000, "10.20", "10.22").Quote(3_000, "10.00", "10.05").Quote(4_000, "10.00", "10.06"));
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 40@10.02 left 60",
                "entry Cancelled UserRequested left 0", "stop Cancelled ParentEnded left 0", "target Cancelled ParentEnded left 0",
            ],
            heard);
    }

    [Fact]
    public void A_bracket_from_the_short_side_has_its_stop_above()
    {
        BracketRequest bracket = new()
        {
            Entry = new() { Instrument = _share, Side = OrderSide.Sell, Quantity = Quantity.FromUnits(50) },
            TakeProfit = new() { LimitPrice = Price.Parse("9.90") },
            StopLoss = new() { Type = OrderType.TrailingStop, Offset = Price.Parse("0.10") },
        };

        // Sold at 10.00 with the ask at 10.03: the stop trails at 10.13, follows the ask down to 9.95 and so to 10.05, and buys at 10.06.
        Assert.Equal(
            [
                "entry Accepted", "target Accepted", "stop Accepted", "entry 50@10 left 0",
                "stop Triggered left 50", "stop 50@10.06 left 0", "target Cancelled OneCancelsOther left 0",
            ],
            Run(bracket, new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "10.00", "10.03").Quote(2_000, "9.93", "9.95").Quote(3_000, "10.04", "10.06").Quote(4_000, "9.80", "9.82")));
    }

    [Fact]
    public void What_the_exits_share_with_the_entry_is_written_into_them()
    {
        Ledger ledger = new(Harness.TwoShares(), 1, new AccountOptions(), orderCapacity: 8);
        OrderDesk desk = new(ledger, new(0));
        BracketIds ids = desk.Bracket(Long(100) with { ExitFlags = OrderFlags.None, TakeProfit = new() { LimitPrice = Price.Parse("10.20"), Flags = OrderFlags.PostOnly, Tag = 9 } });
        (OrderCommand entry, OrderCommand target, OrderCommand stop) = (desk.Commands[0], desk.Commands[1], desk.Commands[2]);
        Assert.Equal(new BracketIds(entry.ClientOrderId, target.ClientOrderId, stop.ClientOrderId), ids);
        Assert.True(ids.Contains(stop.ClientOrderId) && !ids.Contains(ClientOrderId.None));
        Assert.Equal((ids.Entry, ids.Entry), (target.Parent, stop.Parent));
        Assert.Equal((Contingency.None, Contingency.Ouo, Contingency.Ouo), (entry.Contingency, target.Contingency, stop.Contingency));
        Assert.Equal((OrderSide.Sell, Quantity.FromUnits(100), OrderFlags.PostOnly), (target.Side, target.Quantity, target.Flags));
        Assert.Equal((7, 9, 7), (entry.Tag, target.Tag, stop.Tag));
    }

    [Fact]
    public void A_bracket_is_written_whole_or_not_at_all()
    {
        Ledger ledger = new(Harness.TwoShares(), 1, new AccountOptions(), orderCapacity: 8);
        OrderDesk desk = new(ledger, new(0));
        while (ledger.Orders.Free > 2) Assert.False(desk.Buy(_share, Quantity.FromUnits(1)).IsNone);
        int before = desk.Count;
        Assert.True(desk.Bracket(Long(100)).IsNone);
        Assert.Equal((before, 3), (desk.Count, desk.Overflowed));
    }

    [Fact]
    public void Brackets_that_cannot_be_meant_are_refused()
    {
        OrderDesk desk = new(new Ledger(Harness.TwoShares(), 1, new AccountOptions(), orderCapacity: 8), new(0));
        BracketRequest good = Long(100);
        Refused("no child", good with { Entry = good.Entry with { Parent = ClientOrderId.Create(1, 1) } });
        Refused("no child", good with { Entry = good.Entry with { Contingency = Contingency.Oco } });
        Refused("take-profit", good with { TakeProfit = new() });
        Refused("take-profit", good with { TakeProfit = new() { StopPrice = Price.Parse("10.20") } });
        Refused("stop-loss", good with { StopLoss = new() { LimitPrice = Price.Parse("9.80") } });
        Assert.Equal(0, desk.Count);

        void Refused(string why, BracketRequest bracket) => Assert.Contains(why, Assert.Throws<ArgumentException>(() => desk.Bracket(bracket)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.20")]
    [InlineData("10.21")]
    public void A_stop_at_the_target_or_beyond_it_is_denied_and_the_run_goes_on(string stop)
    {
        List<string> heard = Run(
            Long(100) with { StopLoss = new() { StopPrice = Price.Parse(stop) } },
            new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "10.00", "10.03").Quote(2_000, "10.20", "10.22"));
        Assert.Equal(["entry Rejected ListIncomplete left 0", "stop Denied InvalidPrice left 0", "target Rejected ListIncomplete left 0"], heard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_short_bracket_the_wrong_way_round_is_denied() => Assert.Contains(
        "stop Denied InvalidPrice left 0",
        Run(Long(100) with { Entry = Long(100).Entry with { Side = OrderSide.Sell } }, new Tape().Quote(0, "10.00", "10.02").Quote(1_000, "10.00", "10.03")));

    /// <summary>Buys at the market or at a limit; out at 10.20 or by a stop at 9.80.</summary>
    private static BracketRequest Long(long quantity, string? limit = null, TimeInForce timeInForce = TimeInForce.Gtc, ChildRelease release = ChildRelease.ProRata) => new()
    {
        Entry = new()
        {
            Instrument = _share,
            Side = OrderSide.Buy,
            Quantity = Quantity.FromUnits(quantity),
            LimitPrice = limit is null ? null : Price.Parse(limit),
            TimeInForce = timeInForce,
            Tag = 7,
        },
        TakeProfit = new() { LimitPrice = Price.Parse("10.20") },
        StopLoss = new() { StopPrice = Price.Parse("9.80") },
        Release = release,
    };

    private static List<string> Run(BracketRequest bracket, Tape tape)
    {
        Play(Script(bracket, out List<string> heard, out _), tape);
        return heard;
    }

    private static void Play(ScriptedStrategy strategy, Tape tape) =>
        _ = new Harness(VenueOptions.Instant with { Depth = DepthModel.Displayed }, RiskLimits.Parse("collar-bps=off"), strategy).Run(tape);

    private static ScriptedStrategy Script(BracketRequest bracket, out List<string> heard, out BracketIds[] ids)
    {
        List<string> lines = [];
        BracketIds[] names = new BracketIds[1];
        (heard, ids) = (lines, names);
        return new ScriptedStrategy { AtReport = (_, report) => lines.Add(Line(names[0], report)) }.AtQuote(1, s => names[0] = s.Desk.Bracket(bracket));
    }

    private static string Line(BracketIds ids, ExecutionReport report)
    {
        string leg = report.ClientOrderId == ids.Entry ? "entry" : report.ClientOrderId == ids.TakeProfit ? "target" : "stop";
        if (report.Kind == ReportKind.Accepted) return $"{leg} Accepted";
        string what = report.Kind == ReportKind.Fill ? $"{report.LastQuantity}@{report.LastPrice}" : $"{report.Kind}{(report.Reason == ReasonCode.None ? "" : $" {report.Reason}")}";
        return $"{leg} {what} left {report.Leaves}";
    }
}
