using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <content>What a venue says of trades after the fact: late fills, busts, corrections. Rare, so that none of it is on the hot path.</content>
public sealed partial class Ledger
{
    private readonly FillJournal _fills;

    /// <summary>Fills of orders that were done already, booked.</summary>
    public long LateFills { get; private set; }

    /// <summary>Trades that the venue took back.</summary>
    public long Busts { get; private set; }

    /// <summary>Trades that the venue corrected.</summary>
    public long Corrections { get; private set; }

    /// <summary>
    /// Busts and corrections that could not be booked: of a trade that is not among the remembered ones, or of one before a split or a
    /// settlement of the position. The strategy hears of them all the same.
    /// </summary>
    public long UnbookedRevisions { get; private set; }

    /// <summary>
    /// Books a fill of an order that is done, even if a later order has its slot; false when it was booked before or names an order that never
    /// was. The order keeps the status that it ended with.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeLateFill(in ExecutionReport report)
    {
        if (!Orders.WasGiven(report.ClientOrderId) || report.LastQuantity.Raw <= 0) return false;
        if (_fills.TryFind(report.ClientOrderId, report.ExecutionId, out _)) return false;
        LateFills++;
        decimal value = report.LastPrice.Times(report.LastQuantity);
        BookTrade(in report, value * Account.MultiplierOf(report.Instrument));
        if (!Orders.TryFind(report.ClientOrderId, out int slot)) return true;
        ref OrderRecord order = ref Orders.At(slot);
        order.Filled += report.LastQuantity;
        order.FilledValue += value;
        order.Quantity = Quantity.Max(order.Quantity, order.Filled);
        return true;
    }

    /// <summary>
    /// Books a bust or a correction, so that position, result, fees and cash are those of a session in which the trade had been what it is now.
    /// The fee of a bust comes back; a correction that states none leaves the fee as it was. False for a bust that was booked before.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Revise(in ExecutionReport report)
    {
        bool isBust = report.Kind == ReportKind.Busted;
        if (!_fills.TryFind(report.ClientOrderId, report.ExecutionId, out long number)) return CountUnbooked();
        FillRecord before = _fills[number];
        if (before.IsBusted) return !isBust && CountUnbooked();
        ref Position own = ref _books[before.Strategy.Index].PositionAt(before.Instrument.Index);
        ref Position total = ref Total.PositionAt(before.Instrument.Index);
        bool isStated = isBust || (report.LastQuantity.IsPositive && !report.LastPrice.IsZero);
        if (!isStated || !_fills.CanRevise(number, in own, in total)) return CountUnbooked();

        Quantity quantity = isBust ? Quantity.Zero : report.LastQuantity;
        decimal fee = isBust ? 0m : report.Fee == 0m ? before.Fee : report.Fee;
        decimal value = isBust ? 0m : report.LastPrice.Times(quantity);
        decimal multiplied = value * Account.MultiplierOf(before.Instrument);
        decimal realised = total.Realised;
        CountBooked(before.Strategy, before.Instrument, before.Side == OrderSide.Sell ? before.Quantity - quantity : quantity - before.Quantity);
        _fills.Revise(number, isBust ? before.Price : report.LastPrice, quantity, multiplied, fee, ref own, ref total);
        Account.Settle(before.Instrument, before.Side, multiplied - before.Value, total.Realised - realised);
        Account.Pay(before.Instrument, before.Fee - fee);
        if (isBust)
        {
            Busts++;
        }
        else
        {
            Corrections++;
            if (report.CauseId != 0) _fills.Rename(number, new ExecutionId(report.CauseId));
        }

        if (Orders.TryFind(before.ClientOrderId, out int slot))
            ReviseOrder(ref Orders.At(slot), slot, quantity - before.Quantity, value - before.Price.Times(before.Quantity), in report);
        return true;
    }

    /// <summary>What was taken back of a working order works again; an order that is done stays done.</summary>
    private void ReviseOrder(ref OrderRecord order, int slot, Quantity change, decimal value, in ExecutionReport report)
    {
        order.Filled += change;
        order.FilledValue += value;
        order.IsUneven = true;
        order.Quantity = Quantity.Max(order.Quantity, order.Filled);
        if (!order.IsWorking) return;
        Reserve(ref order, Quantity.Max(order.Reserved, order.Quantity));
        AddWorkingQuantity(in order, -change);
        if (order.Filled == order.Quantity) Finish(ref order, slot, OrderStatus.Filled, in report);
        else if (order.Status is OrderStatus.PartiallyFilled or OrderStatus.Accepted) order.Status = order.Filled.IsZero ? OrderStatus.Accepted : OrderStatus.PartiallyFilled;
    }

    private bool CountUnbooked()
    {
        UnbookedRevisions++;
        return true;
    }
}
