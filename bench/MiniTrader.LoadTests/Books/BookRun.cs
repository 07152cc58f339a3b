using MiniTrader.Books;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>One replay of books through the whole engine: the venue with its book, risk gate, positions, a strategy.</summary>
internal sealed record BookRun(double EventsPerSecond, double AllocatedBytesPerEvent, EngineCounters Counters, ulong Hash)
{
    /// <param name="feed">What is replayed.</param>
    /// <param name="instruments">Its instruments.</param>
    /// <param name="strategy">The only strategy.</param>
    /// <param name="isByOrder">A book of orders, or of levels.</param>
    /// <param name="areApart">The engine keeps a book of its own beside the venue's, as it must where there is feed latency.</param>
    public static BookRun Inline(IFeed feed, InstrumentTable instruments, Strategy strategy, bool isByOrder, bool areApart = false)
    {
        Ledger ledger = new(instruments, 1, new AccountOptions(), fillCapacity: FillJournal.CapacityWithoutRevisions);
        RiskGate risk = new(ledger, RiskLimits.Parse("max-messages-per-second=off,max-position=off"));
        SimulatedVenue venue = new(instruments, new VenueOptions());
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = new(new EngineOptions(), ledger, risk, [new StrategySeat(strategy, [])], new SimulatedVenuePort(venue), default, areApart ? null : venue.Books);
        for (int i = 0; i < instruments.Count; i++)
        {
            venue.OpenBook(new(i), isByOrder);
            engine.Books.Open(new(i), isByOrder);
        }

        using RingBuffer<MarketEvent> ring = new(EngineLoop<SimulatedVenuePort, NoRecorder>.InlineRingSize, WaitStrategy.BusySpin());
        EngineLoop<SimulatedVenuePort, NoRecorder> loop = new(engine, ring, feed);
        using AgentThread thread = new("engine", loop, new BusySpinIdleStrategy());
        thread.Start();
        thread.Join();
        return new(engine.Counters.Events / loop.Elapsed.TotalSeconds, loop.AllocatedBytes / (double)engine.Counters.Events, engine.Counters, engine.Hash);
    }

    /// <summary>Decodes a feed into slots and does nothing with them, or applies deltas to one book; rows a second.</summary>
    public static double Bare(IFeed feed, DepthBook? book)
    {
        MarketEvent[] slots = new MarketEvent[256];
        long rows = 0;
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!feed.IsFinished)
        {
            int count = feed.Fill(slots);
            rows += count;
            if (book is null) continue;
            for (int i = 0; i < count; i++)
            {
                if (slots[i].Header.Kind == EventKind.BookDelta) book.Apply(in slots[i].BookDelta);
            }
        }

        return rows / System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
