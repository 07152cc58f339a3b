namespace MiniTrader.Simulation.Exchange;

/// <summary>What an order of the naive venue does when it meets the market: takes, rests, waits or ends.</summary>
/// <param name="isByOrder">The market is one of single orders, ours among them.</param>
/// <param name="book">The market.</param>
/// <param name="orders">Ours.</param>
internal sealed class NaiveTaking(bool isByOrder, NaiveMarketBook book, NaiveOrders orders)
{
    public void Execute(NaiveOrder order, string timeInForce)
    {
        int? peg = order.Peg is null ? null : PegOf(order);
        bool isPriced = order.Peg is null || peg is not null;
        if (peg is not null) order.Limit = peg;
        if (!isPriced || book.Best(!order.IsBuy) is null)
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
                orders.End(order);
                return;
            }

            if (isMet)
            {
                order.Limit = book.Best(!order.IsBuy) + (order.IsBuy ? -1 : 1);
                orders.SayReplaced(order);
            }

            RestAmongOwn(order);
            return;
        }

        bool isKilled = timeInForce == "fok" && book.Shown(!order.IsBuy).Where(l => Reaches(order, l.Price)).Sum(l => Math.Max(0, book.Left(!order.IsBuy, l.Price))) < order.Leaves;
        bool isLeft = !isKilled && (order.SelfTrade is null ? Take(order, null) : TakeAmongOwn(order));
        if (isKilled || (isLeft && (timeInForce != "gtc" || order.Limit is null))) orders.End(order);
        else if (isLeft) Rest(order);
    }

    /// <summary>Takes what it reaches and is better than a price; true while something of the order is left and may go on.</summary>
    private bool Take(NaiveOrder order, int? before)
    {
        foreach ((int price, _) in book.Shown(!order.IsBuy).Where(l => Reaches(order, l.Price) && (before is null || (order.IsBuy ? l.Price < before : l.Price > before))))
        {
            int quantity = Math.Min(order.Leaves, book.Left(!order.IsBuy, price));
            if (quantity <= 0) continue;
            book.Use(!order.IsBuy, price, quantity);
            if (orders.Fill(order, quantity, price, "Taker")) return false;
        }

        return true;
    }

    /// <summary>Takes what is better than the nearest own order that it would meet, lets the two meet, and so on.</summary>
    private bool TakeAmongOwn(NaiveOrder order)
    {
        while (Resting(!order.IsBuy).Find(o => Reaches(order, o.Limit!.Value)) is { } other)
        {
            if (!Take(order, other.Limit) || !orders.Meet(order, other)) return false;
        }

        return Take(order, null);
    }

    private void RestAmongOwn(NaiveOrder order)
    {
        while (order.SelfTrade is not null && Resting(!order.IsBuy).Find(o => Reaches(order, o.Limit!.Value)) is { } other)
        {
            if (!orders.Meet(order, other)) return;
        }

        Rest(order);
    }

    public bool WouldTake(NaiveOrder order, int? limit) =>
        book.Best(!order.IsBuy) is { } best && (order.IsBuy ? limit >= best : limit <= best);

    private void Rest(NaiveOrder order)
    {
        orders.Rank(order);
        order.Place = NaivePlace.Book;
        order.Ahead = book.SizeAt(order.IsBuy, order.Limit!.Value);
        if (isByOrder) book.Queue(order.IsBuy, order.Limit!.Value).Add(new NaiveEntry { Own = order });
    }

    public int? PegOf(NaiveOrder own)
    {
        if (own.Peg != 'm') return book.Best(own.Peg == 'b') + own.PegOffset;
        if (book.Best(true) is not { } bid || book.Best(false) is not { } ask) return null;
        double middle = ((bid + ask) / 2.0) + own.PegOffset;
        return (int)(own.IsBuy ? Math.Floor(middle) : Math.Ceiling(middle));
    }

    /// <summary>Of what an iceberg showed nothing is left: the next part joins behind all.</summary>
    public void ShowMore(NaiveOrder order)
    {
        order.Shown = Math.Min(order.Display, order.Leaves);
        Leave(order);
        Rest(order);
    }

    public void Leave(NaiveOrder order)
    {
        book.Remove(order);
        order.Place = NaivePlace.None;
    }

    public static bool Reaches(NaiveOrder order, int price) => order.Limit is null || (order.IsBuy ? order.Limit >= price : order.Limit <= price);

    public List<NaiveOrder> Resting(bool isBuy) =>
        [.. orders.At(NaivePlace.Book).Where(o => o.IsBuy == isBuy).OrderBy(o => isBuy ? -o.Limit : o.Limit).ThenBy(o => o.Rank)];
}
