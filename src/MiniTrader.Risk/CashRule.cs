using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// Whether a cash account can pay for an order. A purchase, its fees and what working purchases in the same currency may still cost must not be more than the
/// cash in the currency in which the instrument is paid; a sale, with what working sales may still take, not more than is held of the instrument: it
/// costs none of the currency that it brings. A limit order costs its limit, any other the best offer, or its stop price if that is higher; what a market
/// order pays beyond the best offer is not foreseen. Orders of which a fill of one cancels or shrinks the others count once, as the largest. Children of a
/// purchase can sell what it buys (see <see cref="WorstCase"/>), and reduce-only orders what is held, but not what other sales that work may sell as well. A purchase that waits for a sale counts like any other: what
/// the sale will bring is not there yet. Futures, of which only results move cash, are not judged. Walks the working orders that it adds up; engine thread
/// only.
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
            Quantity added = (command.Flags & OrderFlags.ReduceOnly) != 0 ? Quantity.Zero : Quantity.Max(Quantity.Zero, command.Quantity - reserved);
            return command.Quantity > reserved ? CheckSales(command, instrument, added, out available, out needed) : ReasonCode.None;
        }

        // A purchase that becomes smaller may leave its children more to sell than it will bring.
        if (command.Quantity < reserved && CheckSales(command, instrument, Quantity.Zero, out available, out needed) != ReasonCode.None) return ReasonCode.InsufficientFunds;
        if (!TryPrice(instrument, type, command.LimitPrice, command.StopPrice, out Price price)) return ReasonCode.NoReferencePrice;
        available = ledger.Account.CashOf(instrument);
        needed = CostOfAll(instrument, command, CostOf(instrument, price, Quantity.Max(command.Quantity, reserved) - filled));
        return needed <= available ? ReasonCode.None : ReasonCode.InsufficientFunds;
    }

    private ReasonCode CheckSales(in OrderCommand command, InstrumentId instrument, Quantity added, out decimal available, out decimal needed)
    {
        available = ledger.Total[instrument].Quantity.ToDecimal();
        needed = (ledger.Total.ExposureOf(instrument).Selling + added).ToDecimal();

        // Counted apart, orders of a group and children need more than they can take.
        Int128 most = (Int128)ledger.Total.ExposureOf(instrument).Selling.Raw + added.Raw + WorstCase.MostReduced(ledger, instrument, OrderSide.Sell);
        if (most > ledger.Total[instrument].Quantity.Raw) needed = (decimal)WorstCase.Of(ledger, instrument, OrderSide.Sell, command) / FixedPoint.One;
        return needed <= available ? ReasonCode.None : ReasonCode.InsufficientFunds;
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
        command.Kind == CommandKind.New ? OrderRecord.GroupOf(OrderRecord.KinOf(command)) : ledger.Orders.TryFind(command.ClientOrderId, out int slot) ? ledger.Orders[slot].GroupId : 0;

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
