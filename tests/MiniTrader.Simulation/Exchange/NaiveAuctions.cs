namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// The rules of auctions written down a second time in the plainest way. The venue makes no auction price: the data's print has it, and has a size,
/// of which our orders have their share first come first served, and what then rests in the book the remainder. Where the data has never shown a
/// print, the first trade of a session is the opening and the last one the closing price, of any size. Prices in ticks, quantities in
/// units, times in seconds, one instrument that nobody quotes.
/// </summary>
/// <param name="sessions">Open and close, the close no longer part of it.</param>
/// <param name="isApproximate">False when only prints fill.</param>
internal sealed class NaiveAuctions(IReadOnlyList<(int Open, int Close)> sessions, bool isApproximate)
{
    /// <summary>Seconds for which an at-close order waits for a late print, in data that has shown one.</summary>
    private const int Patience = 15 * 60;

    private readonly List<NaiveAuctionOrder> _orders = [];
    private bool _hasPrints, _isHalted;
    private (int Price, int Time)? _last;
    private long _rank;

    public List<string> Said { get; } = [];

    public int Count => _orders.Count;

    /// <summary>Ends what is over by then, the soonest first.</summary>
    public void AdvanceTo(int now)
    {
        while (_orders.Where(o => o.Due <= now).OrderBy(o => o.Due).ThenBy(o => o.Id).FirstOrDefault() is { } order)
        {
            if (order.Kind == 'c') Close(order, order.Due);
            else End(order, "Expired NoAuctionPrint");
        }
    }

    public void New(NaiveAuctionOrder order, int now)
    {
        order.Rank = ++_rank;
        order.From = order.Kind == 'o' ? NextOpen(now) : 0;
        order.Deadline = order.Due = order.Kind switch
        {
            'o' => order.From == int.MaxValue ? int.MaxValue : CloseAfter(order.From),
            'c' => CloseAfter(now),
            _ => int.MaxValue,
        };
        _orders.Add(order);
        Said.Add($"{order.Id} Accepted");
    }

    public void Cancel(long id)
    {
        if (_orders.Find(o => o.Id == id) is { } order) End(order, "Cancelled UserRequested");
        else Said.Add($"{id} CancelRejected");
    }

    /// <summary>The order stays in the auction for which it was sent, behind all others unless it only became smaller.</summary>
    public void Replace(long id, int quantity, int limit)
    {
        NaiveAuctionOrder? order = _orders.Find(o => o.Id == id);
        if (order is null || quantity < order.Filled)
        {
            Said.Add($"{id} ReplaceRejected");
            return;
        }

        if (quantity > order.Quantity || (order.Limit is not null && order.Limit != limit)) (order.Rank, order.IsFirst) = (++_rank, false);
        if (order.Limit is not null) order.Limit = limit;
        order.Quantity = quantity;
        Said.Add($"{id} Replaced {quantity} leaves {order.Leaves}");
        if (order.Leaves == 0) _orders.Remove(order);
    }

    /// <summary>o opens, h halts, c closes: the venue's own word, which ends the day for those that wait for its close.</summary>
    public void Status(char status, int now)
    {
        _isHalted = status != 'o';
        if (status != 'c') return;
        foreach (NaiveAuctionOrder order in InTurn('c')) Close(order, now);
    }

    /// <summary>r is a regular trade, o and c are the prints of the opening and the closing auction, x was agreed elsewhere.</summary>
    public void Trade(int price, int size, char condition, int now)
    {
        if (condition == 'x') return;
        bool isPrint = condition is 'o' or 'c', isTrading = IsTrading(now);
        _hasPrints |= isPrint;
        if (isTrading) _last = (price, now);
        int left = size;
        if (isPrint)
        {
            foreach (NaiveAuctionOrder order in InTurn(condition).Where(o => condition == 'o' || (o.Deadline < int.MaxValue && OpenedBefore(o) <= now))) left -= Fill(order, price, left);
        }
        else if (isTrading && isApproximate && !_hasPrints)
        {
            foreach (NaiveAuctionOrder order in InTurn('o').Where(o => o.From <= now)) Fill(order, price, int.MaxValue);
        }

        if (isTrading) left -= Pass(price, left, isBuy: true);
        if (isTrading) Pass(price, left, isBuy: false);
    }

    /// <summary>
    /// What a trade prints through: better prices first, at their limits, as far as the trade goes. Nobody is ahead of them from then on, so that a
    /// trade at their price reaches them too.
    /// </summary>
    private int Pass(int price, int size, bool isBuy)
    {
        int taken = 0;
        foreach (NaiveAuctionOrder order in InTurn('r').Where(o => o.IsBuy == isBuy).OrderBy(o => isBuy ? -o.Limit : o.Limit).ThenBy(o => o.Rank))
        {
            order.IsFirst |= isBuy ? order.Limit > price : order.Limit < price;
            bool isReached = order.IsFirst && (isBuy ? order.Limit >= price : order.Limit <= price);
            int quantity = isReached ? Math.Min(order.Leaves, size - taken) : 0;
            if (quantity == 0) continue;
            taken += quantity;
            Say(order, quantity, order.Limit!.Value);
            if (order.Leaves == 0) _orders.Remove(order);
        }

        return taken;
    }

    private void Close(NaiveAuctionOrder order, int now)
    {
        if (_hasPrints && now < order.Deadline + Patience) order.Due = now == order.Deadline ? order.Deadline + Patience : order.Due;
        else if (!_hasPrints && isApproximate && _last is { } last && last.Time > OpenedBefore(order) && last.Time <= order.Deadline) Fill(order, last.Price, int.MaxValue);
        else End(order, "Expired NoAuctionPrint");
    }

    /// <summary>When the session began at whose close the order trades: its auction is that one and none before.</summary>
    private int OpenedBefore(NaiveAuctionOrder order) => sessions.Where(s => s.Open < order.Deadline).Select(s => s.Open).DefaultIfEmpty(int.MinValue).Last();

    /// <summary>Fills what there is at a price that the order's limit allows; the rest is cancelled.</summary>
    private int Fill(NaiveAuctionOrder order, int price, int size)
    {
        bool isAllowed = order.Limit is not { } limit || (order.IsBuy ? limit >= price : limit <= price);
        int quantity = isAllowed ? Math.Min(order.Leaves, size) : 0;
        if (quantity > 0) Say(order, quantity, price);
        if (order.Leaves == 0) _orders.Remove(order);
        else End(order, "Cancelled AuctionRest");
        return quantity;
    }

    private void Say(NaiveAuctionOrder order, int quantity, int price)
    {
        order.Filled += quantity;
        Said.Add($"{order.Id} Fill {quantity} @ {price} leaves {order.Leaves}");
    }

    private void End(NaiveAuctionOrder order, string how)
    {
        _orders.Remove(order);
        Said.Add($"{order.Id} {how}");
    }

    private List<NaiveAuctionOrder> InTurn(char kind) => [.. _orders.Where(o => o.Kind == kind).OrderBy(o => o.Rank)];

    private bool IsTrading(int now) => !_isHalted && sessions.Any(s => s.Open <= now && now < s.Close);

    private int NextOpen(int now) => sessions.Where(s => s.Open >= now).Select(s => s.Open).DefaultIfEmpty(int.MaxValue).First();

    private int CloseAfter(int now) => sessions.Where(s => s.Close > now).Select(s => s.Close).DefaultIfEmpty(int.MaxValue).First();
}

/// <summary>An order of <see cref="NaiveAuctions"/>: o for the opening, c for the closing auction, r rests meanwhile.</summary>
internal sealed class NaiveAuctionOrder
{
    public required long Id { get; init; }

    public required char Kind { get; init; }

    public required bool IsBuy { get; init; }

    public int? Limit { get; set; }

    public int Quantity { get; set; }

    public int Filled { get; set; }

    public long Rank { get; set; }

    /// <summary>A trade has gone through its price: nobody is ahead of it.</summary>
    public bool IsFirst { get; set; }

    /// <summary>When the session opens for whose auction it was sent.</summary>
    public int From { get; set; }

    public int Deadline { get; set; }

    public int Due { get; set; }

    public int Leaves => Quantity - Filled;
}
