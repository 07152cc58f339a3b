using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>
/// Keeps the books of the strategies' side at received time: applies each delta, tells the marks the best prices at the end of a packet, and
/// calls the hooks for books. Owned by the engine, engine thread only.
/// </summary>
internal sealed class BookDesk(Ledger ledger, BookOptions options)
{
    private readonly Marks _marks = ledger.Marks;
    private Subscribers? _subscribers;
    private StrategyHooks[] _hooks = [];

    internal MarketBooks Books { get; } = new(ledger.Instruments.Count, options);

    internal void Seat(IReadOnlyList<StrategySeat> seats, StrategyHooks[] hooks, OrderDesk[] desks)
    {
        _hooks = hooks;
        _subscribers = new Subscribers(seats, hooks, desks, ledger.Instruments.Count, StrategyHooks.BookDelta | StrategyHooks.Book);
    }

    /// <summary>Applies a delta; answers what is to be shown, and to whom.</summary>
    internal Change Take(in BookDelta delta)
    {
        DepthBook? book = Books.Apply(in delta);
        bool isWhole = book is not null && (delta.Header.Flags & EventFlags.Partial) == 0;
        if (isWhole) _marks.ShowBook(delta.Header.Instrument, book!.BestBid, book.BestBidSize, book.BestAsk, book.BestAskSize, delta.Header.ReceivedTime);
        return new Change(isWhole ? book : null, _subscribers!.Of(delta.Header.Instrument));
    }

    internal void Show(in Subscribers.Seat seat, in Change change, in BookDelta delta)
    {
        StrategyHooks hooks = _hooks[seat.Index];
        if ((hooks & StrategyHooks.BookDelta) != 0) seat.Strategy.OnBookDelta(in delta);
        if (change.Book is { } book && (hooks & StrategyHooks.Book) != 0) seat.Strategy.OnBook(book, in delta);
    }

    /// <summary>A book whose packet is complete, or null, and who wants to see it.</summary>
    internal readonly record struct Change(DepthBook? Book, Subscribers.Seat[] Seats);
}
