using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Orders that trade only in the opening or the closing auction. The data's auction print fills them, first come first served, as far as its
/// size goes; what is left, or has a limit that the price is beyond, is cancelled. Where the data has never shown a print, the first
/// and the last trade of the session stand for it, whose sizes say nothing of the auction's.
/// </summary>
internal sealed class AuctionMatching(Floor floor)
{
    /// <summary>How long after the close a print of the closing auction may come, in data that has shown auctions.</summary>
    public const long Patience = 15 * Timestamp.NanosecondsPerMinute;

    private readonly OrderPool _pool = floor.Pool;
    private readonly bool _isApproximated = floor.Options.Auctions == AuctionSource.Approximate;
    private readonly bool _isConsumed = floor.Options.ConsumeLiquidity;

    public static bool IsPrint(in TradeTick trade) => trade.Condition is TradeCondition.OpeningAuction or TradeCondition.ClosingAuction;

    /// <summary>An order arrives for an auction that lies ahead; one that is replaced stays in its auction.</summary>
    public void Arrive(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        bool isNew = order.AuctionFrom == default;
        if (isNew && order.TimeInForce == TimeInForce.AtOpen) order.AuctionFrom = market.Hours.NextOpen(Since(market, order));
        floor.Gather(market, index);
    }

    /// <summary>When an order for an auction ends if there is none: the close of the session whose auction it is.</summary>
    public static Timestamp Deadline(Market market, TimeInForce timeInForce, Timestamp sent, Timestamp now)
    {
        if (timeInForce == TimeInForce.AtClose) return market.Hours.EndOfDay(now);
        Timestamp open = market.Hours.NextOpen(market.Driver == MatchSource.Bars ? sent : now);
        return open == Timestamp.MaxValue ? open : market.Hours.EndOfDay(open);
    }

    public void OnTrade(Market market, in TradeTick trade, bool isTrading)
    {
        if (IsPrint(trade))
        {
            long size = _isConsumed ? market.FloorToLot(trade.Size.Raw) : long.MaxValue;
            TimeInForce which = trade.Condition == TradeCondition.OpeningAuction ? TimeInForce.AtOpen : TimeInForce.AtClose;
            Uncross(market, which, Timestamp.MaxValue, trade.Price.Raw, size, trade.TradeId);
        }
        else if (isTrading && _isApproximated && !market.HasAuctions)
        {
            Uncross(market, TimeInForce.AtOpen, floor.Now, trade.Price.Raw, long.MaxValue, trade.TradeId);
        }
    }

    /// <summary>A bar that was not over when the order was sent: its open stands for the opening, its close for the closing auction.</summary>
    public void OnBarPoint(Market market, ref BarPass pass)
    {
        if (!_isApproximated || market.Auctions.Head == OrderPool.None) return;
        int walk = floor.Walks.Begin(market.Auctions);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            BarShare share = pass.ShareOf(order);
            if (share == BarShare.None || !pass.Matches(order.Side)) continue;
            bool isIts = order.TimeInForce == TimeInForce.AtOpen
                ? pass.Point == BarPoint.Open && share == BarShare.Whole && pass.End > order.AuctionFrom
                : pass.Point == BarPoint.Close && pass.End >= order.Deadline;
            if (!isIts) continue;
            long before = _pool[i].Filled;
            long taken = Trade(market, i, pass.Price, market.FloorToLot(pass.Budget), (long)pass.Point) - before;
            pass.Use(taken);
        }

        floor.Walks.End(walk);
    }

    /// <summary>The session of an at-close order is over; true when the order still waits for a print that may come.</summary>
    public bool Close(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (order.TimeInForce != TimeInForce.AtClose)
        {
            floor.End(market, index, ReportKind.Expired, ReasonCode.NoAuctionPrint);
            return false;
        }

        if (market.HasAuctions && floor.Now < order.Deadline + Patience) return true;
        (long price, Timestamp seen) = (market.SessionLast, market.SessionLastTime);
        if (market.Driver == MatchSource.Bars)
        {
            ref BarClose close = ref market.Bars.CloseFor(order.Side);
            (price, seen) = (close.Price, close.Time);
        }

        bool isOfSession = seen > market.Hours.StartOfDay(order.Deadline) && seen <= order.Deadline;
        if (_isApproximated && !market.HasAuctions && isOfSession) Trade(market, index, price, long.MaxValue, 0);
        else floor.End(market, index, ReportKind.Expired, ReasonCode.NoAuctionPrint);
        return false;
    }

    private void Uncross(Market market, TimeInForce which, Timestamp now, long price, long size, long causeId)
    {
        if (market.Auctions.Head == OrderPool.None) return;
        int walk = floor.Walks.Begin(market.Auctions);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (order.TimeInForce != which || (which == TimeInForce.AtOpen ? order.AuctionFrom > now : IsBefore(market, order))) continue;
            long before = order.Filled;
            long taken = Trade(market, i, price, size, causeId) - before;
            if (size == long.MaxValue) continue;

            // What the auction gave to these is not there for orders that rest.
            size -= taken;
            market.Last.Consumed += taken;
        }

        floor.Walks.End(walk);
    }

    /// <summary>True while the session whose closing auction an order waits for has not begun.</summary>
    private bool IsBefore(Market market, in WorkingOrder order) =>
        order.Deadline == Timestamp.MaxValue || floor.Now < market.Hours.StartOfDay(order.Deadline);

    /// <summary>Fills what the auction has for an order and cancels the rest; answers what the order has filled now.</summary>
    private long Trade(Market market, int index, long price, long size, long causeId)
    {
        ref WorkingOrder order = ref _pool[index];
        long filled = order.Filled;
        long quantity = order.HasLimit && order.Sign * (order.Limit - price) < 0 ? 0 : Math.Min(order.Leaves, size);
        if (quantity > 0)
        {
            filled += quantity;
            if (floor.FillAuction(market, index, quantity, price, causeId)) return filled;
        }

        floor.End(market, index, ReportKind.Cancelled, ReasonCode.AuctionRest);
        return filled;
    }

    // As everywhere in bars: a delay shorter than a bar cannot be seen in them.
    private static Timestamp Since(Market market, in WorkingOrder order) => market.Driver == MatchSource.Bars ? order.Sent : order.Arrived;
}
