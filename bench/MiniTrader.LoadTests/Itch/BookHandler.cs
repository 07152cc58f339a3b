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
internal struct BookHandler(PendingDeltas pending) : IItchHandler
{
    private const long PriceUnit = 100_000;

    public long Messages;

    public void OnSystemEvent(in ItchSystemEvent message) => Messages++;

    public void OnStockDirectory(in ItchStockDirectory message) => Messages++;

    public void OnTradingAction(in ItchTradingAction message) => Messages++;

    public void OnAddOrder(in ItchAddOrder message) => Apply(
        ref Begin(message.Header, BookAction.Add, message.Side == 'B' ? OrderSide.Buy : OrderSide.Sell, message.OrderId), message.Price, message.Shares);

    public void OnOrderExecuted(in ItchOrderExecuted message) => Apply(ref Begin(message.Header, BookAction.Execute, OrderSide.None, message.OrderId), 0, message.Shares);

    public void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message) =>
        Apply(ref Begin(message.Header, BookAction.Execute, OrderSide.None, message.OrderId), message.Price, message.Shares);

    public void OnOrderCancel(in ItchOrderCancel message) => Apply(ref Begin(message.Header, BookAction.Execute, OrderSide.None, message.OrderId), 0, message.Shares);

    public void OnOrderDelete(in ItchOrderDelete message) => Apply(ref Begin(message.Header, BookAction.Delete, OrderSide.None, message.OrderId), 0, 0);

    /// <summary>Two changes in one packet; the new order's side is the old one's, which the book knows.</summary>
    public void OnOrderReplace(in ItchOrderReplace message)
    {
        ref MarketEvent old = ref Begin(message.Header, BookAction.Delete, OrderSide.None, message.OrderId);
        old.Header.Flags = EventFlags.ForBoth | EventFlags.Partial;
        Apply(ref old, 0, 0);
        Messages--;
        Apply(ref Begin(message.Header, BookAction.Add, OrderSide.None, message.NewOrderId), message.Price, message.Shares);
    }

    public void OnTrade(in ItchTrade message) => Messages++;

    public void OnCrossTrade(in ItchCrossTrade message) => Messages++;

    public void OnBrokenTrade(in ItchBrokenTrade message) => Messages++;

    public void OnNetOrderImbalance(in ItchNetOrderImbalance message) => Messages++;

    public void OnOther(in ItchHeader message) => Messages++;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref MarketEvent Begin(in ItchHeader header, BookAction action, OrderSide side, ulong id)
    {
        Messages++;
        ref MarketEvent e = ref pending.Next();
        e.Header.VenueTime = e.Header.ReceivedTime = new(header.Nanoseconds);
        e.Header.Instrument = new(header.Locate);
        e.Header.Kind = EventKind.BookDelta;
        e.Header.Flags = EventFlags.ForBoth;
        e.BookDelta.Action = action;
        e.BookDelta.Side = side;
        e.BookDelta.OrderId = (long)id;
        return ref e;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Apply(ref MarketEvent e, uint price, uint shares)
    {
        e.BookDelta.Price = new(price * PriceUnit);
        e.BookDelta.Size = new(shares * FixedPoint.One);
        pending.Commit();
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
