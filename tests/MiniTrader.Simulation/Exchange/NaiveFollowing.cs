namespace MiniTrader.Simulation.Exchange;

/// <summary>Orders of the naive venue that follow its prices: those that wait for a market or a trigger, trail, are pegged, or are released by their parent.</summary>
internal sealed class NaiveFollowing(NaiveMarketBook book, NaiveOrders orders, NaiveTaking taking)
{
    /// <summary>The market shows new prices, and our resting orders have had theirs.</summary>
    public void OnPrices()
    {
        foreach (NaiveOrder own in orders.At(NaivePlace.Waiting).Where(o => o.Peg is null))
        {
            if (own.Place != NaivePlace.Waiting || !orders.IsAlive(own) || book.Best(!own.IsBuy) is null) continue;
            own.Place = NaivePlace.None;
            taking.Execute(own, "gtc");
        }

        foreach ((bool isBuy, bool isTouch) in new[] { (true, false), (false, false), (true, true), (false, true) }) Trigger(isBuy, isTouch);
        foreach (NaiveOrder own in orders.At(NaivePlace.Stop).Where(o => o.Trail > 0).OrderBy(o => o.Rank))
        {
            if (IsStop(own) && Follow(own)) Act(own);
        }

        MovePegs();
    }

    private void Trigger(bool isBuy, bool isTouch)
    {
        if (book.Best(!isBuy) is not { } price) return;
        foreach (NaiveOrder own in orders.At(NaivePlace.Stop).Where(o => o.Trail == 0 && o.IsBuy == isBuy && o.IsTouch == isTouch).OrderBy(o => o.Direction * o.Stop).ThenBy(o => o.Rank))
        {
            if (IsStop(own) && own.Direction * (price - own.Stop!.Value) >= 0) Act(own);
        }
    }

    /// <summary>Moves a trailing stop behind the best opposite price; true when that has come to it.</summary>
    private bool Follow(NaiveOrder own)
    {
        if (book.Best(!own.IsBuy) is not { } price) return false;
        int stop = own.IsBuy ? price + own.Trail : price - own.Trail;
        own.Stop = own.Stop is not { } old ? stop : own.IsBuy ? Math.Min(old, stop) : Math.Max(old, stop);
        return own.IsBuy ? price >= own.Stop : price <= own.Stop;
    }

    private void MovePegs()
    {
        List<NaiveOrder> pegs = [.. taking.Resting(true).Concat(taking.Resting(false)).Concat(orders.At(NaivePlace.Waiting)).Where(o => o.Peg is not null)];
        foreach (NaiveOrder own in pegs)
        {
            if (!orders.IsAlive(own) || own.Place is not (NaivePlace.Book or NaivePlace.Waiting)) continue;
            int? price = taking.PegOf(own);
            bool rests = own.Place == NaivePlace.Book;
            if (rests ? price == own.Limit : price is null) continue;
            taking.Leave(own);
            orders.Rank(own);
            taking.Execute(own, "gtc");
        }
    }

    private void Act(NaiveOrder own)
    {
        own.IsStop = false;
        own.Stop = null;
        own.Place = NaivePlace.None;
        orders.Said.Add($"{own.Id} Triggered");
        taking.Execute(own, "gtc");
    }

    public void Enter(NaiveOrder order, string timeInForce = "gtc")
    {
        if (order.Leaves == 0)
        {
            order.Place = NaivePlace.Held;
            return;
        }

        order.Shown = order.Display;
        if (order.IsReduceOnly && !orders.Fit(order)) return;
        if (!order.IsStop)
        {
            taking.Execute(order, timeInForce);
            return;
        }

        bool isReached = order.Trail > 0 ? Follow(order) : book.Best(!order.IsBuy) is { } price && order.Direction * (price - order.Stop!.Value) >= 0;
        order.Place = NaivePlace.Stop;
        if (isReached) Act(order);
    }

    public void ReleaseChildren()
    {
        while (orders.At(NaivePlace.Released) is [NaiveOrder first, ..])
        {
            first.Place = NaivePlace.None;
            Enter(first);
        }
    }

    private bool IsStop(NaiveOrder own) => own.Place == NaivePlace.Stop && orders.IsAlive(own);
}
