using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.LoadTests;

/// <summary>
/// Keeps five bids at the five best prices and five asks likewise: when the best price moves, the order that is now the farthest off is
/// moved to the other end, and what was filled is written anew.
/// </summary>
internal sealed class GridMaker(InstrumentId instrument) : Strategy
{
    /// <summary>Orders a side.</summary>
    public const int Depth = 5;

    private readonly Quantity _size = Quantity.FromUnits(1);
    private readonly ClientOrderId[] _bids = new ClientOrderId[Depth];
    private readonly ClientOrderId[] _asks = new ClientOrderId[Depth];
    private Price _tick;
    private Price _bid, _ask;

    /// <summary>Working orders, added up over all books seen: by their number it is the average.</summary>
    public long WorkingSum { get; private set; }

    public long BooksSeen { get; private set; }

    public override void OnStart() => _tick = Instruments[instrument].TickSize;

    public override void OnBook(DepthBook book, in BookDelta last)
    {
        if ((++BooksSeen & 1023) == 0) WorkingSum += 1024 * Working();
        ref readonly TopOfBook top = ref book.Top;
        if (top.Bid == _bid && top.Ask == _ask) return;
        if (!book.HasBid || !book.HasAsk) return;
        if (top.Bid != _bid) Lay(_bids, OrderSide.Buy, _bid = top.Bid, -_tick);
        if (top.Ask != _ask) Lay(_asks, OrderSide.Sell, _ask = top.Ask, _tick);
    }

    public override void OnFill(in ExecutionReport fill)
    {
        if (fill.Leaves.IsPositive) return;
        if (fill.Side == OrderSide.Buy) Lay(_bids, OrderSide.Buy, _bid, -_tick);
        else Lay(_asks, OrderSide.Sell, _ask, _tick);
    }

    private int Working()
    {
        int count = 0;
        for (int i = 0; i < Depth; i++)
        {
            if (Orders.TryGet(_bids[i], out OrderRecord bid) && bid.IsWorking) count++;
            if (Orders.TryGet(_asks[i], out OrderRecord ask) && ask.IsWorking) count++;
        }

        return count;
    }

    private void Lay(ClientOrderId[] orders, OrderSide side, Price best, Price step)
    {
        int taken = 0;
        Span<int> free = stackalloc int[Depth];
        int freeCount = 0;
        for (int i = 0; i < Depth; i++)
        {
            bool isWorking = Orders.TryGet(orders[i], out OrderRecord order) && order.IsWorking;
            long depth = isWorking ? (order.LimitPrice.Raw - best.Raw) / step.Raw : -1;
            if (depth is >= 0 and < Depth && (taken & (1 << (int)depth)) == 0) taken |= 1 << (int)depth;
            else free[freeCount++] = i;
        }

        for (int depth = 0, next = 0; depth < Depth && next < freeCount; depth++)
        {
            if ((taken & (1 << depth)) != 0) continue;
            ref ClientOrderId id = ref orders[free[next++]];
            Price limit = best + (step * depth);
            if (!Orders.TryGet(id, out OrderRecord order) || !order.IsWorking)
                id = Orders.Submit(new() { Instrument = instrument, Side = side, Quantity = _size, LimitPrice = limit, Flags = OrderFlags.PostOnly });
            else if (order.Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled)
                Orders.Replace(id, order.Quantity, limit);
        }
    }
}
