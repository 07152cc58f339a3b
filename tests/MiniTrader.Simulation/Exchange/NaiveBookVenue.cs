namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// The rules for books written down a second time in the plainest way. In a book of orders our own stand in the very lists of the
/// market's, so that what is ahead is what comes before; in a book of levels each carries its number. Prices in ticks, quantities in
/// units, no latency, one strategy. Answers what happened as text. What orders do to each other is in <see cref="NaiveOrders"/>.
/// </summary>
internal sealed class NaiveBookVenue
{
    private readonly bool _isByOrder;
    private readonly NaiveMarketBook _book = new();
    private readonly NaiveOrders _orders;

    public NaiveBookVenue(bool isByOrder)
    {
        _isByOrder = isByOrder;
        _orders = new NaiveOrders(_book.Remove, ShowMore);
    }

    public List<string> Said => _orders.Said;

    public void Level(bool isBid, int price, int size) => Change(() =>
    {
        foreach (NaiveOrder own in Resting(isBid).Where(o => o.Limit == price)) own.Ahead = own.IsHidden ? size : Math.Min(own.Ahead, size);
        _book.Side(isBid).Remove(price);
        if (size > 0) _book.Queue(isBid, price).Add(new NaiveEntry { Size = size });
    });

    public void Add(long id, bool isBid, int price, int size) => Change(() =>
    {
        if (size > 0 && _book.Find(id) is null) _book.Queue(isBid, price).Add(new NaiveEntry { Id = id, Size = size });
    });

    public void Modify(long id, int price, int size) => Change(() =>
    {
        if (_book.Find(id) is not var (isBid, at, entry)) return;
        if (size == 0 || (at == price && size <= entry.Size))
        {
            entry.Size = size;
            return;
        }

        _book.Queue(isBid, at).Remove(entry);
        _book.Queue(isBid, price).Add(new NaiveEntry { Id = id, Size = size });
    });

    public void Delete(long id) => Change(() =>
    {
        if (_book.Find(id) is var (_, _, entry)) entry.Size = 0;
    });

    /// <summary>Whoever took the order would first have met ours at better prices, and those before it in its own queue.</summary>
    public void Execute(long id, int size) => Change(() =>
    {
        if (size == 0 || _book.Find(id) is not var (isBid, price, entry)) return;
        int left = Math.Min(size, entry.Size);
        List<NaiveEntry> before = _book.Queue(isBid, price).TakeWhile(e => e != entry).ToList();
        entry.Size -= left;
        foreach (NaiveOrder own in Resting(isBid))
        {
            if (!_orders.IsAlive(own)) continue;
            bool isBetter = isBid ? own.Limit > price : own.Limit < price;
            bool isBefore = !own.IsHidden && before.Exists(e => e.Own == own);
            if (isBetter) left -= Make(own, Math.Min(own.Leaves, left));
            else if (isBefore) left -= Make(own, Math.Min(own.Visible, left));
        }
    });

    public void Trade(int price, int size, char aggressor)
    {
        if (!_isByOrder) Print(price, size, aggressor);
        ReleaseChildren();
    }

    public void New(NaiveOrder order, string timeInForce = "gtc")
    {
        if ((timeInForce != "gtc" && _book.Best(!order.IsBuy) is null) || (order.IsPostOnly && WouldTake(order, order.Limit)) || (order.IsReduceOnly && _orders.Room(order) == 0))
        {
            Said.Add($"{order.Id} Rejected");
            return;
        }

        _orders.Accept(order);
        Enter(order, timeInForce);
        ReleaseChildren();
    }

    /// <summary>Orders that arrive together; children wait for what is released to them.</summary>
    public void NewList(params NaiveOrder[] list)
    {
        foreach (NaiveOrder order in list)
        {
            if (order.Parent != 0) order.Held = order.Quantity;
            _orders.Accept(order);
        }

        foreach (NaiveOrder order in list)
        {
            if (_orders.IsAlive(order) && order.Place == NaivePlace.None) Enter(order);
            ReleaseChildren();
        }
    }

    public void Cancel(long id)
    {
        NaiveOrder? order = _orders.Find(id);
        if (order is null) Said.Add($"{id} CancelRejected");
        else _orders.End(order);
    }

    public void CancelAll(char side)
    {
        foreach (NaiveOrder order in _orders.InOrderOfLists())
        {
            if (_orders.IsAlive(order) && (side == 'a' || order.IsBuy == (side == 'b'))) _orders.End(order);
        }
    }

    public bool IsPlain(long id) => _orders.Find(id) is not { IsPlain: false };

    public void Replace(long id, int quantity, int limit)
    {
        NaiveOrder? order = _orders.Find(id);
        if (order is null || quantity < order.Filled || (order.IsPostOnly && order.Limit != limit && WouldTake(order, limit)))
        {
            Said.Add($"{id} ReplaceRejected");
            return;
        }

        bool keeps = quantity <= order.Quantity && (order.Limit is null || order.Limit == limit);
        order.Quantity = quantity;
        _orders.SayReplaced(order);
        if (order.Leaves == 0)
        {
            _orders.Retire(order);
        }
        else if (!keeps)
        {
            Leave(order);
            if (order.Limit is not null) order.Limit = limit;
            _orders.Rank(order);
            Enter(order);
        }

        ReleaseChildren();
    }

    public int? Ahead(long id)
    {
        if (_orders.Find(id) is not { Place: NaivePlace.Book } order) return null;
        if (!_isByOrder) return order.Ahead;
        return order.IsHidden ? _book.SizeAt(order.IsBuy, order.Limit!.Value) : _book.Queue(order.IsBuy, order.Limit!.Value).TakeWhile(e => e.Own != order).Sum(e => e.Size);
    }

    private void Print(int price, int size, char aggressor)
    {
        int left = size;
        foreach (bool isBuy in new[] { true, false })
        {
            if (aggressor == (isBuy ? 'b' : 's')) continue;
            foreach (NaiveOrder own in Resting(isBuy).Where(o => isBuy ? o.Limit >= price : o.Limit <= price))
            {
                if (!_orders.IsAlive(own)) continue;
                bool isThrough = own.Limit != price;
                int reach = isThrough ? size : Math.Max(0, size - own.Ahead);
                own.Ahead = isThrough ? 0 : Math.Max(0, own.Ahead - size);
                left -= Make(own, Math.Min(isThrough ? own.Leaves : own.Visible, reach - (size - left)));
            }
        }
    }

    /// <summary>A change of the book, and what follows when the market shows it.</summary>
    private void Change(Action change)
    {
        _book.Change(change);
        Cross();
        foreach (NaiveOrder own in _orders.At(NaivePlace.Waiting).Where(o => o.Peg is null))
        {
            if (!_orders.IsAlive(own) || _book.Best(!own.IsBuy) is null) continue;
            own.Place = NaivePlace.None;
            Execute(own, "gtc");
        }

        foreach ((bool isBuy, bool isTouch) in new[] { (true, false), (false, false), (true, true), (false, true) }) Trigger(isBuy, isTouch);
        foreach (NaiveOrder own in _orders.At(NaivePlace.Stop).Where(o => o.Trail > 0).OrderBy(o => o.Rank))
        {
            if (_orders.IsAlive(own) && Follow(own)) Act(own);
        }

        MovePegs();
        ReleaseChildren();
    }

    private void Cross()
    {
        foreach (bool isBuy in new[] { true, false })
        {
            foreach (NaiveOrder own in Resting(isBuy))
            {
                foreach ((int price, _) in _book.Shown(!isBuy).Where(l => Reaches(own, l.Price)))
                {
                    if (!_orders.IsAlive(own) || own.Place != NaivePlace.Book) break;
                    int quantity = Math.Min(own.Leaves, _book.Left(!isBuy, price));
                    if (quantity <= 0) continue;
                    if (!_isByOrder) own.Ahead = 0;
                    _book.Use(!isBuy, price, quantity);
                    Make(own, quantity);
                }
            }
        }
    }

    private void Trigger(bool isBuy, bool isTouch)
    {
        if (_book.Best(!isBuy) is not { } price) return;
        foreach (NaiveOrder own in _orders.At(NaivePlace.Stop).Where(o => o.Trail == 0 && o.IsBuy == isBuy && o.IsTouch == isTouch).OrderBy(o => o.Direction * o.Stop).ThenBy(o => o.Rank))
        {
            if (own.Direction * (price - own.Stop!.Value) >= 0 && _orders.IsAlive(own)) Act(own);
        }
    }

    /// <summary>Moves a trailing stop behind the best opposite price; true when that has come to it.</summary>
    private bool Follow(NaiveOrder own)
    {
        if (_book.Best(!own.IsBuy) is not { } price) return false;
        int stop = own.IsBuy ? price + own.Trail : price - own.Trail;
        own.Stop = own.Stop is not { } old ? stop : own.IsBuy ? Math.Min(old, stop) : Math.Max(old, stop);
        return own.IsBuy ? price >= own.Stop : price <= own.Stop;
    }

    private void MovePegs()
    {
        List<NaiveOrder> pegs = [.. Resting(true).Concat(Resting(false)).Concat(_orders.At(NaivePlace.Waiting)).Where(o => o.Peg is not null)];
        foreach (NaiveOrder own in pegs)
        {
            if (!_orders.IsAlive(own)) continue;
            int? price = PegOf(own);
            bool rests = own.Place == NaivePlace.Book;
            if (rests ? price == own.Limit : price is null) continue;
            Leave(own);
            _orders.Rank(own);
            Execute(own, "gtc");
        }
    }

    private int? PegOf(NaiveOrder own)
    {
        if (own.Peg != 'm') return _book.Best(own.Peg == 'b') + own.PegOffset;
        if (_book.Best(true) is not { } bid || _book.Best(false) is not { } ask) return null;
        double middle = ((bid + ask) / 2.0) + own.PegOffset;
        return (int)(own.IsBuy ? Math.Floor(middle) : Math.Ceiling(middle));
    }

    private void Act(NaiveOrder own)
    {
        own.IsStop = false;
        own.Stop = null;
        own.Place = NaivePlace.None;
        Said.Add($"{own.Id} Triggered");
        Execute(own, "gtc");
    }

    private void Enter(NaiveOrder order, string timeInForce = "gtc")
    {
        if (order.Leaves == 0)
        {
            order.Place = NaivePlace.Held;
            return;
        }

        order.Shown = order.Display;
        if (order.IsReduceOnly && !_orders.Fit(order)) return;
        if (!order.IsStop)
        {
            Execute(order, timeInForce);
            return;
        }

        bool isReached = order.Trail > 0 ? Follow(order) : _book.Best(!order.IsBuy) is { } price && order.Direction * (price - order.Stop!.Value) >= 0;
        order.Place = NaivePlace.Stop;
        if (isReached) Act(order);
    }

    private void ReleaseChildren()
    {
        while (_orders.At(NaivePlace.Released) is [NaiveOrder first, ..])
        {
            first.Place = NaivePlace.None;
            Enter(first);
        }
    }

    private void Execute(NaiveOrder order, string timeInForce)
    {
        int? peg = order.Peg is null ? null : PegOf(order);
        bool isPriced = order.Peg is null || peg is not null;
        if (peg is not null) order.Limit = peg;
        if (!isPriced || _book.Best(!order.IsBuy) is null)
        {
            if (order.Limit is not null && isPriced) RestAmongOwn(order);
            else order.Place = NaivePlace.Waiting;
            return;
        }

        if (order.IsPostOnly || order.IsRepriced)
        {
            bool isMet = WouldTake(order, order.Limit);
            if (isMet && order.IsPostOnly)
            {
                _orders.End(order);
                return;
            }

            if (isMet)
            {
                order.Limit = _book.Best(!order.IsBuy) + (order.IsBuy ? -1 : 1);
                _orders.SayReplaced(order);
            }

            RestAmongOwn(order);
            return;
        }

        bool isKilled = timeInForce == "fok" && _book.Shown(!order.IsBuy).Where(l => Reaches(order, l.Price)).Sum(l => Math.Max(0, _book.Left(!order.IsBuy, l.Price))) < order.Leaves;
        bool isLeft = !isKilled && (order.SelfTrade is null ? Take(order, null) : TakeAmongOwn(order));
        if (isKilled || (isLeft && (timeInForce != "gtc" || order.Limit is null))) _orders.End(order);
        else if (isLeft) Rest(order);
    }

    /// <summary>Takes what it reaches and is better than a price; true while something of the order is left and may go on.</summary>
    private bool Take(NaiveOrder order, int? before)
    {
        foreach ((int price, _) in _book.Shown(!order.IsBuy).Where(l => Reaches(order, l.Price) && (before is null || (order.IsBuy ? l.Price < before : l.Price > before))))
        {
            int quantity = Math.Min(order.Leaves, _book.Left(!order.IsBuy, price));
            if (quantity <= 0) continue;
            _book.Use(!order.IsBuy, price, quantity);
            if (_orders.Fill(order, quantity, price, "Taker")) return false;
        }

        return true;
    }

    /// <summary>Takes what is better than the nearest own order that it would meet, lets the two meet, and so on.</summary>
    private bool TakeAmongOwn(NaiveOrder order)
    {
        while (Resting(!order.IsBuy).Find(o => Reaches(order, o.Limit!.Value)) is { } other)
        {
            if (!Take(order, other.Limit) || !_orders.Meet(order, other)) return false;
        }

        return Take(order, null);
    }

    private void RestAmongOwn(NaiveOrder order)
    {
        while (order.SelfTrade is not null && Resting(!order.IsBuy).Find(o => Reaches(order, o.Limit!.Value)) is { } other)
        {
            if (!_orders.Meet(order, other)) return;
        }

        Rest(order);
    }

    private bool WouldTake(NaiveOrder order, int? limit) =>
        _book.Best(!order.IsBuy) is { } best && (order.IsBuy ? limit >= best : limit <= best);

    private void Rest(NaiveOrder order)
    {
        _orders.Rank(order);
        order.Place = NaivePlace.Book;
        order.Ahead = _book.SizeAt(order.IsBuy, order.Limit!.Value);
        if (_isByOrder) _book.Queue(order.IsBuy, order.Limit!.Value).Add(new NaiveEntry { Own = order });
    }

    private int Make(NaiveOrder order, int quantity)
    {
        if (quantity <= 0) return 0;
        _orders.Fill(order, quantity, order.Limit!.Value, "Maker");
        return quantity;
    }

    /// <summary>Of what an iceberg showed nothing is left: the next part joins behind all.</summary>
    private void ShowMore(NaiveOrder order)
    {
        order.Shown = Math.Min(order.Display, order.Leaves);
        Leave(order);
        Rest(order);
    }

    private void Leave(NaiveOrder order)
    {
        _book.Remove(order);
        order.Place = NaivePlace.None;
    }

    private static bool Reaches(NaiveOrder order, int price) => order.Limit is null || (order.IsBuy ? order.Limit >= price : order.Limit <= price);

    private List<NaiveOrder> Resting(bool isBuy) =>
        [.. _orders.At(NaivePlace.Book).Where(o => o.IsBuy == isBuy).OrderBy(o => isBuy ? -o.Limit : o.Limit).ThenBy(o => o.Rank)];
}
