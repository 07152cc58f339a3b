using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>
/// A made market of price levels: nearly all changes are sizes near the best prices, one in <see cref="MoveEvery"/> moves the best prices
/// by a tick, with the trade that did it. The same seed gives the same rows.
/// </summary>
internal sealed class LevelMarket(ulong seed)
{
    /// <summary>Changes of the book for one move of its best prices, on average.</summary>
    public const int MoveEvery = 100;

    private const long Tick = 10_000_000;
    private SeededRandom _random = new(seed);
    private Timestamp _now = Timestamp.Parse("2024-01-02T14:30");
    private long _bid = 100_000;

    public static Instrument Instrument { get; } = new() { Symbol = "L2", Venue = "XGEN", AssetClass = AssetClass.Crypto };

    /// <summary>Fills a batch of deltas and the trades among them; answers how many trades.</summary>
    public int Fill(Span<MarketEvent> deltas, Span<MarketEvent> trades)
    {
        int tradeCount = 0, i = 0;
        while (i < deltas.Length)
        {
            _now += 1 + _random.NextInt64(20_000);
            if (_random.NextInt64(MoveEvery) == 0 && i + 2 <= deltas.Length)
            {
                bool isUp = _random.NextInt64(2) == 0;
                long price = isUp ? _bid + 1 : _bid;
                Write(ref trades[tradeCount++], EventKind.Trade).Trade = Trade(price, isUp);
                Show(ref deltas[i++], isUp ? OrderSide.Sell : OrderSide.Buy, price, 0).Header.Flags |= EventFlags.Partial;
                Show(ref deltas[i++], isUp ? OrderSide.Buy : OrderSide.Sell, price, 1 + _random.NextInt64(50));
                _bid += isUp ? 1 : -1;
                continue;
            }

            OrderSide side = _random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            long depth = _random.NextInt64(20) == 0 ? _random.NextInt64(200) : Math.Min(_random.NextInt64(12), _random.NextInt64(12));
            Show(ref deltas[i++], side, side == OrderSide.Buy ? _bid - depth : _bid + 1 + depth, 1 + _random.NextInt64(500));
        }

        return tradeCount;
    }

    /// <summary>Writes a catalog of that many deltas into an empty folder.</summary>
    public static void Write(string directory, long rows)
    {
        using CatalogWriter writer = new(directory, new TickFileOptions());
        LevelMarket market = new(17);
        MarketEvent[] deltas = new MarketEvent[8_192], trades = new MarketEvent[8_192];
        for (long row = 0; row < rows; row += deltas.Length)
        {
            Span<MarketEvent> batch = deltas.AsSpan(0, (int)Math.Min(deltas.Length, rows - row));
            int count = market.Fill(batch, trades);
            writer.Append(Instrument, batch);
            if (count > 0) writer.Append(Instrument, trades.AsSpan(0, count));
        }

        writer.Complete();
    }

    private TradeTick Trade(long price, bool isUp)
    {
        MarketEvent e = default;
        Write(ref e, EventKind.Trade);
        e.Trade.Price = new(price * Tick);
        e.Trade.Size = Quantity.FromUnits(1 + _random.NextInt64(300));
        e.Trade.Aggressor = isUp ? AggressorSide.Buyer : AggressorSide.Seller;
        return e.Trade;
    }

    private ref MarketEvent Show(ref MarketEvent e, OrderSide side, long price, long size)
    {
        Write(ref e, EventKind.BookDelta);
        e.BookDelta.Action = BookAction.Modify;
        e.BookDelta.Side = side;
        e.BookDelta.Price = new(price * Tick);
        e.BookDelta.Size = Quantity.FromUnits(size);
        return ref e;
    }

    private ref MarketEvent Write(ref MarketEvent e, EventKind kind)
    {
        e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = _now;
        e.Header.Kind = kind;
        e.Header.Flags = EventFlags.ForBoth;
        return ref e;
    }
}
