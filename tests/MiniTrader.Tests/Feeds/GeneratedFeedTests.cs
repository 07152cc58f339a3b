using System.Runtime.InteropServices;
using CsCheck;
using MiniTrader.Feeds;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Feeds;

public sealed class GeneratedFeedTests
{
    private static MarketEvent[] All(GeneratedMarketOptions options, int batch = 4096)
    {
        using GeneratedFeed feed = new GeneratedMarket(options).OpenFeed();
        MarketEvent[] events = new MarketEvent[options.Rows];
        int count = 0;
        while (!feed.IsFinished) count += feed.Fill(events.AsSpan(count, Math.Min(batch, events.Length - count)));
        Assert.Equal(options.Rows, count);
        Assert.Equal(0, feed.Fill(new MarketEvent[4]));
        return events;
    }

    private static string Hash(ReadOnlySpan<MarketEvent> events)
    {
        RollingHash hash = default;
        foreach (ref readonly MarketEvent e in events) hash.Add(in e);
        return hash.ToString();
    }

    /// <summary>Written down once: a machine or version that differs in one bit of one event fails here.</summary>
    [Theory]
    [InlineData("seed=1,rows=100000", "d866a038a90d4a3f")]
    [InlineData("seed=42,rows=50000,instruments=5,days=3,trades=0.5,volatility=0.03,correlation=0.2", "7ecc9410bb2704a1")]
    public void The_same_options_give_the_same_bytes_on_every_machine(string text, string expected)
    {
        Assert.Equal(expected, Hash(All(GeneratedMarketOptions.Parse(text))));
    }

    [Fact]
    public void The_batch_size_does_not_matter()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 5], Gen.Long[1, 3_000], Gen.Int[0, 4], Gen.Int[1, 700]).Sample((seed, instruments, rows, days, batch) =>
        {
            GeneratedMarketOptions options = new() { Seed = seed, Instruments = instruments, Rows = rows, Days = days };
            return Hash(All(options)) == Hash(All(options, batch));
        }, iter: 60);
    }

    [Fact]
    public void Seeds_differ()
    {
        Assert.NotEqual(Hash(All(new() { Seed = 1, Rows = 1_000 })), Hash(All(new() { Seed = 2, Rows = 1_000 })));
    }

    [Fact]
    public void Time_ascends_strictly_and_stays_inside_the_sessions()
    {
        Gen.Select(Gen.ULong, Gen.Long[1, 5_000], Gen.Int[1, 6]).Sample((seed, rows, days) =>
        {
            GeneratedMarketOptions options = new() { Seed = seed, Rows = rows, Days = days, Start = new(2024, 2, 29) };
            GeneratedMarket market = new(options);
            TradingSessions sessions = market.Instruments[0].Sessions!;
            Timestamp last = Timestamp.MinValue;
            foreach (MarketEvent e in All(options))
            {
                Assert.True(e.Header.VenueTime > last);
                Assert.True(sessions.IsOpen(e.Header.VenueTime));
                Assert.Equal(e.Header.VenueTime, e.Header.ReceivedTime);
                last = e.Header.VenueTime;
            }
        }, iter: 40);
    }

    [Fact]
    public void Weekends_are_skipped_and_rows_are_shared_evenly()
    {
        // 2024-01-05 is a Friday: the four days are Fri 5, Mon 8, Tue 9, Wed 10.
        GeneratedMarket market = new(new() { Rows = 10, Days = 4, Start = new(2024, 1, 5) });
        Assert.Equal(["2024-01-05", "2024-01-08", "2024-01-09", "2024-01-10"],
            Enumerable.Range(0, market.Days).Select(d => market.OpenOf(d).ToString()[..10]));
        Assert.Equal([2L, 3L, 2L, 3L], Enumerable.Range(0, 4).Select(market.RowsOf));
        Assert.Equal("2024-01-05T14:30:00Z", market.OpenOf(0).ToString());
    }

    [Fact]
    public void Every_event_is_one_that_a_real_book_could_show()
    {
        GeneratedMarketOptions options = new() { Seed = 3, Rows = 200_000, Instruments = 3, TradeShare = 0.4, DailyVolatility = 0.05 };
        GeneratedMarket market = new(options);
        QuoteTick[] last = new QuoteTick[3];
        long[] sequence = new long[3];
        foreach (MarketEvent e in All(options))
        {
            int i = e.Header.Instrument.Index;
            Assert.Equal(EventFlags.ForBoth, e.Header.Flags);
            if (e.Header.Kind == EventKind.Quote)
            {
                Assert.True(e.Quote.Bid.Raw > 0 && e.Quote.Bid < e.Quote.Ask);
                Assert.True(e.Quote.IsTwoSided);
                Assert.True(e.Quote.Bid.IsMultipleOf(market.Instruments[i].TickSize) && e.Quote.Ask.IsMultipleOf(market.Instruments[i].TickSize));
                Assert.Equal(++sequence[i], e.Quote.Sequence);
                last[i] = e.Quote;
                continue;
            }

            Assert.Equal(EventKind.Trade, e.Header.Kind);
            bool isBuy = e.Trade.Aggressor == AggressorSide.Buyer;
            Assert.Equal(isBuy ? last[i].Ask : last[i].Bid, e.Trade.Price);
            Quantity shown = isBuy ? last[i].AskSize : last[i].BidSize;
            Assert.True(e.Trade.Size.IsPositive && e.Trade.Size <= shown);
            if (isBuy) last[i].AskSize -= e.Trade.Size;
            else last[i].BidSize -= e.Trade.Size;
            Assert.Equal(++sequence[i], e.Trade.Sequence);
        }
    }

    /// <summary>
    /// Other tests collect garbage meanwhile, and a collection that retires this thread's allocation context counts its rest:
    /// one clean round proves it.
    /// </summary>
    [Fact]
    public void Filling_allocates_nothing()
    {
        MarketEvent[] slots = new MarketEvent[512];
        long least = long.MaxValue;
        for (int round = 0; round < 10 && least > 0; round++)
        {
            using GeneratedFeed feed = new GeneratedMarket(new() { Rows = 300_000, Days = 5 }).OpenFeed();
            feed.Fill(slots);
            long before = GC.GetAllocatedBytesForCurrentThread();
            while (!feed.IsFinished) feed.Fill(slots);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void A_long_market_keeps_its_prices_positive()
    {
        GeneratedMarketOptions options = new() { Seed = 9, Rows = 400_000, Days = 4_000, DailyVolatility = 0.2, Correlation = 1 };
        foreach (MarketEvent e in All(options))
        {
            if (e.Header.Kind == EventKind.Quote) Assert.True(e.Quote.Bid.Raw > 0 && e.Quote.Ask.ToDouble() < 100_000);
        }
    }

    [Fact]
    public void All_bytes_of_a_used_slot_are_set()
    {
        GeneratedMarket market = new(new() { Rows = 2_000 });
        MarketEvent[] clean = new MarketEvent[2_000], dirty = new MarketEvent[2_000];
        MemoryMarshal.AsBytes(dirty.AsSpan()).Fill(0xAA);
        market.OpenFeed().Fill(clean);
        market.OpenFeed().Fill(dirty);
        Assert.True(MemoryMarshal.AsBytes<MarketEvent>(clean).SequenceEqual(MemoryMarshal.AsBytes<MarketEvent>(dirty)));
    }
}
