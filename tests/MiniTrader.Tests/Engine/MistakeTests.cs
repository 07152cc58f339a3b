using System.Runtime.CompilerServices;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Samples;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>Mistakes of other engines that are not of the venue: currencies, determinism, memory.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class MistakeTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void A_sell_is_judged_and_booked_in_its_own_currency()
    {
        // A euro is worth 2 dollars. 8 × 100 euros are 1600 dollars, above the limit of 1500 dollars; 7 × 100 are 1400.
        InstrumentTable table = new([new Instrument { Symbol = "EU", Venue = "XTST", Currency = Currency.Parse("EUR") }]);
        ScriptedStrategy strategy = new ScriptedStrategy()
            .AtQuote(1, s => s.Desk.Sell(_share, Quantity.FromUnits(8)))
            .AtQuote(2, s => s.Desk.Buy(_share, Quantity.FromUnits(7)))
            .AtQuote(3, s => s.Desk.Sell(_share, Quantity.FromUnits(7)));
        Ledger ledger = new(table, 1, new AccountOptions { InitialCash = 1_000m, Rates = new Dictionary<Currency, decimal> { [Currency.Parse("EUR")] = 2m } });
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = new(
            new EngineOptions { EquityInterval = 0 }, ledger, new RiskGate(ledger, RiskLimits.Parse("max-order-notional=1500")), [new StrategySeat(strategy, [])],
            new SimulatedVenuePort(new SimulatedVenue(table, VenueOptions.Instant)), default);
        engine.Process(new Tape().Quote(0, "100", "100").Quote(1, "100", "100").Quote(2, "101", "101").Quote(3, "101", "101").Events);
        engine.Finish();

        Assert.Equal(ReasonCode.MaxOrderNotional, strategy.Reports.Single(r => r.Kind == ReportKind.Denied).Reason);
        Assert.Equal(2, strategy.Reports.Count(r => r.Kind == ReportKind.Fill));

        // The dollars are untouched; 7 euros were earned.
        Assert.Equal((1_000m, 7m), (ledger.Account.CashAt(0), ledger.Account.CashAt(1)));
        Assert.Equal(1_014m, ledger.Account.Snapshot().Equity);
    }

    [Fact]
    public void The_same_backtest_has_one_result_however_often_it_runs_in_a_process()
    {
        // Hash codes of texts differ from process to process and nothing may depend on them; a fixed result would say so too.
        HashSet<ulong> hashes = [];
        for (int i = 0; i < 3; i++) hashes.Add(RunOnce("generated:seed=5,rows=20000,instruments=2", out _));
        Assert.Single(hashes);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_data()
    {
        GeneratedMarket market = new(GeneratedMarketOptions.Parse("generated:rows=120000"));
        Harness harness = new(market.Instruments, new VenueOptions(), RiskLimits.Parse("max-messages-per-second=off"), new MarketMaker(_share, Quantity.FromUnits(1)));
        using GeneratedFeed feed = market.OpenFeed();
        MarketEvent[] slots = new MarketEvent[256];
        Feed(20_000);
        long early = GC.GetAllocatedBytesForCurrentThread();
        Feed(100_000);

        // A collection that retires the thread's allocation context counts just under 8 KiB that nobody asked for.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - early, 0, 8 << 10);

        void Feed(long events)
        {
            for (long until = harness.Engine.Counters.Events + events; harness.Engine.Counters.Events < until && !feed.IsFinished;)
                harness.Engine.Process(slots.AsSpan(0, feed.Fill(slots)));
        }
    }

    [Fact]
    public void Many_runs_in_one_process_leave_nothing_behind()
    {
        List<WeakReference[]> runs = [];
        for (int i = 0; i < 12; i++)
        {
            RunOnce("generated:rows=2000", out WeakReference[] parts);
            runs.Add(parts);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // Engine, ledger, gate, market, feed and slots; those of the last run may still stand in a register or on the stack.
        Assert.All(runs.SkipLast(1), parts => Assert.All(parts, part => Assert.False(part.IsAlive)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong RunOnce(string options, out WeakReference[] parts)
    {
        GeneratedMarket market = new(GeneratedMarketOptions.Parse(options));
        Harness harness = new(market.Instruments, new VenueOptions(), RiskLimits.Parse("max-messages-per-second=off"), new MarketMaker(_share, Quantity.FromUnits(1)));
        using GeneratedFeed feed = market.OpenFeed();
        MarketEvent[] slots = new MarketEvent[256];
        while (!feed.IsFinished) harness.Engine.Process(slots.AsSpan(0, feed.Fill(slots)));
        harness.Engine.Finish();
        parts = [.. new object[] { harness.Engine, harness.Ledger, harness.Risk, market, feed, slots }.Select(part => new WeakReference(part))];
        return harness.Engine.Hash;
    }
}
