using MiniTrader.Exchange;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Strategies;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Samples;

/// <summary>The samples are what users copy, so they keep the engine's promise: nothing is allocated per event.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class SampleAllocationTests
{
    private static readonly InstrumentId _first = new(0);
    private static readonly Quantity _lot = Quantity.FromUnits(1);

    [Theory]
    [InlineData(nameof(EmaCross), false)]
    [InlineData(nameof(MeanReversion), false)]
    [InlineData(nameof(MarketMaker), false)]
    [InlineData(nameof(PairTrade), false)]
    [InlineData(nameof(EmaCross), true)]
    [InlineData(nameof(MeanReversion), true)]
    [InlineData(nameof(MarketMaker), true)]
    [InlineData(nameof(PairTrade), true)]
    public void No_sample_allocates_while_it_trades(string name, bool isBook)
    {
        Strategy strategy = name switch
        {
            nameof(EmaCross) => new EmaCross(_first, _lot),
            nameof(MeanReversion) => new MeanReversion(_first, _lot, window: 50),
            nameof(MarketMaker) => new MarketMaker(_first, _lot),
            _ => new PairTrade(_first, new(1), _lot, window: 50),
        };
        GeneratedMarket market = new(GeneratedMarketOptions.Parse($"generated:rows=100000,instruments={(name == nameof(PairTrade) ? 2 : 1)}"));
        MarketEvent[] events = new MarketEvent[100_000];
        using (GeneratedFeed feed = market.OpenFeed())
        {
            for (int filled = 0; filled < events.Length;) filled += feed.Fill(events.AsSpan(filled));
        }

        if (isBook) events = AsBooks(events);
        Harness harness = new(market.Instruments, new VenueOptions(), RiskLimits.Parse("max-messages-per-second=off"), strategy);
        int half = events.Length / 2;
        for (int i = 0; i < half; i += 250) harness.Engine.Process(events.AsSpan(i, Math.Min(250, half - i)));
        long fillsBefore = harness.Engine.Counters.Fills;

        long allocated = Allocations.OnceOf(() =>
        {
            for (int i = half; i < events.Length; i += 250) harness.Engine.Process(events.AsSpan(i, Math.Min(250, events.Length - i)));
        });
        Assert.Equal(0, allocated);
        Assert.True(harness.Engine.Counters.Fills > fillsBefore, "The sample did not trade.");
    }

    /// <summary>Each quote as a packet that clears a book of levels and shows the quote's two.</summary>
    private static MarketEvent[] AsBooks(MarketEvent[] events)
    {
        List<MarketEvent> made = [];
        foreach (MarketEvent e in events)
        {
            if (e.Header.Kind != EventKind.Quote)
            {
                made.Add(e);
                continue;
            }

            Show(BookAction.Clear, OrderSide.None, default, default);
            if (e.Quote.BidSize.IsPositive) Show(BookAction.Add, OrderSide.Buy, e.Quote.Bid, e.Quote.BidSize);
            if (e.Quote.AskSize.IsPositive) Show(BookAction.Add, OrderSide.Sell, e.Quote.Ask, e.Quote.AskSize);
            MarketEvent last = made[^1];
            last.Header.Flags &= ~EventFlags.Partial;
            made[^1] = last;

            void Show(BookAction action, OrderSide side, Price price, Quantity size)
            {
                MarketEvent delta = default;
                delta.Header = e.Header;
                delta.Header.Kind = EventKind.BookDelta;
                delta.Header.Flags |= EventFlags.Partial;
                (delta.BookDelta.Action, delta.BookDelta.Side, delta.BookDelta.Price, delta.BookDelta.Size) = (action, side, price, size);
                made.Add(delta);
            }
        }

        return [.. made];
    }
}
