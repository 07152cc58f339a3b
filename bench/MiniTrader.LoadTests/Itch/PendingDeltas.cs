using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.LoadTests;

/// <summary>
/// Decoded changes on their way to the books, as an engine has them in its ring: a batch at a time, so that what the batch will touch can be
/// brought into the cache at once, or one by one. After each change the strategy's hook is called.
/// </summary>
internal sealed class PendingDeltas(OrderBook?[] books, OrderStore store, BestPrices strategy, int batch)
{
    private readonly MarketEvent[] _events = new MarketEvent[batch];
    private OrderSide _replaced;
    private int _count;

    /// <summary>Deltas that no book took.</summary>
    public long Refused { get; private set; }

    /// <summary>Says nothing; keeps the early loads alive.</summary>
    public long Warmth { get; private set; }

    /// <summary>The place for the next change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref MarketEvent Next() => ref _events[_count];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        if (++_count == _events.Length) Flush();
    }

    public void Flush()
    {
        Span<MarketEvent> events = _events.AsSpan(0, _count);
        _count = 0;
        if (events.Length > 1) Warm(events);
        foreach (ref MarketEvent e in events) Apply(ref e);
    }

    private void Warm(Span<MarketEvent> events)
    {
        long sum = store.Warm(events);
        foreach (ref readonly MarketEvent e in events)
        {
            if (books[e.Header.Instrument.Index] is { } book) sum += book.BestBid.Raw ^ book.BestAsk.Raw;
        }

        Warmth += sum;
    }

    private void Apply(ref MarketEvent e)
    {
        OrderBook? book = books[e.Header.Instrument.Index];
        if (book is null)
        {
            Refused++;
            return;
        }

        ref BookDelta delta = ref e.BookDelta;
        if ((delta.Header.Flags & EventFlags.Partial) != 0) _replaced = book.TryGetOrder(delta.OrderId, out RestingOrder old) ? old.Side : OrderSide.None;
        else if (delta.Action == BookAction.Add && delta.Side == OrderSide.None) delta.Side = _replaced;
        if (book.Apply(in delta) > BookResult.Crossed)
        {
            Refused++;
            return;
        }

        strategy.Book = book;
        strategy.Hook(in delta);
    }
}
