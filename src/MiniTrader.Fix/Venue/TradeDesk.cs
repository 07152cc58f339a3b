using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The trades of a venue's orders: each booked once, busts and corrections, and those that were never heard of. The FIX thread only; no memory after the
/// constructor.
/// </summary>
/// <param name="executions">How many executions are remembered.</param>
/// <param name="reports">Where the reports go.</param>
/// <param name="counts">What is counted.</param>
internal sealed class TradeDesk(int executions, OrderReports reports, FixOrderCounts counts)
{
    private readonly SeenExecutions _seen = new(executions);

    /// <summary>A fill.</summary>
    public MessageVerdict OnTrade(ref VenueOrder order, in FieldView fields)
    {
        if (fields.GetPrice(Tags.LastPx, out Price price) != FieldStatus.Ok || fields.GetQuantity(Tags.LastQty, out Quantity quantity) != FieldStatus.Ok
            || !quantity.IsPositive || !fields.Has(Tags.ExecID)) return Incomplete();
        if (!_seen.Add(fields.Get(Tags.OrderID), fields.Get(Tags.ExecID), 'F'))
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        // A fill that a status answer has told already is in the sum that this one states.
        if (fields.GetQuantity(Tags.CumQty, out Quantity cumulative) == FieldStatus.Ok && cumulative <= order.Filled && cumulative.IsPositive)
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        Fill(ref order, in fields, price, quantity);
        return MessageVerdict.Accepted;
    }

    /// <summary>A bust or a correction of a trade that it names.</summary>
    public MessageVerdict OnUndone(ref VenueOrder order, in FieldView fields, bool isBust)
    {
        ReadOnlySpan<byte> original = fields.Get(Tags.ExecRefID);
        if (original.IsEmpty || !fields.Has(Tags.ExecID)) return Incomplete();
        if (!_seen.Add(fields.Get(Tags.OrderID), fields.Get(Tags.ExecID), isBust ? 'H' : 'G'))
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        if (fields.GetQuantity(Tags.CumQty, out Quantity cumulative) == FieldStatus.Ok && cumulative.Raw >= 0)
        {
            order.Filled = cumulative;
            if (fields.GetPrice(Tags.AvgPx, out Price average) == FieldStatus.Ok) order.FilledValue = average.Times(cumulative);
        }

        ExecutionReport report = reports.Of(in order, in fields, isBust ? ReportKind.Busted : ReportKind.Corrected, ReasonCode.VenueDecision);
        report.CauseId = report.ExecutionId.Value;
        report.ExecutionId = new ExecutionId(SeenExecutions.NumberOf(original));
        if (fields.GetDecimal(Tags.Commission, out long fee) == FieldStatus.Ok) report.Fee = FixedPoint.ToDecimal(fee);
        fields.GetPrice(Tags.LastPx, out report.LastPrice);
        fields.GetQuantity(Tags.LastQty, out report.LastQuantity);
        reports.Emit(in report);
        return MessageVerdict.Accepted;
    }

    /// <summary>Fills that were never heard of, as one, at the price that brings our average to the venue's.</summary>
    public void Recover(ref VenueOrder order, in FieldView fields)
    {
        if (fields.GetQuantity(Tags.CumQty, out Quantity cumulative) != FieldStatus.Ok || cumulative <= order.Filled) return;
        Quantity missed = cumulative - order.Filled;
        Price price = order.Command.LimitPrice;
        if (fields.GetPrice(Tags.AvgPx, out Price average) == FieldStatus.Ok && !average.IsZero)
        {
            decimal value = average.Times(cumulative) - order.FilledValue;
            decimal each = decimal.Round(value / missed.ToDecimal(), FixedPoint.Decimals);
            if (Math.Abs(each) < long.MaxValue / FixedPoint.One) price = Price.FromDecimal(each);
        }

        counts.Recovered++;
        Fill(ref order, in fields, price, missed);
    }

    private void Fill(ref VenueOrder order, in FieldView fields, Price price, Quantity quantity)
    {
        if (order.Filled + quantity > order.Command.Quantity)
        {
            // What traded is owned, whatever was ordered; the books learn first that the order is larger.
            counts.Overfills++;
            order.Command.Quantity = order.Filled + quantity;
            reports.EmitReplaced(in order, in fields);
        }

        order.Filled += quantity;
        order.FilledValue += price.Times(quantity);
        if (order.Pending == PendingRequest.New) order.Pending = PendingRequest.None;
        order.IsAccepted = true;
        if (order.Filled == order.Command.Quantity) order.IsWorking = false;
        ExecutionReport report = reports.Of(in order, in fields, ReportKind.Fill, ReasonCode.None);
        report.LastPrice = price;
        report.LastQuantity = quantity;
        report.Leaves = order.Command.Quantity - order.Filled;
        if (fields.GetDecimal(Tags.Commission, out long fee) == FieldStatus.Ok) report.Fee = FixedPoint.ToDecimal(fee);
        if (fields.GetInt(Tags.LastLiquidityInd, out long liquidity) == FieldStatus.Ok)
            report.Liquidity = liquidity switch { 1 => LiquiditySide.Maker, 2 => LiquiditySide.Taker, _ => LiquiditySide.None };
        report.CauseId = SeenExecutions.NumberOf(fields.Get(Tags.TrdMatchID));
        reports.Emit(in report);
    }

    private MessageVerdict Incomplete()
    {
        counts.Incomplete++;
        return MessageVerdict.ConditionallyRequiredFieldMissing;
    }
}
