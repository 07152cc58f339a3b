using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Turns the MBO records of one instrument into book deltas, so that nothing is counted twice. It remembers the live orders and
/// nothing else; once its table has grown to their number it allocates nothing. One thread.
/// <para>
/// Databento writes an execution as T (the aggressor's trade), F (a resting order's fill) and, often in a later packet of the same
/// event, C or M (what the fill left of the order). T and F do not change Databento's book, C and M do. Ours is told of the execution
/// itself, because only <see cref="BookAction.Execute"/> shows that liquidity was used rather than withdrawn. Hence:
/// </para>
/// <list type="bullet">
/// <item>F of a resting order at its own price becomes Execute, of at most what the order still displays; the C or M behind it
/// becomes only the difference to what the book then shows, mostly nothing.</item>
/// <item>F of the aggressor (an order that was modified across the spread), with no side (auctions) or at another price than the
/// order's says nothing of a queue at that price. It is left out, and the order goes by its C or M, as Delete or Modify.</item>
/// <item>C carries the size that is cancelled; our deltas carry what is left.</item>
/// <item>M of an order that was executed to zero (an iceberg shows its next part) is an Add: it stands at the back of the queue.</item>
/// <item>A snapshot that does not start with R, as in files before 2024, gets its Clear here. Its records carry the times at which
/// the orders were entered; it holds as of its received time, so that is its venue time too.</item>
/// </list>
/// </summary>
public sealed class MboBook
{
    /// <summary>Most deltas that one record makes.</summary>
    public const int MaxDeltas = 2;

    private readonly Dictionary<ulong, Resting> _orders = [];
    private readonly PriceLevels? _levels;
    private ulong _aggressor;
    private bool _isInSnapshot;
    private bool _isWhole;

    /// <param name="levels">Is kept up to date with the number of orders at each price; null where nobody asks.</param>
    public MboBook(PriceLevels? levels = null) => _levels = levels;

    /// <summary>Orders in the book.</summary>
    public int Orders => _orders.Count;

    /// <summary>The side that an order stands on; none when the book does not have it.</summary>
    public OrderSide SideOf(ulong orderId) => _orders.TryGetValue(orderId, out Resting order) ? order.OrderSide : OrderSide.None;

    /// <summary>Reads one record. The deltas carry times, flags and sequence; their instrument is the caller's to set.</summary>
    /// <param name="record">A record of this book's instrument.</param>
    /// <param name="deltas">Room for <see cref="MaxDeltas"/>.</param>
    /// <param name="count">How many were written.</param>
    public MboOutcome Read(in DbnMboRecord record, Span<MarketEvent> deltas, out int count)
    {
        count = 0;
        DbnFlags flags = (DbnFlags)record.Flags;
        if ((flags & DbnFlags.Snapshot) == 0) _isInSnapshot = false;
        MboOutcome outcome = (char)record.Action switch
        {
            'A' => Add(record, deltas, ref count),
            'C' => Cancel(record, deltas, ref count),
            'M' => Modify(record, deltas, ref count),
            'F' => Fill(record, deltas, ref count),
            'R' => Clear(record, deltas, ref count),
            'T' => MboOutcome.Trade,
            'N' => MboOutcome.NoAction,
            _ => MboOutcome.UnknownAction,
        };
        if (record.Action == 'T') _aggressor = record.OrderId;
        if ((flags & DbnFlags.Last) != 0) _aggressor = 0;
        return outcome;
    }

    private MboOutcome Add(in DbnMboRecord record, Span<MarketEvent> deltas, ref int count)
    {
        DbnFlags flags = (DbnFlags)record.Flags;
        if ((flags & DbnFlags.TopOfBook) != 0) return ReplaceSide(record, deltas, ref count);
        if ((flags & DbnFlags.Level) != 0) return MboOutcome.LevelRecord;
        if (WrongOrder(record) is var wrong and not MboOutcome.Stored) return wrong;
        if ((flags & DbnFlags.Snapshot) != 0 && !_isInSnapshot) Clear(record, deltas, ref count);
        ref Resting order = ref CollectionsMarshal.GetValueRefOrAddDefault(_orders, record.OrderId, out bool isKnown);
        if (isKnown) return MboOutcome.DuplicateOrder;
        order = new(record);
        _levels?.Change(order.OrderSide, order.Price, 1);
        Write(record, BookAction.Add, order, deltas, ref count);
        return MboOutcome.Stored;
    }

    private MboOutcome Cancel(in DbnMboRecord record, Span<MarketEvent> deltas, ref int count)
    {
        ref Resting order = ref CollectionsMarshal.GetValueRefOrNullRef(_orders, record.OrderId);
        if (Unsafe.IsNullRef(ref order)) return _isWhole ? MboOutcome.UnknownOrder : MboOutcome.BeforeFile;
        if (record.OrderSize >= order.Left)
        {
            bool isShown = order.Shown > 0;
            if (isShown) Write(record, BookAction.Delete, order, deltas, ref count);
            Drop(order);
            _orders.Remove(record.OrderId);
            return isShown ? MboOutcome.Stored : MboOutcome.Unchanged;
        }

        order.Left -= record.OrderSize;
        if (order.Shown <= order.Left) return MboOutcome.Unchanged;
        order.Shown = order.Left;
        Write(record, BookAction.Modify, order, deltas, ref count);
        return MboOutcome.Stored;
    }

    private MboOutcome Modify(in DbnMboRecord record, Span<MarketEvent> deltas, ref int count)
    {
        if (WrongOrder(record) is var wrong and not MboOutcome.Stored) return wrong;
        ref Resting order = ref CollectionsMarshal.GetValueRefOrAddDefault(_orders, record.OrderId, out bool isKnown);
        Resting former = order;
        order = new(record);
        bool isShown = isKnown && former.Shown > 0;
        if (isShown && former.Side == order.Side && former.Price == order.Price && former.Shown == order.Shown) return MboOutcome.Unchanged;
        if (isKnown) Drop(former);
        _levels?.Change(order.OrderSide, order.Price, 1);
        bool isReplaced = isShown && former.Side != order.Side;
        if (isReplaced)
        {
            Write(record, BookAction.Delete, former, deltas, ref count);
            deltas[0].Header.Flags |= EventFlags.Partial;
        }

        Write(record, isShown && !isReplaced ? BookAction.Modify : BookAction.Add, order, deltas, ref count);
        return isKnown ? MboOutcome.Stored : MboOutcome.StoredUnknown;
    }

    private MboOutcome Fill(in DbnMboRecord record, Span<MarketEvent> deltas, ref int count)
    {
        ref Resting order = ref CollectionsMarshal.GetValueRefOrNullRef(_orders, record.OrderId);
        if (Unsafe.IsNullRef(ref order)) return MboOutcome.FillOfUnknown;
        bool isResting = record.Side == order.Side && record.Price == order.Price && record.OrderId != _aggressor;
        if (!isResting) return MboOutcome.FillElsewhere;
        uint executed = Math.Min(record.OrderSize, order.Shown);
        if (executed == 0) return MboOutcome.FillOfHidden;
        order.Shown -= executed;
        if (order.Shown == 0) _levels?.Change(order.OrderSide, order.Price, -1);
        Write(record, BookAction.Execute, order, deltas, ref count);
        deltas[count - 1].BookDelta.Size = Quantity.FromUnits(executed);
        return executed < record.OrderSize ? MboOutcome.StoredInPart : MboOutcome.Stored;
    }

    private MboOutcome Clear(in DbnMboRecord record, Span<MarketEvent> deltas, ref int count)
    {
        _orders.Clear();
        _levels?.Clear();
        _isWhole = true;
        _isInSnapshot = ((DbnFlags)record.Flags & DbnFlags.Snapshot) != 0;
        Write(record, BookAction.Clear, default, deltas, ref count);
        deltas[count - 1].BookDelta.OrderId = 0;
        if (record.Action != 'R') deltas[count - 1].Header.Flags |= EventFlags.Partial;
        return MboOutcome.Stored;
    }

    /// <summary>A feed of tops of books: the record is its side's only level, or says that the side is empty.</summary>
    private MboOutcome ReplaceSide(in DbnMboRecord record, Span<MarketEvent> deltas, ref int count)
    {
        if (record.Side is not ((byte)'A' or (byte)'B')) return MboOutcome.NoSide;
        bool isEmpty = record.Price == DbnFormat.UndefinedPrice || record.OrderSize == 0;
        Resting level = new(record);
        _isWhole = true;
        _levels?.Clear(level.OrderSide);
        Write(record, BookAction.Clear, new Resting { Side = record.Side }, deltas, ref count);
        deltas[0].BookDelta.OrderId = 0;
        if (isEmpty) return MboOutcome.Stored;
        deltas[0].Header.Flags |= EventFlags.Partial;
        _levels?.Set(level.OrderSide, level.Price, 1);
        Write(record, BookAction.Add, level, deltas, ref count);
        deltas[1].BookDelta.OrderId = 0;
        return MboOutcome.Stored;
    }

    private void Drop(in Resting order)
    {
        if (order.Shown > 0) _levels?.Change(order.OrderSide, order.Price, -1);
    }

    private static MboOutcome WrongOrder(in DbnMboRecord record)
    {
        if (record.OrderId == 0) return MboOutcome.NoOrderId;
        if (record.Side is not ((byte)'A' or (byte)'B')) return MboOutcome.NoSide;
        if (record.Price == DbnFormat.UndefinedPrice) return MboOutcome.NoPrice;
        return record.OrderSize == 0 ? MboOutcome.NoSize : MboOutcome.Stored;
    }

    private static void Write(in DbnMboRecord record, BookAction action, in Resting order, Span<MarketEvent> deltas, ref int count)
    {
        bool isSnapshot = (record.Flags & (byte)DbnFlags.Snapshot) != 0;
        bool isLast = (record.Flags & (byte)DbnFlags.Last) != 0;
        ref MarketEvent written = ref deltas[count++];
        written = default;
        ref BookDelta delta = ref written.BookDelta;
        delta.Header.VenueTime = new((long)(isSnapshot ? record.ReceivedTime : Math.Min(record.Header.EventTime, record.ReceivedTime)));
        delta.Header.ReceivedTime = new((long)record.ReceivedTime);
        delta.Header.Kind = EventKind.BookDelta;
        delta.Header.Flags = EventFlags.ForBoth | (isSnapshot ? EventFlags.Snapshot : 0) | (isLast ? 0 : EventFlags.Partial);
        delta.Price = new(order.Price);
        delta.Size = Quantity.FromUnits(order.Shown);
        delta.OrderId = (long)record.OrderId;
        delta.Action = action;
        delta.Side = order.OrderSide;
        delta.Sequence = record.Sequence;
    }

    /// <summary>An order: what Databento's book has left of it, and what ours still shows.</summary>
    private record struct Resting
    {
        public Resting(in DbnMboRecord record)
        {
            Price = record.Price;
            Left = Shown = record.OrderSize;
            Side = record.Side;
        }

        public long Price;
        public uint Left;
        public uint Shown;
        public byte Side;

        public readonly OrderSide OrderSide => Side switch { (byte)'B' => OrderSide.Buy, (byte)'A' => OrderSide.Sell, _ => OrderSide.None };
    }
}
