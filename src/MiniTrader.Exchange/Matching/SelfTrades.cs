using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Keeps an order that takes from meeting a resting order of the same account, whichever strategy sent it. Orders that do not ask for it
/// pass each other: what ours do to ours is in no data.
/// </summary>
internal sealed class SelfTrades(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;

    /// <summary>The best resting order on the other side, or none.</summary>
    public int Nearest(Market market, OrderSide side)
    {
        int i = side == OrderSide.Buy ? market.Sells.Head : market.Buys.Head;
        while (i != OrderPool.None && _pool[i].Leaves == 0) i = _pool[i].Next;
        return i;
    }

    /// <summary>Acts on every own order that one with this reach would meet; false when the order itself is gone.</summary>
    public bool Clear(Market market, int index, long reach)
    {
        int sign = _pool[index].Sign;
        while (true)
        {
            int other = Nearest(market, _pool[index].Side);
            if (other == OrderPool.None || sign * (reach - _pool[other].Limit) < 0) return true;
            if (!Meet(market, index, other)) return false;
        }
    }

    /// <summary>Two own orders would trade: the mode of the one that comes decides. False when that one is gone.</summary>
    public bool Meet(Market market, int index, int other)
    {
        ClientOrderId id = _pool[index].Id;
        switch (_pool[index].SelfTrade)
        {
            case SelfTradePrevention.CancelNewest:
                Cancel(market, index);
                return false;
            case SelfTradePrevention.CancelOldest:
                Cancel(market, other);
                break;
            case SelfTradePrevention.CancelBoth:
                Cancel(market, other);
                if (_pool[index].Id == id) Cancel(market, index);
                return false;
            default:
                long quantity = Math.Min(_pool[index].Leaves, _pool[other].Leaves);
                floor.Shrink(market, other, quantity, ReasonCode.SelfTradeDecrement, ReasonCode.SelfTradePrevention);
                if (_pool[index].Id != id) return false;
                return !floor.Shrink(market, index, quantity, ReasonCode.SelfTradeDecrement, ReasonCode.SelfTradePrevention);
        }

        return _pool[index].Id == id;
    }

    private void Cancel(Market market, int index) => floor.End(market, index, ReportKind.Cancelled, ReasonCode.SelfTradePrevention);
}
