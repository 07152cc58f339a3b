using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// Whether a cash account can pay for an order. A purchase, its fees and what working purchases in the same currency may still cost must not be more than the
/// cash in the currency in which the instrument is paid; a sale, with what working sales may still take, not more than is held of the instrument: it
/// costs none of the currency that it brings. A limit order costs its limit, any other the best offer, or its stop price if that is higher; what a market
/// order pays beyond the best offer is not foreseen. Orders of which a fill of one cancels or shrinks the others count once, as the largest. Children of an
/// order can sell what it buys, and reduce-only orders what is held; futures, of which only results move cash, are not judged. Walks the working
/// orders that it adds up; engine thread only.
/// </summary>
internal sealed class CashRule(Ledger ledger, int feeBasisPoints)
{
    /// <summary>A fee as large as the price.</summary>
    public const int MaxFeeBasisPoints = 10_000;

    private readonly decimal _costOfOne = 1m + ((decimal)feeBasisPoints / MaxFeeBasisPoints);

    /// <summary><see cref="ReasonCode.None"/> when the account can pay; else what there is and what would be needed.</summary>
    public ReasonCode Check(
        in OrderCommand command, InstrumentId instrument, OrderSide side, OrderType type, Quantity filled, Quantity reserved, out decimal available, out decimal needed)
    {
        (available, needed) = (0m, 0m);
        if (ledger.Account.IsMarginSettled(instrument)) return ReasonCode.None;
        if (side == OrderSide.Sell)
        {
            if ((command.Flags & OrderFlags.ReduceOnly) != 0 || !command.Parent.IsNone) return ReasonCode.None;
            available = ledger.Total[instrument].Quantity.ToDecimal();
            needed = ledger.Total.ExposureOf(instrument).Selling.ToDecimal() + Math.Max(0m, (command.Quantity - reserved).ToDecimal());

            // Counted apart, orders of a group need more than they can take together.
            if (needed > available) needed = SalesOf(instrument, command, (Quantity.Max(command.Quantity, reserved) - filled).ToDecimal());
        }
        else
        {
            if (!TryPrice(instrument, type, command.LimitPrice, command.StopPrice, out Price price)) return ReasonCode.NoReferencePrice;
            available = ledger.Account.CashOf(instrument);
            needed = CostOfAll(instrument, command, CostOf(instrument, price, Quantity.Max(command.Quantity, reserved) - filled));
        }

        return needed <= available ? ReasonCode.None : ReasonCode.InsufficientFunds;
    }

    /// <summary>What an order and all working sales of the instrument may still take.</summary>
    private decimal SalesOf(InstrumentId instrument, in OrderCommand command, decimal own)
    {
        GroupedSum sales = new(GroupOf(command), own);
        for (int strategy = 0; strategy < ledger.StrategyCount; strategy++)
        {
            foreach (ref readonly OrderRecord order in ledger.WorkingOf(new((ushort)strategy), instrument))
            {
                bool counts = order.Side == OrderSide.Sell && (order.Flags & OrderFlags.ReduceOnly) == 0 && order.Id != command.ClientOrderId;
                if (counts) sales.Add(order.GroupId, (order.Reserved - order.Filled).ToDecimal());
            }
        }

        return sales.Total;
    }

    /// <summary>What an order and all working purchases that are paid from the same cash may still cost.</summary>
    private decimal CostOfAll(InstrumentId instrument, in OrderCommand command, decimal own)
    {
        GroupedSum cost = new(GroupOf(command), own);
        for (int i = 0; i < ledger.Instruments.Count; i++)
        {
            InstrumentId other = new(i);
            if (ledger.Total.ExposureOf(other).Buying.IsZero || ledger.Account.IsMarginSettled(other) || !ledger.Account.ShareCurrency(instrument, other)) continue;
            for (int strategy = 0; strategy < ledger.StrategyCount; strategy++)
            {
                foreach (ref readonly OrderRecord order in ledger.WorkingOf(new((ushort)strategy), other))
                {
                    if (order.Side != OrderSide.Buy || order.Id == command.ClientOrderId) continue;
                    if (TryPrice(other, order.WorkingType, order.LimitPrice, order.StopPrice, out Price price)) cost.Add(order.GroupId, CostOf(other, price, order.Reserved - order.Filled));
                }
            }
        }

        return cost.Total;
    }

    /// <summary>A replace does not say of which group its order is.</summary>
    private long GroupOf(in OrderCommand command) =>
        command.Kind == CommandKind.New ? OrderRecord.GroupOf(command) : ledger.Orders.TryFind(command.ClientOrderId, out int slot) ? ledger.Orders[slot].GroupId : 0;

    private decimal CostOf(InstrumentId instrument, Price price, Quantity quantity) =>
        price.ToDecimal() * quantity.ToDecimal() * ledger.Account.MultiplierOf(instrument) * _costOfOne;

    private bool TryPrice(InstrumentId instrument, OrderType type, Price limit, Price stop, out Price price)
    {
        price = limit;
        if (type.NeedsLimitPrice()) return true;
        ref readonly Mark mark = ref ledger.Marks[instrument];
        price = mark.HasAsk ? mark.Ask : mark.Value;
        if (type.NeedsStopPrice() && stop > price) price = stop;
        return mark.IsKnown || type.NeedsStopPrice();
    }
}
