namespace MiniTrader.Simulation.Exchange;

/// <summary>One order of the naive venue; prices in ticks, quantities in units.</summary>
internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required bool IsBuy { get; init; }

    public int? Limit { get; set; }

    public int Quantity { get; set; }

    public int Filled { get; set; }

    public int Ahead { get; set; }

    public long Rank { get; set; }

    public bool IsWaiting { get; set; }

    public bool IsPostOnly { get; init; }

    public int Leaves => Quantity - Filled;
}

/// <summary>
/// The rules for quotes and trades written down a second time in the plainest way: lists, sorting, no latency, nothing displayed
/// behind the best price. Answers what happened as text.
/// </summary>
internal sealed class NaiveVenue
{
    private const int Unknown = int.MaxValue;
    private readonly List<NaiveOrder> _orders = [];
    private (int Price, int Size, int Left) _bid, _ask;
    private long _rank;

    public List<string> Said { get; } = [];

    public void Quote(int bid, int bidSize, int ask, int askSize)
    {
        if ((bid, bidSize) != (_bid.Price, _bid.Size))
        {
            _bid = (bid, bidSize, bidSize);
            foreach (NaiveOrder o in Resting(true)) o.Ahead = Moved(o.Ahead, o.Limit!.Value - bid, bidSize);
        }

        if ((ask, askSize) != (_ask.Price, _ask.Size))
        {
            _ask = (ask, askSize, askSize);
            foreach (NaiveOrder o in Resting(false)) o.Ahead = Moved(o.Ahead, ask - o.Limit!.Value, askSize);
        }

        foreach (NaiveOrder o in Resting(true).Where(o => _ask.Size > 0 && o.Limit >= _ask.Price)) _ask.Left -= Make(o, Math.Min(o.Leaves, _ask.Left), _ask.Left > 0 ? 0 : o.Ahead);
        foreach (NaiveOrder o in Resting(false).Where(o => _bid.Size > 0 && o.Limit <= _bid.Price)) _bid.Left -= Make(o, Math.Min(o.Leaves, _bid.Left), _bid.Left > 0 ? 0 : o.Ahead);
        foreach (NaiveOrder o in _orders.Where(o => o.IsWaiting).OrderBy(o => o.Rank).ToList()) Execute(o, "gtc");
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
                left -= Make(o, Math.Min(o.Leaves, reach - (size - left)), after);
            }
        }
    }

    public void New(long id, bool isBuy, int? limit, int quantity, string timeInForce)
    {
        NaiveOrder order = new() { Id = id, IsBuy = isBuy, Limit = limit, Quantity = quantity, Rank = ++_rank };
        if (timeInForce != "gtc" && Opposite(isBuy).Size == 0)
        {
            Said.Add($"{id} Rejected");
            return;
        }

        _orders.Add(order);
        Said.Add($"{id} Accepted");
        Execute(order, timeInForce);
    }

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

    public int? Ahead(long id) => _orders.Find(o => o.Id == id && o.Limit is not null)?.Ahead;

    private static int Moved(int ahead, int better, int size) => size == 0 || better > 0 ? 0 : better < 0 ? ahead : Math.Min(ahead, size);

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

        if (order.Leaves == 0) return;
        if (timeInForce != "gtc" || order.Limit is null) End(order);
        else Rest(order);
    }

    private void Rest(NaiveOrder order)
    {
        (int price, int size, _) = order.IsBuy ? _bid : _ask;
        int better = order.IsBuy ? order.Limit!.Value - price : price - order.Limit!.Value;
        order.Ahead = size == 0 || better > 0 ? 0 : better == 0 ? size : Unknown;
    }

    private List<NaiveOrder> Resting(bool isBuy) =>
        [.. _orders.Where(o => o.IsBuy == isBuy && o.Limit is not null).OrderBy(o => isBuy ? -o.Limit : o.Limit).ThenBy(o => o.Rank)];

    private int Make(NaiveOrder order, int quantity, int aheadAfter)
    {
        order.Ahead = aheadAfter;
        if (quantity <= 0) return 0;
        Fill(order, quantity, order.Limit!.Value, "Maker");
        return quantity;
    }

    private void Fill(NaiveOrder order, int quantity, int price, string liquidity)
    {
        order.Filled += quantity;
        Said.Add($"{order.Id} Fill {quantity} @ {price} {liquidity} leaves {order.Leaves}");
        if (order.Leaves == 0) _orders.Remove(order);
    }

    private void End(NaiveOrder order)
    {
        Said.Add($"{order.Id} Cancelled");
        _orders.Remove(order);
    }
}
