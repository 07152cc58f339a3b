using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.LoadTests;

/// <summary>
/// Keeps the full order book of every stock and shows each change to a strategy, whose hook reads the best prices. A cancel takes away
/// shares as an execution does, which is what the book makes of both.
/// </summary>
internal struct BookHandler(OrderBook?[] books, Strategy strategy, ItchLookahead ahead) : IItchHandler
{
    private const long PriceUnit = 100_000;

    private ItchLookahead _ahead = ahead;
    private MarketEvent _event = new() { Header = new() { Kind = EventKind.BookDelta, Flags = EventFlags.ForBoth } };

    /// <summary>All of them.</summary>
    public long Messages;

    /// <summary>Deltas that no book took.</summary>
    public long Refused;

    public void OnSystemEvent(in ItchSystemEvent message) => Begin();

    public void OnStockDirectory(in ItchStockDirectory message) => Begin();

    public void OnTradingAction(in ItchTradingAction message) => Begin();

    public void OnAddOrder(in ItchAddOrder message)
    {
        Begin();
        Apply(message.Header, BookAction.Add, message.OrderSide, message.OrderId, message.Price, message.Shares);
    }

    public void OnOrderExecuted(in ItchOrderExecuted message)
    {
        Begin();
        Apply(message.Header, BookAction.Execute, OrderSide.None, message.OrderId, 0, message.Shares);
    }

    public void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message)
    {
        Begin();
        Apply(message.Header, BookAction.Execute, OrderSide.None, message.OrderId, message.Price, message.Shares);
    }

    public void OnOrderCancel(in ItchOrderCancel message)
    {
        Begin();
        Apply(message.Header, BookAction.Execute, OrderSide.None, message.OrderId, 0, message.Shares);
    }

    public void OnOrderDelete(in ItchOrderDelete message)
    {
        Begin();
        Apply(message.Header, BookAction.Delete, OrderSide.None, message.OrderId, 0, 0);
    }

    /// <summary>Two changes; the new order's side is the old one's, which the book knows.</summary>
    public void OnOrderReplace(in ItchOrderReplace message)
    {
        Begin();
        if (books[message.Header.Locate] is not { } book || !book.TryGetOrder((long)message.OrderId, out RestingOrder old))
        {
            Refused++;
            return;
        }

        Apply(message.Header, BookAction.Delete, OrderSide.None, message.OrderId, 0, 0);
        Apply(message.Header, BookAction.Add, old.Side, message.NewOrderId, message.Price, message.Shares);
    }

    public void OnTrade(in ItchTrade message) => Begin();

    public void OnCrossTrade(in ItchCrossTrade message) => Begin();

    public void OnBrokenTrade(in ItchBrokenTrade message) => Begin();

    public void OnNetOrderImbalance(in ItchNetOrderImbalance message) => Begin();

    public void OnOther(in ItchHeader message) => Begin();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin()
    {
        Messages++;
        _ahead.Advance();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Apply(in ItchHeader header, BookAction action, OrderSide side, ulong id, uint price, uint shares)
    {
        ref BookDelta delta = ref _event.BookDelta;
        int locate = header.Locate;
        delta.Header.VenueTime = delta.Header.ReceivedTime = new(header.Nanoseconds);
        delta.Header.Instrument = new(locate);
        delta.Action = action;
        delta.Side = side;
        delta.OrderId = (long)id;
        delta.Price = new(price * PriceUnit);
        delta.Size = new(shares * FixedPoint.One);
        if (books[locate] is not { } book || book.Apply(in delta) > BookResult.Crossed)
        {
            Refused++;
            return;
        }

        strategy.OnBookDelta(in delta);
    }
}

/// <summary>A strategy whose hook reads the best prices of the book that changed.</summary>
internal sealed class BestPrices(OrderBook?[] books) : Strategy
{
    public long Sum { get; private set; }

    public override void OnBookDelta(in BookDelta delta)
    {
        OrderBook book = books[delta.Header.Instrument.Index]!;
        if (book.HasBid && book.HasAsk) Sum += book.BestAsk.Raw - book.BestBid.Raw;
    }
}
