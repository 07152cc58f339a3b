namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// The rules for books written down a second time in the plainest way. In a book of orders our own stand in the very lists of the
/// market's, so that what is ahead is what comes before; in a book of levels each carries its number. Prices in ticks, quantities in
/// units, no latency, one strategy. Answers what happened as text. Here are the market and the commands; how an order takes is in <see cref="NaiveTaking"/>,
/// what follows prices in <see cref="NaiveFollowing"/>, what orders do to each other in <see cref="NaiveOrders"/>.
/// </summary>
internal sealed class NaiveBookVenue
{
    private readonly bool _isByOrder;
    private readonly NaiveMarketBook _book = new();
    private readonly NaiveOrders _orders;
    private readonly NaiveTaking _taking;
    private readonly NaiveFollowing _following;

    public NaiveBookVenue(bool isByOrder)
    {
        _isByOrder = isByOrder;
        _orders = new NaiveOrders(_book.Remove, order => _taking!.ShowMore(order));
        _taking = new NaiveTaking(isByOrder, _book, _orders);
        _following = new NaiveFollowing(_book, _orders, _taking);
    }

    public List<string> Said => _orders.Said;

    public void Level(bool isBid, int price, int size) => Change(() =>
    {
        foreach (NaiveOrder own in _taking.Resting(isBid).Where(o => o.Limit == price)) own.Ahead = own.IsHidden ? size : Math.Min(own.Ahead, size);
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
        foreach (NaiveOrder own in _taking.Resting(isBid))
        {
            if (!IsResting(own)) continue;
            bool isBetter = isBid ? own.Limit > price : own.Limit < price;
            bool isBefore = !own.IsHidden && before.Exists(e => e.Own == own);
            if (isBetter) left -= Make(own, Math.Min(own.Leaves, left));
            else if (isBefore) left -= Make(own, Math.Min(own.Visible, left));
        }
    });

    public void Trade(int price, int size, char aggressor)
    {
        if (!_isByOrder) Print(price, size, aggressor);
        _following.ReleaseChildren();
    }

    public void New(NaiveOrder order, string timeInForce = "gtc")
    {
        if ((timeInForce != "gtc" && _book.Best(!order.IsBuy) is null) || IsRefused(order))
        {
            Said.Add($"{order.Id} Rejected");
            return;
        }

        _orders.Accept(order);
        _following.Enter(order, timeInForce);
        _following.ReleaseChildren();
    }

    /// <summary>Orders that arrive together, of which all are taken or none; children wait for what is released to them.</summary>
    public void NewList(params NaiveOrder[] list)
    {
        if (Array.Exists(list, o => o.Parent == 0 && IsRefused(o)))
        {
            foreach (NaiveOrder order in list) Said.Add($"{order.Id} Rejected");
            return;
        }

        foreach (NaiveOrder order in list)
        {
            if (order.Parent != 0) order.Held = order.Quantity;
            _orders.Accept(order);
        }

        foreach (NaiveOrder order in list)
        {
            if (_orders.IsAlive(order) && order.Place == NaivePlace.None) _following.Enter(order);
            _following.ReleaseChildren();
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

    /// <summary>Orders end whose time is over.</summary>
    public void AdvanceTo(int now)
    {
        while (_orders.NextToExpire(now) is { } order)
        {
            _orders.End(order, "Expired");
            _following.ReleaseChildren();
        }
    }

    public bool IsPlain(long id) => _orders.Find(id) is not { IsPlain: false };

    public void Replace(long id, int quantity, int limit)
    {
        NaiveOrder? order = _orders.Find(id);
        if (order is null || quantity < order.Filled || (order.IsPostOnly && order.Limit != limit && _taking.WouldTake(order, limit)))
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
            _taking.Leave(order);
            if (order.Limit is not null) order.Limit = limit;
            _orders.Rank(order);
            _following.Enter(order);
        }

        _following.ReleaseChildren();
    }

    public int? Ahead(long id)
    {
        if (_orders.Find(id) is not { Place: NaivePlace.Book } order) return null;
        if (!_isByOrder) return order.Ahead;
        return order.IsHidden ? _book.SizeAt(order.IsBuy, order.Limit!.Value) : _book.Queue(order.IsBuy, order.Limit!.Value).TakeWhile(e => e.Own != order).Sum(e => e.Size);
    }

    /// <summary>The market as it is says no to an order that would begin to work at once.</summary>
    private bool IsRefused(NaiveOrder order)
    {
        bool isTaking = order is { IsPostOnly: true, IsStop: false, Peg: null } && _taking.WouldTake(order, order.Limit);
        return isTaking || (order.IsReduceOnly && _orders.Room(order) == 0);
    }

    private void Print(int price, int size, char aggressor)
    {
        int left = size;
        foreach (bool isBuy in new[] { true, false })
        {
            if (aggressor == (isBuy ? 'b' : 's')) continue;
            foreach (NaiveOrder own in _taking.Resting(isBuy).Where(o => isBuy ? o.Limit >= price : o.Limit <= price))
            {
                if (!IsResting(own)) continue;
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
        _following.OnPrices();
        _following.ReleaseChildren();
    }

    private void Cross()
    {
        foreach (bool isBuy in new[] { true, false })
        {
            foreach (NaiveOrder own in _taking.Resting(isBuy))
            {
                foreach ((int price, _) in _book.Shown(!isBuy).Where(l => NaiveTaking.Reaches(own, l.Price)))
                {
                    if (!IsResting(own)) break;
                    int quantity = Math.Min(own.Leaves, _book.Left(!isBuy, price));
                    if (quantity <= 0) continue;
                    if (!_isByOrder) own.Ahead = 0;
                    _book.Use(!isBuy, price, quantity);
                    Make(own, quantity);
                }
            }
        }
    }

    // What a fill means for others may have ended it, or taken it out of the book.
    private bool IsResting(NaiveOrder own) => own.Place == NaivePlace.Book && _orders.IsAlive(own);

    private int Make(NaiveOrder order, int quantity)
    {
        if (quantity <= 0) return 0;
        _orders.Fill(order, quantity, order.Limit!.Value, "Maker");
        return quantity;
    }
}
