using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Orders that never enlarge or turn their strategy's position, which is the sum of its fills at this venue: cut to the position when they begin to
/// work and whenever it changes, cancelled when it is gone.
/// </summary>
internal sealed class ReduceOnly(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;

    /// <summary>How much an order of this side could reduce.</summary>
    public static long Room(Market market, StrategyId strategy, OrderSide side) => Math.Max(0, -side.Sign() * market.PositionOf(strategy));

    /// <summary>Cuts an order to the position; false when it was cancelled because there is none.</summary>
    public bool Fit(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        long room = Room(market, order.Strategy, order.Side);
        if (room == 0)
        {
            floor.End(market, index, ReportKind.Cancelled, ReasonCode.ReduceOnlyFlat);
            return false;
        }

        if (order.Leaves > room) floor.Shrink(market, index, order.Leaves - room, ReasonCode.ReduceOnlyTruncated, ReasonCode.ReduceOnlyFlat);
        return true;
    }

    /// <summary>A strategy's position has changed.</summary>
    public void OnPosition(Market market, StrategyId strategy)
    {
        for (int list = 0; list < Market.Lists; list++)
        {
            int walk = floor.Walks.Begin(market.ListAt(list));
            while (floor.Walks.TryNext(walk, out int i))
            {
                ref WorkingOrder order = ref _pool[i];
                if (order.IsReduceOnly && order.Strategy == strategy && order.Leaves > 0) Fit(market, i);
            }

            floor.Walks.End(walk);
        }
    }
}
