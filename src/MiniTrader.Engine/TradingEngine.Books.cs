using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Books;
using MiniTrader.Model;

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

    /// <summary>Decide and route for a change of a book, which is shown to all that want it before the next one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ShowBook(in BookDelta delta)
    {
        DepthBook? whole = _books.Take(in delta);
        foreach (ref readonly BookDesk.Viewer viewer in _books.ViewersOf(delta.Header.Instrument))
        {
            if (viewer.WantsDeltas) viewer.Strategy.OnBookDelta(in delta);
            if (viewer.WantsBooks && whole is not null) viewer.Strategy.OnBook(whole, in delta);
            if (viewer.Desk.Count != 0) Route(viewer.Index);
        }
    }

    [DoesNotReturn]
    private static void ThrowApart(in MarketEvent e) => throw new InvalidOperationException(
        $"A change of the book of instrument {e.Header.Instrument} is for {e.Header.Flags & EventFlags.ForBoth} alone, but this session has one book for venue and strategies. Where they see a change at two times, give the engine no books of the venue.");
}
