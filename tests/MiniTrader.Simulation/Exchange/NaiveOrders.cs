namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// The orders of <see cref="NaiveBookVenue"/>, what a fill of one means for others, and the position that they make. Knows no market.
/// </summary>
/// <param name="leave">Takes an order out of the market's queues.</param>
/// <param name="showMore">Of an iceberg all that was shown is filled.</param>
internal sealed class NaiveOrders(Action<NaiveOrder> leave, Action<NaiveOrder> showMore)
{
    private readonly List<NaiveOrder> _orders = [];
    private int _position;
    private long _rank;

    public List<string> Said { get; } = [];

    public NaiveOrder? Find(long id) => _orders.Find(o => o.Id == id);

    public bool IsAlive(NaiveOrder order) => _orders.Contains(order);

    public List<NaiveOrder> At(NaivePlace place) => [.. _orders.Where(o => o.Place == place).OrderBy(o => o.Rank)];

    public void Accept(NaiveOrder order)
    {
        Rank(order);
        _orders.Add(order);
        Said.Add($"{order.Id} Accepted");
    }

    /// <summary>Puts an order behind all others.</summary>
    public void Rank(NaiveOrder order) => order.Rank = ++_rank;

    public void SayReplaced(NaiveOrder order) => Said.Add($"{order.Id} Replaced {order.Quantity} leaves {order.Rest}");

    /// <summary>As mass cancels go: those that wait, buys, sells, buy and sell stops, touches, trailing stops, children.</summary>
    public List<NaiveOrder> InOrderOfLists() => [.. _orders.Where(o => o.Place != NaivePlace.None).OrderBy(ListOf).ThenBy(KeyOf).ThenBy(o => o.Rank)];

    /// <summary>How much an order could reduce the position.</summary>
    public int Room(NaiveOrder order) => Math.Max(0, order.IsBuy ? -_position : _position);

    /// <summary>Cuts an order to the position; false when it ended because there is none.</summary>
    public bool Fit(NaiveOrder order)
    {
        int room = Room(order);
        if (room == 0) End(order);
        else if (order.Leaves > room) Shrink(order, order.Leaves - room);
        return room > 0;
    }

    /// <summary>The order whose time is over first, of several at one instant the oldest.</summary>
    public NaiveOrder? NextToExpire(int now) => _orders.Where(o => o.ExpiresAt <= now).OrderBy(o => o.ExpiresAt).ThenBy(o => o.Id).FirstOrDefault();

    public void End(NaiveOrder order, string how = "Cancelled")
    {
        Said.Add($"{order.Id} {how}");
        Retire(order);
    }

    /// <summary>An order is gone; what its children were not released for goes with it.</summary>
    public void Retire(NaiveOrder order)
    {
        leave(order);
        _orders.Remove(order);
        foreach (NaiveOrder child in ChildrenOf(order))
        {
            if (!IsAlive(child) || child.Held == 0) continue;
            child.Quantity -= child.Held;
            child.Held = 0;
            if (child.Rest == 0) End(child);
            else SayReplaced(child);
        }
    }

    /// <summary>Books a fill and all that follows from it; true when the order can take no more now.</summary>
    public bool Fill(NaiveOrder order, int quantity, int price, string liquidity)
    {
        order.Filled += quantity;
        Said.Add($"{order.Id} Fill {quantity} @ {price} {liquidity} leaves {order.Rest}");
        _position += order.IsBuy ? quantity : -quantity;
        if (Find(order.Other) is { } other)
        {
            if (order.IsOuo) Shrink(other, quantity);
            else End(other);
        }

        foreach (NaiveOrder child in ChildrenOf(order)) Release(child, order.Rest, order.Rest + quantity);
        if (order.Rest == 0)
        {
            Retire(order);
        }
        else if (order.Leaves == 0)
        {
            leave(order);
            order.Place = NaivePlace.Held;
        }
        else if (order.Display > 0 && liquidity == "Maker" && (order.Shown -= quantity) <= 0)
        {
            showMore(order);
        }

        foreach (NaiveOrder reducing in InOrderOfLists().Where(o => o.IsReduceOnly))
        {
            if (IsAlive(reducing) && reducing.Leaves > 0) Fit(reducing);
        }

        return !IsAlive(order) || order.Leaves == 0;
    }

    /// <summary>Two own orders would trade; false when the one that came is gone, or has nothing left that it may fill.</summary>
    public bool Meet(NaiveOrder order, NaiveOrder other)
    {
        switch (order.SelfTrade)
        {
            case 'n':
                End(order);
                return false;
            case 'o':
                End(other);
                return IsAlive(order);
            case 'b':
                End(other);
                if (IsAlive(order)) End(order);
                return false;
            default:
                int quantity = Math.Min(order.Leaves, other.Leaves);
                Shrink(other, quantity);
                return IsAlive(order) && !Shrink(order, quantity);
        }
    }

    /// <summary>True when nothing of the order is left that may fill.</summary>
    private bool Shrink(NaiveOrder order, int quantity)
    {
        if (quantity >= order.Rest)
        {
            End(order);
            return true;
        }

        order.Quantity -= quantity;
        order.Held = Math.Min(order.Held, order.Rest);
        SayReplaced(order);
        foreach (NaiveOrder child in ChildrenOf(order))
        {
            int gone = child.Held - StillHeld(child, order.Rest, order.Rest + quantity);
            child.Held -= gone;
            if (gone > 0) Shrink(child, gone);
        }

        if (order.Leaves > 0) return false;
        leave(order);
        order.Place = NaivePlace.Held;
        return true;
    }

    /// <summary>The part of a child stays held that its parent's unfilled quantity is of what it was, rounded up.</summary>
    private void Release(NaiveOrder child, int left, int before)
    {
        if (child.Held == 0 || (child.IsWhenFilled && left > 0)) return;
        int held = StillHeld(child, left, before);
        if (held == child.Held) return;
        child.Held = held;
        if (child.Place == NaivePlace.Released) return;
        leave(child);
        Rank(child);
        child.Place = NaivePlace.Released;
    }

    private static int StillHeld(NaiveOrder child, int left, int before) => ((child.Held * left) + before - 1) / before;

    private List<NaiveOrder> ChildrenOf(NaiveOrder order) => [.. _orders.Where(o => o.Parent == order.Id).Reverse()];

    private static int ListOf(NaiveOrder order) => order.Place switch
    {
        NaivePlace.Waiting => 0,
        NaivePlace.Book => order.IsBuy ? 1 : 2,
        NaivePlace.Stop when order.Trail > 0 => 7,
        NaivePlace.Stop => (order.IsTouch ? 5 : 3) + (order.IsBuy ? 0 : 1),
        NaivePlace.Held => 9,
        _ => 10,
    };

    private static int KeyOf(NaiveOrder order) => order.Place switch
    {
        NaivePlace.Book => order.IsBuy ? -order.Limit!.Value : order.Limit!.Value,
        NaivePlace.Stop when order.Trail == 0 => order.Direction * order.Stop!.Value,
        _ => 0,
    };
}
