namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// The rules for quotes and trades written down a second time in the plainest way: lists, sorting, no latency, nothing displayed
/// behind the best price. Answers what happened as text.
/// </summary>
internal sealed class NaiveVenue
{
    private const int Unknown = int.MaxValue;
    private readonly List<NaiveOrder> _orders = [];
    private (int Price, int Size, int Left) _bid, _ask;
    private int _position;
    private long _rank;

    public List<string> Said { get; } = [];

    public void Quote(int bid, int bidSize, int ask, int askSize)
    {
        if ((bid, bidSize) != (_bid.Price, _bid.Size))
        {
            _bid = (bid, bidSize, bidSize);
            foreach (NaiveOrder o in Resting(true)) o.Ahead = Moved(o, o.Limit!.Value - bid, bidSize);
        }

        if ((ask, askSize) != (_ask.Price, _ask.Size))
        {
            _ask = (ask, askSize, askSize);
            foreach (NaiveOrder o in Resting(false)) o.Ahead = Moved(o, ask - o.Limit!.Value, askSize);
        }

        foreach (NaiveOrder o in Resting(true).Where(o => _ask.Size > 0 && o.Limit >= _ask.Price)) _ask.Left -= Make(o, Math.Min(o.Leaves, _ask.Left), _ask.Left > 0 ? 0 : o.Ahead);
        foreach (NaiveOrder o in Resting(false).Where(o => _bid.Size > 0 && o.Limit <= _bid.Price)) _bid.Left -= Make(o, Math.Min(o.Leaves, _bid.Left), _bid.Left > 0 ? 0 : o.Ahead);
        foreach (NaiveOrder o in _orders.Where(o => o.IsWaiting).OrderBy(o => o.Rank).ToList())
        {
            if (_orders.Contains(o)) Execute(o, "gtc");
        }

        foreach ((bool isBuy, bool isTouch) in new[] { (true, false), (false, false), (true, true), (false, true) }) Trigger(isBuy, isTouch);
    }

    public void Trade(int price, int size, char aggressor)
    {
        int left = size;
        foreach (bool isBuy in new[] { true, false })
        {
            if (aggressor == (isBuy ? 'b' : 's')) continue;
            foreach (NaiveOrder o in Resting(isBuy).Where(o => isBuy ? o.Limit >= price : o.Limit <= price))
            {
                bool isThrough = o.Limit != price;
                int reach = isThrough ? size : o.Ahead == Unknown ? 0 : Math.Max(0, size - o.Ahead);
                int after = isThrough ? 0 : o.Ahead == Unknown ? Unknown : Math.Max(0, o.Ahead - size);
                if (!_orders.Contains(o)) continue;
                int visible = isThrough || o.Display == 0 ? o.Leaves : Math.Min(o.Shown, o.Leaves);
                left -= Make(o, Math.Min(visible, reach - (size - left)), after);
            }
        }
    }

    public void New(long id, bool isBuy, int? limit, int quantity, string timeInForce)
    {
        NaiveOrder order = new() { Id = id, IsBuy = isBuy, Limit = limit, Quantity = quantity };
        if (timeInForce != "gtc" && Opposite(isBuy).Size == 0)
        {
            Said.Add($"{id} Rejected");
            return;
        }

        Accept(order);
        Execute(order, timeInForce);
    }

    /// <summary>A stop, an if-touched order, an iceberg, one that is hidden, that only reduces, or that is repriced before it would take.</summary>
    public void New(NaiveOrder order)
    {
        if (order.IsReduceOnly && Room(order) == 0)
        {
            Said.Add($"{order.Id} Rejected");
            return;
        }

        Accept(order);
        Enter(order);
    }

    /// <summary>Two orders of which a fill of one cancels the other.</summary>
    public void NewPair(NaiveOrder first, NaiveOrder second)
    {
        Accept(first);
        Accept(second);
        Enter(first);
        if (_orders.Contains(second)) Enter(second);
    }

    public bool IsPlain(long id) => _orders.Find(o => o.Id == id) is not { IsPlain: false };

    public void Cancel(long id)
    {
        NaiveOrder? order = _orders.Find(o => o.Id == id);
        Said.Add(order is null ? $"{id} CancelRejected" : $"{id} Cancelled");
        if (order is not null) _orders.Remove(order);
    }

    public void Replace(long id, int quantity, int limit)
    {
        NaiveOrder? order = _orders.Find(o => o.Id == id);
        if (order is null || quantity < order.Filled)
        {
            Said.Add($"{id} ReplaceRejected");
            return;
        }

        bool keeps = quantity <= order.Quantity && (order.Limit is null || order.Limit == limit);
        order.Quantity = quantity;
        if (order.Limit is not null) order.Limit = limit;
        Said.Add($"{id} Replaced");
        if (order.Leaves == 0) _orders.Remove(order);
        else if (!keeps)
        {
            order.Rank = ++_rank;
            order.IsWaiting = false;
            Execute(order, "gtc");
        }
    }

    public int? Ahead(long id) => _orders.Find(o => o.Id == id && o.Rests)?.Ahead;

    private static int Moved(NaiveOrder o, int better, int size) =>
        size == 0 || better > 0 ? 0 : better < 0 ? o.Ahead : o.IsHidden ? size : Math.Min(o.Ahead, size);

    private static int Direction(NaiveOrder order) => order.IsBuy != order.IsTouch ? 1 : -1;

    private void Accept(NaiveOrder order)
    {
        order.Rank = ++_rank;
        _orders.Add(order);
        Said.Add($"{order.Id} Accepted");
    }

    private void Enter(NaiveOrder order)
    {
        order.Shown = order.Display;
        if (order.IsReduceOnly) Fit(order);
        (int price, int size, _) = Opposite(order.IsBuy);
        bool isMet = order.Limit is { } limit && size > 0 && (order.IsBuy ? limit >= price : limit <= price);
        if (order.Stop is { } stop)
        {
            if (size > 0 && Direction(order) * (price - stop) >= 0) Act(order);
        }
        else if (order.IsRepriced)
        {
            if (isMet) order.Limit = order.IsBuy ? price - 1 : price + 1;
            if (isMet) Said.Add($"{order.Id} Replaced");
            Rest(order);
        }
        else
        {
            Execute(order, "gtc");
        }
    }

    private void Trigger(bool isBuy, bool isTouch)
    {
        (int price, int size, _) = Opposite(isBuy);
        if (size == 0) return;
        List<NaiveOrder> stops = [.. _orders.Where(o => o.Stop is not null && o.IsBuy == isBuy && o.IsTouch == isTouch)
            .OrderBy(o => Direction(o) * o.Stop).ThenBy(o => o.Rank)];
        foreach (NaiveOrder o in stops.Where(o => Direction(o) * (price - o.Stop!.Value) >= 0).ToList())
        {
            if (_orders.Contains(o)) Act(o);
        }
    }

    private void Act(NaiveOrder order)
    {
        order.Stop = null;
        Said.Add($"{order.Id} Triggered");
        Execute(order, "gtc");
    }

    private int Room(NaiveOrder order) => Math.Max(0, order.IsBuy ? -_position : _position);

    private void Fit(NaiveOrder order)
    {
        int room = Room(order);
        if (room == 0)
        {
            End(order);
        }
        else if (order.Leaves > room)
        {
            order.Quantity = order.Filled + room;
            Said.Add($"{order.Id} Replaced");
        }
    }

    private (int Price, int Size, int Left) Opposite(bool isBuy) => isBuy ? _ask : _bid;

    private void Execute(NaiveOrder order, string timeInForce)
    {
        (int price, int size, int left) = Opposite(order.IsBuy);
        if (size == 0)
        {
            if (order.Limit is null) order.IsWaiting = true;
            else Rest(order);
            return;
        }

        bool isMarketable = order.Limit is null || (order.IsBuy ? order.Limit >= price : order.Limit <= price);
        int taken = isMarketable ? Math.Min(order.Leaves, left) : 0;
        if (timeInForce == "fok" && taken < order.Leaves) taken = 0;
        if (taken > 0)
        {
            if (order.IsBuy) _ask.Left -= taken;
            else _bid.Left -= taken;
            Fill(order, taken, price, "Taker");
        }

        if (!_orders.Contains(order)) return;
        if (timeInForce != "gtc" || order.Limit is null) End(order);
        else Rest(order);
    }

    private void Rest(NaiveOrder order)
    {
        (int price, int size, _) = order.IsBuy ? _bid : _ask;
        int better = order.IsBuy ? order.Limit!.Value - price : price - order.Limit!.Value;
        order.Ahead = size == 0 || better > 0 ? 0 : better == 0 ? size : Unknown;
        order.Rank = ++_rank;
    }

    private List<NaiveOrder> Resting(bool isBuy) =>
        [.. _orders.Where(o => o.IsBuy == isBuy && o.Rests).OrderBy(o => isBuy ? -o.Limit : o.Limit).ThenBy(o => o.Rank)];

    private int Make(NaiveOrder order, int quantity, int aheadAfter)
    {
        if (!_orders.Contains(order)) return 0;
        order.Ahead = aheadAfter;
        if (quantity <= 0) return 0;
        Fill(order, quantity, order.Limit!.Value, "Maker");
        return quantity;
    }

    private void Fill(NaiveOrder order, int quantity, int price, string liquidity)
    {
        order.Filled += quantity;
        Said.Add($"{order.Id} Fill {quantity} @ {price} {liquidity} leaves {order.Leaves}");
        _position += order.IsBuy ? quantity : -quantity;
        if (_orders.Find(o => o.Id == order.Other) is { } other) End(other);
        if (order.Leaves == 0)
        {
            _orders.Remove(order);
        }
        else if (order.Display > 0 && liquidity == "Maker" && (order.Shown -= quantity) <= 0)
        {
            order.Shown = Math.Min(order.Display, order.Leaves);
            Rest(order);
        }

        foreach (NaiveOrder o in Resting(true).Concat(Resting(false)).Where(o => o.IsReduceOnly).ToList()) Fit(o);
    }

    private void End(NaiveOrder order)
    {
        Said.Add($"{order.Id} Cancelled");
        _orders.Remove(order);
    }
}
