using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <content>The steps for changes of order books.</content>
public sealed partial class TradingEngine<TVenue, TRecorder>
{
    /// <summary>The five steps for each of a run of book changes that everyone sees at one instant. Answers the first event behind the run.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref MarketEvent ProcessBooks(ref MarketEvent e, ref MarketEvent end)
    {
        // A large book of orders is spread over more memory than the cache holds: what comes behind is asked for early.
        OrderStore? orders = _books.Books.Orders;
        do
        {
            if (_books.AloneAt(e.Header.Instrument).Strategy is not null && _venue.IsQuietBook(e.Header.Instrument) && !_recorder.RecordsMarket)
            {
                ref MarketEvent behind = ref ProcessQuietBook(ref e, ref end);
                if (!Unsafe.AreSame(ref behind, ref e))
                {
                    e = ref behind;
                    continue;
                }
            }

            orders?.LookAhead(MemoryMarshal.CreateReadOnlySpan(ref e, (int)(Unsafe.ByteOffset(ref e, ref end) / MarketEvent.Size)), 0);
            DrainAndMoveTime(e.Header.ReceivedTime);
            if (_recorder.RecordsMarket) _recorder.OnMarket(in e);
            if (_venue.OnMarket(in e)) _time.Expect(_venue.NextDue);
            ShowBook(in e.BookDelta);
            e = ref Unsafe.Add(ref e, 1);
        }
        while (Unsafe.IsAddressLessThan(ref e, ref end) && e.Header.IsBookForBoth);

        return ref e;
    }

    /// <summary>
    /// The five steps for a run of changes of one instrument's book that one strategy sees, while nothing is due and the best prices stay: the venue then
    /// has no more to do than to move places in queues. A strategy that writes an order makes the session due, and that ends the run.
    /// Answers the first event that is not part of it, which may be the first of all.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref MarketEvent ProcessQuietBook(ref MarketEvent first, ref MarketEvent end)
    {
        InstrumentId instrument = first.Header.Instrument;
        if ((first.Header.Flags & EventFlags.Partial) != 0 || _books.Books[instrument] is not LevelBook book) return ref first;
        ref readonly BookDesk.Viewer viewer = ref _books.AloneAt(instrument);
        ref MarketEvent e = ref ObserveBook(_venue, viewer.Strategy, _time, book, ref _marks.At(instrument), viewer.WantsDeltas, viewer.WantsBooks, ref first, ref end);
        _counters.Events += (int)(Unsafe.ByteOffset(ref first, ref e) / MarketEvent.Size);
        if (viewer.Desk.Count != 0) Route(viewer.Index);
        return ref e;
    }

    /// <summary>
    /// The loop of a quiet run, apart so that all that it touches fits into registers. Answers the first event that is not part of the run.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref MarketEvent ObserveBook(
        TVenue venue, Strategy strategy, SessionTime time, LevelBook book, ref Mark mark, bool wantsDeltas, bool wantsBooks, ref MarketEvent e, ref MarketEvent end)
    {
        long like = e.Header.Like;
        do
        {
            Timestamp due = e.Header.ReceivedTime;
            if (!time.TryMoveTo(due) || !venue.TryQuietBook(in e.BookDelta)) break;
            mark.Show(in book.Top, due);
            if (wantsDeltas) strategy.OnBookDelta(in e.BookDelta);
            if (wantsBooks) strategy.OnBook(book, in e.BookDelta);
            e = ref Unsafe.Add(ref e, 1);
        }
        while (Unsafe.IsAddressLessThan(ref e, ref end) && e.Header.Like == like);

        return ref e;
    }

    /// <summary>Decide and route for a change of a book, which is shown to all that want it before the next one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ShowBook(in BookDelta delta)
    {
        DepthBook? whole = _books.Take(in delta);
        foreach (ref readonly BookDesk.Viewer viewer in _books.ViewersOf(delta.Header.Instrument))
        {
            if (viewer.WantsDeltas) viewer.Strategy.OnBookDelta(in delta);
            if (viewer.WantsBooks && whole is not null) viewer.Strategy.OnBook(whole, in delta);
            if (viewer.Desk.Count != 0) Route(viewer.Desk);
        }
    }

    [DoesNotReturn]
    private static void ThrowApart(in MarketEvent e) => throw new InvalidOperationException(
        $"A change of the book of instrument {e.Header.Instrument} is for {e.Header.Flags & EventFlags.ForBoth} alone, but this session has one book for venue and strategies. Where they see a change at two times, give the engine no books of the venue.");
}
