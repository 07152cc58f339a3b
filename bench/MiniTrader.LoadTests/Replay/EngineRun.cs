using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>One replay through the whole engine: ring, venue, risk gate, books, an averages-cross strategy on each instrument.</summary>
internal sealed record EngineRun(double EventsPerSecond, double AllocatedBytesPerEvent, EngineCounters Counters, ulong Hash)
{
    /// <summary>Averages that make the strategy trade about once in 150 quotes of the generated market.</summary>
    public const int FastPeriod = 90, SlowPeriod = 260;

    public static EngineRun Inline(CatalogFeed feed, InstrumentTable instruments) => Run(feed, instruments, isThreaded: false);

    public static EngineRun Threaded(CatalogFeed feed, InstrumentTable instruments) => Run(feed, instruments, isThreaded: true);

    private static EngineRun Run(CatalogFeed feed, InstrumentTable instruments, bool isThreaded)
    {
        List<StrategySeat> seats = instruments
            .Select((_, i) => new StrategySeat(new EmaCross(new(i), Quantity.FromUnits(1), FastPeriod, SlowPeriod), [new(i)]))
            .ToList();
        Ledger ledger = new(instruments, seats.Count, new AccountOptions(), fillCapacity: FillJournal.CapacityWithoutRevisions);
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = new(
            new EngineOptions(), ledger, new RiskGate(ledger, new RiskLimits()), seats, new SimulatedVenuePort(new SimulatedVenue(instruments, new VenueOptions())), default);

        using RingBuffer<MarketEvent> ring = new(
            isThreaded ? EngineLoop<SimulatedVenuePort, NoRecorder>.ThreadedRingSize : EngineLoop<SimulatedVenuePort, NoRecorder>.InlineRingSize, WaitStrategy.BusySpin());
        EngineLoop<SimulatedVenuePort, NoRecorder> loop = new(engine, ring, isThreaded ? null : feed);
        using AgentThread? feedThread = isThreaded ? new("feed", new FeedLoop(ring, feed), new BusySpinIdleStrategy()) : null;
        using AgentThread engineThread = new("engine", loop, new BusySpinIdleStrategy());
        feedThread?.Start();
        engineThread.Start();
        feedThread?.Join();
        engineThread.Join();
        long events = engine.Counters.Events;
        return new(events / loop.Elapsed.TotalSeconds, loop.AllocatedBytes / (double)events, engine.Counters, engine.Hash);
    }
}
