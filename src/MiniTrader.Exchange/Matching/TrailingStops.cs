using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>How the price of a trailing stop follows the market.</summary>
internal static class TrailingStops
{
    /// <summary>
    /// The market stands at a price: begins to follow when the activation price is reached, moves the stop when that brings it nearer to the
    /// market's best, and answers whether the price has reached the stop. Stops lie on the tick that is further away.
    /// </summary>
    public static bool Advance(ref WorkingOrder order, long price, long tick)
    {
        int sign = order.Sign;
        if (!order.IsFollowing) order.IsFollowing = order.Activation == 0 || sign * (price - order.Activation) <= 0;
        if (order.IsFollowing)
        {
            long stop = Distance.Passive(price + (sign * Distance.Of(order.Offset, order.OffsetUnit, price, tick)), -sign, tick);
            if (!order.HasStop || sign * (stop - order.Stop) < 0)
            {
                order.Stop = stop;
                order.HasStop = true;
            }
        }

        return order.HasStop && sign * (price - order.Stop) >= 0;
    }
}
