using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <content>What changes of the data do to the book: the two that nearly all are first, each with a way that calls nothing.</content>
public sealed partial class OrderBook
{
    /// <summary>How many queues before its turn the orders of a queue that is cleared are asked for.</summary>
    private const int QueuesAhead = 4;

    private const int KnownPriceBits = 7, KnownPrices = 1 << KnownPriceBits;

    // A cent is 2^7 · 78,125 units of price. To multiply by the inverse of 78,125 modulo 2^64 divides what it divides, and scatters the rest.
    private const ulong CentInverse = 0xE5032477AE8D46A5UL;
    private const int CentBits = 7;

    public override BookResult Apply(in BookDelta delta)
    {
        Updates++;
        if (delta.OrderId == 0) return delta.Action == BookAction.Clear ? ApplyClear(delta.Side) : Count(BookResult.WrongDepth);

        // Nearly all changes are of the first two sorts.
        if (delta.Action == BookAction.Add) return Add(delta);
        if (delta.Action == BookAction.Delete) return Delete(delta);
        switch (delta.Action)
        {
            case BookAction.Execute: return Execute(delta);
            case BookAction.Modify: return Modify(delta);
            case BookAction.Clear: return ApplyClear(delta.Side);
            default: return Count(BookResult.UnknownAction);
        }
    }

    private protected override void ClearSide(OrderSide side)
    {
        Ladder ladder = LadderOf(side);
        for (int i = 0; i < ladder.Count; i++)
        {
            if (i + QueuesAhead < ladder.Count) PrefetchOrders((int)ladder[i + QueuesAhead].Value);
            int queue = (int)ladder[i].Value;
            QueuePool.Walk walk = _queues.From(_queues[queue]);
            while (walk.MoveNext()) GiveBack(walk.Place);
            _queues.GiveBack(queue);
        }

        ladder.Clear();
        FindTop();
    }

    private void PrefetchOrders(int queue)
    {
        QueuePool.Walk walk = _queues.From(_queues[queue]);
        while (walk.MoveNext()) _orders.PrefetchAt(walk.Place);
    }

    /// <summary>The place where the queue of a price is kept: neighbours' places are neighbours where prices are whole cents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int KnownQueue(int sell, long price) =>
        ref _known[((int)((ulong)price * CentInverse >> CentBits) & (KnownPrices - 1)) + (sell << KnownPriceBits)];

    /// <summary>
    /// An order that finds its place free, its queue known and a seat in the queue's last block. Calls nothing, so that registers need not be
    /// saved.
    /// </summary>
    private BookResult Add(in BookDelta delta)
    {
        long price = delta.Price.Raw, size = delta.Size.Raw;
        int sell = (int)delta.Side - (int)OrderSide.Buy, owner = (2 * _book) + sell;
        int at = KnownQueue(sell & 1, price), slot = _orders.HomeOf(delta.OrderId);
        ref StoredOrder order = ref _orders[slot];
        ref OrderQueue queue = ref _queues[at];
        if (!order.IsUntouched || queue.Price != price || queue.Owner != owner || (uint)sell > 1 || !queue.HasSeat) return AddOther(delta);
        if ((ulong)(size - 1) >= (ulong)(long.MaxValue - queue.Size) || !_store.HasRoomForOrder) return AddOther(delta);
        _store.OrderCount++;
        OrderCount++;
        order.Id = delta.OrderId;
        order.Size = size;
        order.Queue = at;
        order.Rank = NextRank++;
        order.Seat = _queues.TakeSeat(ref queue, slot);
        order.Owner = owner;
        queue.Size += size;
        queue.Count++;
        return BookResult.Applied;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult AddOther(in BookDelta delta)
    {
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        if (delta.Side is not (OrderSide.Buy or OrderSide.Sell)) return Count(BookResult.WrongSide);
        if (_orders.Find(delta.OrderId, _book) != OrderStore.None) return Count(BookResult.DuplicateOrder);
        if (!_store.HasRoomForOrder) return Count(BookResult.Full);
        BookResult room = Join(delta.Side, delta.Price.Raw, delta.Size.Raw, out int queue);
        if (room != BookResult.Applied) return Count(room);
        Enter(_orders.Take(delta.OrderId), delta.OrderId, OwnerOf(delta.Side), queue, delta.Size.Raw);
        return Settle();
    }

    /// <summary>An order that lies where its id says, with others in its queue. Calls nothing on its way either.</summary>
    private BookResult Delete(in BookDelta delta)
    {
        ref StoredOrder order = ref _orders[_orders.HomeOf(delta.OrderId)];
        if (order.Id != delta.OrderId || order.Owner >> 1 != _book || IsOtherSide(order.Owner, delta.Side)) return DeleteOther(delta);
        ref OrderQueue queue = ref _queues[order.Queue];
        if (queue.Count == 1) return DeleteOther(delta);
        _store.OrderCount--;
        OrderCount--;
        queue.Size -= order.Size;
        queue.Count--;
        int block = _queues.LeaveSeat(order.Seat);
        order.Id = 0;
        return block == OrderStore.None ? BookResult.Applied : GiveBackBlock(ref queue, block);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult GiveBackBlock(ref OrderQueue queue, int block)
    {
        _queues.GiveBackBlock(ref queue, block);
        return BookResult.Applied;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult DeleteOther(in BookDelta delta)
    {
        int slot = _orders.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(_orders[slot].Owner, delta.Side)) return Count(BookResult.WrongSide);
        return Remove(slot);
    }

    private BookResult Execute(in BookDelta delta)
    {
        int slot = _orders.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(_orders[slot].Owner, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        ref StoredOrder order = ref _orders[slot];
        if (delta.Size.Raw < order.Size)
        {
            order.Size -= delta.Size.Raw;
            _queues[order.Queue].Size -= delta.Size.Raw;
            return BookResult.Applied;
        }

        bool isTooMuch = delta.Size.Raw > order.Size;
        BookResult result = Remove(slot);
        return isTooMuch ? Count(BookResult.OverExecuted) : result;
    }

    private BookResult Modify(in BookDelta delta)
    {
        int slot = _orders.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(_orders[slot].Owner, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw < 0) return Count(BookResult.NegativeSize);
        if (delta.Size.Raw == 0) return Remove(slot);
        ref StoredOrder order = ref _orders[slot];
        ref OrderQueue queue = ref _queues[order.Queue];
        if (queue.Price == delta.Price.Raw && delta.Size.Raw <= order.Size)
        {
            queue.Size -= order.Size - delta.Size.Raw;
            order.Size = delta.Size.Raw;
            return BookResult.Applied;
        }

        return Move(slot, delta);
    }

    private BookResult Move(int slot, in BookDelta delta)
    {
        ref StoredOrder order = ref _orders[slot];
        int from = order.Queue, to = from;
        ref OrderQueue old = ref _queues[from];
        if (old.Price == delta.Price.Raw)
        {
            if (delta.Size.Raw > long.MaxValue - (old.Size - order.Size)) return Count(BookResult.TooLarge);
        }
        else
        {
            BookResult room = Join(SideOf(order.Owner), delta.Price.Raw, delta.Size.Raw, out to);
            if (room != BookResult.Applied) return Count(room);
        }

        Leave(slot, ref old);
        Append(slot, to, delta.Size.Raw);
        if (old.Count == 0) DropQueue(from);
        return Settle();
    }

    private int OwnerOf(OrderSide side) => (2 * _book) + (side - OrderSide.Buy);

    private static bool IsOtherSide(int owner, OrderSide side) => side != OrderSide.None && side != SideOf(owner);

    /// <summary>Finds or makes the queue at a price that has room for a size; the result says why there is none.</summary>
    private BookResult Join(OrderSide side, long price, long size, out int queue)
    {
        ref int known = ref KnownQueue(side - OrderSide.Buy, price);
        queue = known;
        if (_queues[queue].Price != price || _queues[queue].Owner != OwnerOf(side))
        {
            Ladder ladder = LadderOf(side);
            int depth = ladder.DepthOf(price);
            if (ladder.Holds(depth, price))
            {
                queue = (int)ladder[depth].Value;
            }
            else
            {
                queue = OrderStore.None;
                if (!IsPossible(price)) return BookResult.WrongPrice;
                if (ladder.IsFull || !_queues.HasRoom) return BookResult.Full;
                queue = _queues.TakeQueue(price, OwnerOf(side));
                ladder.Insert(depth, price, queue);
                FindTop();
            }

            known = queue;
        }

        return size <= long.MaxValue - _queues[queue].Size ? BookResult.Applied : BookResult.TooLarge;
    }

    /// <summary>Lets a new order in: at a free place, into a queue that has room.</summary>
    private void Enter(int slot, long id, int owner, int queue, long size)
    {
        _store.OrderCount++;
        OrderCount++;
        _orders[slot].Id = id;
        _orders[slot].Owner = owner;
        Append(slot, queue, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int slot, int at, long size)
    {
        ref StoredOrder order = ref _orders[slot];
        ref OrderQueue queue = ref _queues[at];
        order.Size = size;
        order.Queue = at;
        order.Rank = NextRank++;
        order.Seat = _queues.Seat(ref queue, slot);
        queue.Size += size;
        queue.Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Leave(int slot, ref OrderQueue queue)
    {
        ref StoredOrder order = ref _orders[slot];
        queue.Size -= order.Size;
        queue.Count--;
        _queues.Unseat(ref queue, order.Seat);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GiveBack(int slot)
    {
        _orders.GiveBack(slot);
        _store.OrderCount--;
        OrderCount--;
    }

    private BookResult Remove(int slot)
    {
        int at = _orders[slot].Queue;
        ref OrderQueue queue = ref _queues[at];
        Leave(slot, ref queue);
        GiveBack(slot);
        if (queue.Count > 0) return BookResult.Applied;
        DropQueue(at);
        return Settle();
    }

    private void DropQueue(int at)
    {
        ref OrderQueue queue = ref _queues[at];
        Ladder ladder = LadderOf(SideOf(queue.Owner));
        ladder.RemoveAt(ladder.DepthOf(queue.Price));
        FindTop();
        _queues.GiveBack(at);
    }
}
