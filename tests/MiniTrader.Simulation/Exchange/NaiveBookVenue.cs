namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// The rules for books written down a second time in the plainest way. In a book of orders our own stand in the very lists of the
/// market's, so that what is ahead is what comes before; in a book of levels each carries its number. Prices in ticks, quantities in
/// units, no latency. Answers what happened as text.
/// </summary>
internal sealed class NaiveBookVenue(bool isByOrder)
{
    private readonly SortedDictionary<int, List<Entry>> _bids = new(Comparer<int>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<int, List<Entry>> _asks = [];
    private readonly Dictionary<(bool IsBid, int Price), int> _used = [];
    private readonly List<NaiveOrder> _orders = [];
    private long _rank;

    public List<string> Said { get; } = [];

    public void Level(bool isBid, int price, int size) => Change(() =>
    {
        foreach (NaiveOrder own in Resting(isBid).Where(o => o.Limit == price)) own.Ahead = Math.Min(own.Ahead, size);
        Side(isBid).Remove(price);
        if (size > 0) Side(isBid)[price] = [new Entry { Size = size }];
    });

    public void Add(long id, bool isBid, int price, int size) => Change(() =>
    {
        if (size == 0 || Find(id) is not null) return;
        Queue(isBid, price).Add(new Entry { Id = id, Size = size });
    });

    public void Modify(long id, int price, int size) => Change(() =>
    {
        if (Find(id) is not var (isBid, at, entry)) return;
        if (size == 0 || (at == price && size <= entry.Size))
        {
            entry.Size = size;
            return;
        }

        Queue(isBid, at).Remove(entry);
        Queue(isBid, price).Add(new Entry { Id = id, Size = size });
    });

    public void Delete(long id) => Change(() =>
    {
        if (Find(id) is var (_, _, entry)) entry.Size = 0;
    });

    public void Execute(long id, int size) => Change(() =>
    {
        if (size == 0 || Find(id) is not var (isBid, price, entry)) return;
        int left = Math.Min(size, entry.Size);
        List<Entry> queue = Queue(isBid, price);
        List<Entry> before = queue.TakeWhile(e => e != entry).ToList();
        entry.Size -= left;
        foreach (NaiveOrder own in Resting(isBid))
        {
            bool isBetter = isBid ? own.Limit > price : own.Limit < price;
            if (isBetter || before.Exists(e => e.Own == own)) left -= Make(own, Math.Min(own.Leaves, left));
        }
    });

    public void Trade(int price, int size, char aggressor)
    {
        if (isByOrder) return;
        int left = size;
        foreach (bool isBuy in new[] { true, false })
        {
            if (aggressor == (isBuy ? 'b' : 's')) continue;
            foreach (NaiveOrder own in Resting(isBuy).Where(o => isBuy ? o.Limit >= price : o.Limit <= price))
            {
                bool isThrough = own.Limit != price;
                int reach = isThrough ? size : Math.Max(0, size - own.Ahead);
                own.Ahead = isThrough ? 0 : Math.Max(0, own.Ahead - size);
                left -= Make(own, Math.Min(own.Leaves, reach - (size - left)));
            }
        }
    }

    public void New(long id, bool isBuy, int? limit, int quantity, string timeInForce, bool isPostOnly)
    {
        SortedDictionary<int, List<Entry>> opposite = Shown(!isBuy);
        NaiveOrder order = new() { Id = id, IsBuy = isBuy, Limit = limit, Quantity = quantity, Rank = ++_rank, IsPostOnly = isPostOnly };
        if ((timeInForce != "gtc" && opposite.Count == 0) || WouldTake(order, limit))
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
        if (order is not null) Retire(order);
    }

    public void Replace(long id, int quantity, int limit)
    {
        NaiveOrder? order = _orders.Find(o => o.Id == id);
        if (order is null || quantity < order.Filled || (order.Limit != limit && WouldTake(order, limit)))
        {
            Said.Add($"{id} ReplaceRejected");
            return;
        }

        bool keeps = quantity <= order.Quantity && (order.Limit is null || order.Limit == limit);
        order.Quantity = quantity;
        Said.Add($"{id} Replaced");
        if (order.Leaves == 0)
        {
            Retire(order);
            return;
        }

        if (keeps) return;
        Leave(order);
        if (order.Limit is not null) order.Limit = limit;
        order.Rank = ++_rank;
        order.IsWaiting = false;
        Execute(order, "gtc");
    }

    public int? Ahead(long id)
    {
        if (_orders.Find(o => o.Id == id && o.Limit is not null) is not { } order) return null;
        if (!isByOrder) return order.Ahead;
        return Queue(order.IsBuy, order.Limit!.Value).TakeWhile(e => e.Own != order).Sum(e => e.Size);
    }

    private void Change(Action change)
    {
        Dictionary<(bool, int), int> before = Displayed();
        change();
        Dictionary<(bool, int), int> after = Displayed();
        foreach ((bool, int) level in before.Keys.Union(after.Keys).Where(l => before.GetValueOrDefault(l) != after.GetValueOrDefault(l))) _used.Remove(level);
        foreach (bool isBuy in new[] { true, false })
        {
            foreach (NaiveOrder own in Resting(isBuy))
            {
                foreach ((int price, _) in Shown(!isBuy).Where(l => Reaches(own, l.Key)))
                {
                    int quantity = Math.Min(own.Leaves, Left(!isBuy, price));
                    if (quantity <= 0) continue;
                    if (!isByOrder) own.Ahead = 0;
                    _used[(!isBuy, price)] = _used.GetValueOrDefault((!isBuy, price)) + quantity;
                    Make(own, quantity);
                    if (own.Leaves == 0) break;
                }
            }
        }

        foreach (NaiveOrder own in _orders.Where(o => o.IsWaiting && Shown(!o.IsBuy).Count > 0).OrderBy(o => o.Rank).ToList())
        {
            own.IsWaiting = false;
            Execute(own, "gtc");
        }
    }

    private void Execute(NaiveOrder order, string timeInForce)
    {
        SortedDictionary<int, List<Entry>> opposite = Shown(!order.IsBuy);
        if (opposite.Count == 0)
        {
            if (order.Limit is null) order.IsWaiting = true;
            else Rest(order);
            return;
        }

        if (WouldTake(order, order.Limit))
        {
            End(order);
            return;
        }

        List<int> prices = opposite.Keys.Where(p => Reaches(order, p)).ToList();
        bool isKilled = timeInForce == "fok" && prices.Sum(p => Left(!order.IsBuy, p)) < order.Leaves;
        foreach (int price in isKilled ? [] : prices)
        {
            int quantity = Math.Min(order.Leaves, Left(!order.IsBuy, price));
            if (quantity <= 0) continue;
            _used[(!order.IsBuy, price)] = _used.GetValueOrDefault((!order.IsBuy, price)) + quantity;
            Fill(order, quantity, price, "Taker");
            if (order.Leaves == 0) return;
        }

        if (timeInForce == "gtc" && order.Limit is not null)
        {
            Rest(order);
            return;
        }

        End(order);
    }

    private bool WouldTake(NaiveOrder order, int? limit)
    {
        SortedDictionary<int, List<Entry>> opposite = Shown(!order.IsBuy);
        return order.IsPostOnly && opposite.Count > 0 && (order.IsBuy ? limit >= opposite.First().Key : limit <= opposite.First().Key);
    }

    private void End(NaiveOrder order)
    {
        Said.Add($"{order.Id} Cancelled");
        Retire(order);
    }

    private void Rest(NaiveOrder order)
    {
        if (isByOrder) Queue(order.IsBuy, order.Limit!.Value).Add(new Entry { Own = order });
        else order.Ahead = Shown(order.IsBuy).TryGetValue(order.Limit!.Value, out List<Entry>? level) ? level.Sum(e => e.Size) : 0;
    }

    private int Make(NaiveOrder order, int quantity)
    {
        if (quantity <= 0) return 0;
        Fill(order, quantity, order.Limit!.Value, "Maker");
        return quantity;
    }

    private void Fill(NaiveOrder order, int quantity, int price, string liquidity)
    {
        order.Filled += quantity;
        Said.Add($"{order.Id} Fill {quantity} @ {price} {liquidity} leaves {order.Leaves}");
        if (order.Leaves == 0) Retire(order);
    }

    private void Retire(NaiveOrder order)
    {
        Leave(order);
        _orders.Remove(order);
    }

    private void Leave(NaiveOrder order)
    {
        foreach (List<Entry> queue in _bids.Values.Concat(_asks.Values)) queue.RemoveAll(e => e.Own == order);
    }

    private static bool Reaches(NaiveOrder order, int price) => order.Limit is null || (order.IsBuy ? order.Limit >= price : order.Limit <= price);

    private int Left(bool isBid, int price) => Side(isBid)[price].Sum(e => e.Size) - _used.GetValueOrDefault((isBid, price));

    private SortedDictionary<int, List<Entry>> Side(bool isBid) => isBid ? _bids : _asks;

    /// <summary>The levels that the market shows: those with something of its own.</summary>
    private SortedDictionary<int, List<Entry>> Shown(bool isBid) =>
        new(Side(isBid).Where(l => l.Value.Sum(e => e.Size) > 0).ToDictionary(), Side(isBid).Comparer);

    private Dictionary<(bool, int), int> Displayed() => new[] { true, false }
        .SelectMany(s => Shown(s).Select(l => ((s, l.Key), l.Value.Sum(e => e.Size)))).ToDictionary();

    private List<Entry> Queue(bool isBid, int price)
    {
        if (!Side(isBid).TryGetValue(price, out List<Entry>? queue)) Side(isBid)[price] = queue = [];
        return queue;
    }

    private (bool IsBid, int Price, Entry Entry)? Find(long id)
    {
        foreach (bool isBid in new[] { true, false })
        {
            foreach ((int price, List<Entry> queue) in Side(isBid))
            {
                if (queue.Find(e => e.Id == id && e.Size > 0) is { } entry) return (isBid, price, entry);
            }
        }

        return null;
    }

    private List<NaiveOrder> Resting(bool isBuy) =>
        [.. _orders.Where(o => o.IsBuy == isBuy && o.Limit is not null).OrderBy(o => isBuy ? -o.Limit : o.Limit).ThenBy(o => o.Rank)];

    private sealed class Entry
    {
        public long Id { get; init; }

        public int Size { get; set; }

        public NaiveOrder? Own { get; init; }
    }
}
