using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Writes the price levels (L2) of one instrument: one packet after the other, each closed with <see cref="End"/>. It knows what the
/// book shows, so a level is deleted only where there is one, and a crossed book is told. One thread.
/// </summary>
public sealed class LevelWriter(IEventSink sink, Instrument instrument, FileAccount account)
{
    private readonly List<(OrderSide Side, long Price)> _gone = [];
    private readonly Dictionary<(OrderSide, long), long> _next = [];
    private Timestamp _venueTime;
    private Timestamp _receivedTime;
    private long _sequence;
    private EventFlags _flags;

    public DeltaWriter Deltas { get; } = new(new(sink, instrument, account));

    public PriceLevels Levels { get; } = new();

    /// <summary>Deltas of the packet so far.</summary>
    public int Written { get; private set; }

    public void Begin(Timestamp venueTime, Timestamp receivedTime, long sequence, bool isSnapshot)
    {
        (_venueTime, _receivedTime, _sequence, Written) = (venueTime, receivedTime, sequence, 0);
        _flags = EventFlags.ForBoth | EventFlags.Partial | (isSnapshot ? EventFlags.Snapshot : EventFlags.None);
    }

    /// <summary>The source is about to tell the book anew, or has lost it: a recording of levels never says that a market is empty.</summary>
    public void Clear()
    {
        Levels.Clear();
        EventFlags flags = _flags;
        _flags |= EventFlags.Snapshot;
        Write(BookAction.Clear, OrderSide.None, 0, 0);
        _flags = flags;
    }

    /// <summary>Makes a level show a size, zero taking it away. False when the book has no such level to take away.</summary>
    public bool Set(OrderSide side, long price, long size)
    {
        long before = Levels.SizeAt(side, price);
        if (before == size) return size != 0;
        Levels.Set(side, price, size);
        Write(size == 0 ? BookAction.Delete : before == 0 ? BookAction.Add : BookAction.Modify, side, price, size);
        return true;
    }

    /// <summary>
    /// Makes the book show exactly these levels: what is gone is deleted first, so that the book is not crossed in between. A level
    /// that left the depth that the source shows is deleted like one that is gone; the source cannot tell them apart.
    /// </summary>
    public void Replace(ReadOnlySpan<(OrderSide Side, long Price, long Size)> levels)
    {
        _next.Clear();
        foreach ((OrderSide side, long price, long size) in levels) _next[(side, price)] = size;
        _gone.Clear();
        foreach (OrderSide side in (ReadOnlySpan<OrderSide>)[OrderSide.Buy, OrderSide.Sell])
        {
            foreach (long price in Levels.Prices(side))
            {
                if (!_next.ContainsKey((side, price))) _gone.Add((side, price));
            }
        }

        foreach ((OrderSide side, long price) in _gone) Set(side, price, 0);
        foreach ((OrderSide side, long price, long size) in levels) Set(side, price, size);
    }

    /// <summary>Closes the packet; notes a book that it leaves crossed.</summary>
    public void End()
    {
        if (Written == 0) return;
        Deltas.EndPacket();
        if (Levels.IsCrossed) Deltas.Buffer.Account.Note("packets that leave the book crossed");
    }

    public void Flush() => Deltas.Flush();

    private void Write(BookAction action, OrderSide side, long price, long size)
    {
        MarketEvent written = default;
        ref BookDelta delta = ref written.BookDelta;
        delta.Header.VenueTime = _venueTime;
        delta.Header.ReceivedTime = _receivedTime;
        delta.Header.Kind = EventKind.BookDelta;
        delta.Header.Flags = _flags;
        delta.Price = new(price);
        delta.Size = new(size);
        delta.Action = action;
        delta.Side = side;
        delta.Sequence = _sequence;
        Deltas.Add(written);
        Written++;
    }
}
