using MiniTrader.Model;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Book changes of two instruments as a feed tells them: mostly sensible, now and then in packets, rebuilt from a snapshot, cleared at a side, or
/// naming an order that nobody knows.
/// </summary>
internal sealed class RandomBook(bool isByOrder)
{
    private readonly List<(long Id, long Size)>[] _orders = [[], []];
    private readonly int[] _left = new int[2];
    private readonly bool[] _isSnapshot = new bool[2];
    private long _id = 1_000_000;

    public bool IsByOrder => isByOrder;

    /// <summary>The next change of the header's instrument. What it executes is told to the witness.</summary>
    public MarketEvent Next(ref SeededRandom random, EventHeader header, VenueWitness witness)
    {
        MarketEvent e = default;
        e.Header = header;
        e.Header.Kind = EventKind.BookDelta;
        e.Header.Detail = 0;
        int of = header.Instrument.Index;
        if (_left[of] > 0) _left[of]--;
        else Begin(ref random, of, ref e.BookDelta);
        if (_left[of] > 0) e.Header.Flags |= EventFlags.Partial;
        if (_isSnapshot[of]) e.Header.Flags |= EventFlags.Snapshot;
        if (e.BookDelta.Action == BookAction.Clear) return e;
        if (isByOrder) NextOrder(ref random, of, ref e.BookDelta, witness);
        else NextLevel(ref random, ref e.BookDelta);
        if (_left[of] == 0) _isSnapshot[of] = false;
        return e;
    }

    /// <summary>Begins a packet, which may be a snapshot, or empties a side.</summary>
    private void Begin(ref SeededRandom random, int of, ref BookDelta delta)
    {
        long what = random.NextInt64(200);
        if (what < 30) _left[of] = 1 + (int)random.NextInt64(3);
        if (what >= 3) return;
        delta.Action = BookAction.Clear;
        delta.Side = what == 0 ? OrderSide.None : (OrderSide)random.NextInt64(3);
        _isSnapshot[of] = what < 2;
        if (_isSnapshot[of]) delta.Side = OrderSide.None;
        _left[of] = _isSnapshot[of] ? 5 + (int)random.NextInt64(20) : 0;
        if (delta.Side == OrderSide.None) _orders[of].Clear();
    }

    private static void NextLevel(ref SeededRandom random, ref BookDelta delta)
    {
        delta.Action = random.NextInt64(6) == 0 ? BookAction.Delete : BookAction.Modify;
        Place(ref random, ref delta);
        if (random.NextInt64(8) == 0) delta.Size = default;
    }

    private void NextOrder(ref SeededRandom random, int of, ref BookDelta delta, VenueWitness witness)
    {
        List<(long Id, long Size)> orders = _orders[of];
        long what = _isSnapshot[of] ? 0 : random.NextInt64(10);
        Place(ref random, ref delta);
        if (what < 4 || orders.Count == 0)
        {
            delta.Action = BookAction.Add;
            delta.OrderId = ++_id;
            orders.Add((_id, delta.Size.Raw));
            return;
        }

        int pick = (int)random.NextInt64(orders.Count);
        (long id, long size) = orders[pick];
        delta.Side = OrderSide.None;
        delta.OrderId = random.NextInt64(100) == 0 ? 7 : id;
        if (what == 4)
        {
            delta.Action = BookAction.Modify;
            if (delta.OrderId == id) orders[pick] = (id, delta.Size.Raw);
        }
        else if (what < 8)
        {
            delta.Action = BookAction.Execute;
            long traded = Math.Min(size, delta.Size.Raw);
            if (delta.OrderId != id) return;
            witness.Executed(id, traded);
            orders[pick] = (id, size - traded);
            if (size == traded) orders.RemoveAt(pick);
        }
        else
        {
            delta.Action = BookAction.Delete;
            if (delta.OrderId == id) orders.RemoveAt(pick);
        }
    }

    private static void Place(ref SeededRandom random, ref BookDelta delta)
    {
        delta.Side = random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        long distance = random.NextInt64(5);
        delta.Price = new((delta.Side == OrderSide.Buy ? 105 - distance : 104 + distance) * 10_000_000);
        delta.Size = Quantity.FromUnits(1 + random.NextInt64(20));
    }
}
