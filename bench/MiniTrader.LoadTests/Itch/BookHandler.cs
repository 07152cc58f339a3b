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
internal struct BookHandler(OrderBook?[] books, BestPrices strategy) : IItchHandler
{
    private const long PriceUnit = 100_000;

    private BookDelta _delta;

    public long Messages;

    /// <summary>Deltas that no book took; the last result that was not a plain one says why.</summary>
    public long Refused;

    public void OnSystemEvent(in ItchSystemEvent message) => Messages++;

    public void OnStockDirectory(in ItchStockDirectory message) => Messages++;

    public void OnTradingAction(in ItchTradingAction message) => Messages++;

    public void OnAddOrder(in ItchAddOrder message)
    {
        Begin(message.Header, BookAction.Add, message.Side == 'B' ? OrderSide.Buy : OrderSide.Sell, message.OrderId);
        Apply(message.Header.Locate, message.Price, message.Shares);
    }

    public void OnOrderExecuted(in ItchOrderExecuted message)
    {
        Begin(message.Header, BookAction.Execute, OrderSide.None, message.OrderId);
        Apply(message.Header.Locate, 0, message.Shares);
    }

    public void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message)
    {
        Begin(message.Header, BookAction.Execute, OrderSide.None, message.OrderId);
        Apply(message.Header.Locate, message.Price, message.Shares);
    }

    public void OnOrderCancel(in ItchOrderCancel message)
    {
        Begin(message.Header, BookAction.Execute, OrderSide.None, message.OrderId);
        Apply(message.Header.Locate, 0, message.Shares);
    }

    public void OnOrderDelete(in ItchOrderDelete message)
    {
        Begin(message.Header, BookAction.Delete, OrderSide.None, message.OrderId);
        Apply(message.Header.Locate, 0, 0);
    }

    public void OnOrderReplace(in ItchOrderReplace message)
    {
        OrderBook? book = books[message.Header.Locate];
        OrderSide side = book is not null && book.TryGetOrder((long)message.OrderId, out RestingOrder order) ? order.Side : OrderSide.None;
        Begin(message.Header, BookAction.Delete, side, message.OrderId);
        _delta.Header.Flags = EventFlags.ForBoth | EventFlags.Partial;
        Apply(message.Header.Locate, 0, 0);
        Messages--;
        Begin(message.Header, BookAction.Add, side, message.NewOrderId);
        Apply(message.Header.Locate, message.Price, message.Shares);
    }

    public void OnTrade(in ItchTrade message) => Messages++;

    public void OnCrossTrade(in ItchCrossTrade message) => Messages++;

    public void OnBrokenTrade(in ItchBrokenTrade message) => Messages++;

    public void OnNetOrderImbalance(in ItchNetOrderImbalance message) => Messages++;

    public void OnOther(in ItchHeader message) => Messages++;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(in ItchHeader header, BookAction action, OrderSide side, ulong id)
    {
        Messages++;
        _delta.Header.VenueTime = _delta.Header.ReceivedTime = new(header.Nanoseconds);
        _delta.Header.Instrument = new(header.Locate);
        _delta.Header.Kind = EventKind.BookDelta;
        _delta.Header.Flags = EventFlags.ForBoth;
        _delta.Action = action;
        _delta.Side = side;
        _delta.OrderId = (long)id;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Apply(int locate, uint price, uint shares)
    {
        _delta.Price = new(price * PriceUnit);
        _delta.Size = new(shares * FixedPoint.One);
        OrderBook? book = books[locate];
        if (book is null || book.Apply(in _delta) > BookResult.Crossed)
        {
            Refused++;
            return;
        }

        strategy.Book = book;
        strategy.Hook(in _delta);
    }
}

/// <summary>A strategy whose hook reads the best prices of the book that changed.</summary>
internal sealed class BestPrices : Strategy
{
    public OrderBook Book { get; set; } = null!;

    public long Sum { get; private set; }

    /// <summary>Calls the hook as the engine does, through the base class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hook(in BookDelta delta) => ((Strategy)this).OnBookDelta(in delta);

    public override void OnBookDelta(in BookDelta delta)
    {
        if (Book.HasBid && Book.HasAsk) Sum += Book.BestAsk.Raw - Book.BestBid.Raw;
    }
}
