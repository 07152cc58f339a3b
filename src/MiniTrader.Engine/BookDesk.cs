using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>
/// The books that strategies see: the venue's where both see every change at one instant, else books of their own at received time, to which
/// each delta is applied. Tells the marks the best prices at the end of a packet and knows who wants to see which book. Owned by the
/// engine, engine thread only.
/// </summary>
internal sealed class BookDesk
{
    private readonly Marks _marks;
    private readonly int _instruments;
    private Viewer[][] _viewers = [];
    private Viewer[] _alone = [];

    internal BookDesk(Ledger ledger, BookOptions options, MarketBooks? venueBooks)
    {
        _marks = ledger.Marks;
        _instruments = ledger.Instruments.Count;
        AreTheVenues = venueBooks is not null;
        Books = venueBooks ?? new MarketBooks(ledger.Instruments, options);
    }

    internal MarketBooks Books { get; }

    /// <summary>True when the venue has applied each delta before it comes here.</summary>
    internal bool AreTheVenues { get; }

    internal void Seat(IReadOnlyList<StrategySeat> seats, StrategyHooks[] hooks, OrderDesk[] desks)
    {
        Subscribers subscribers = new(seats, hooks, desks, _instruments, StrategyHooks.BookDelta | StrategyHooks.Book);
        _viewers = new Viewer[_instruments][];
        _alone = new Viewer[_instruments];
        for (int i = 0; i < _viewers.Length; i++)
        {
            _viewers[i] = [.. subscribers.Of(new(i)).Select(seat => new Viewer(seat, hooks[seat.Index]))];
            if (AreTheVenues && _viewers[i].Length == 1) _alone[i] = _viewers[i][0];
        }
    }

    /// <summary>Who wants to see an instrument's book or its changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<Viewer> ViewersOf(InstrumentId instrument) => _viewers[instrument.Index];

    /// <summary>Who alone wants to see an instrument's book, which is the venue's; without a strategy where nobody does, or several, or where the books are not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Viewer AloneAt(InstrumentId instrument) => ref _alone[instrument.Index];

    /// <summary>Takes a delta in; answers the book when the delta completes a packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DepthBook? Take(in BookDelta delta)
    {
        DepthBook? book = AreTheVenues ? Books[delta.Header.Instrument] : Books.Apply(in delta);
        if (book is null || (delta.Header.Flags & EventFlags.Partial) != 0) return null;
        _marks.ShowBook(delta.Header.Instrument, in book.Top, delta.Header.ReceivedTime);
        return book;
    }

    /// <summary>A strategy and which of the two hooks it has.</summary>
    internal readonly struct Viewer(Subscribers.Seat seat, StrategyHooks hooks)
    {
        public readonly Strategy Strategy = seat.Strategy;
        public readonly OrderDesk Desk = seat.Desk;
        public readonly int Index = seat.Index;
        public readonly bool WantsDeltas = (hooks & StrategyHooks.BookDelta) != 0;
        public readonly bool WantsBooks = (hooks & StrategyHooks.Book) != 0;
    }
}
