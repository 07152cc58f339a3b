using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The trades of a venue's orders: each booked once, busts and corrections, and those that were never heard of. The FIX thread only; no memory after the
/// constructor.
/// </summary>
/// <param name="options">How many executions are remembered, and what the venue leaves out.</param>
/// <param name="reports">Where the reports go.</param>
/// <param name="counts">What is counted.</param>
internal sealed class TradeDesk(FixVenueOptions options, OrderReports reports, FixOrderCounts counts)
{
    private readonly SeenExecutions _seen = new(options.Executions);
    private readonly WireInstruments _instruments = options.Instruments;
    private readonly int _filledValueTag = options.Dialect.FilledValueTag;

    /// <summary>A fill. One without a price of its own is what its sums say beyond those of the fill before.</summary>
    public MessageVerdict OnTrade(ref VenueOrder order, in FieldView fields)
    {
        bool hasPrice = fields.GetPrice(Tags.LastPx, out Price price) == FieldStatus.Ok;
        bool hasQuantity = fields.GetQuantity(Tags.LastQty, out Quantity quantity) == FieldStatus.Ok && quantity.IsPositive;
        bool hasSum = fields.GetQuantity(Tags.CumQty, out Quantity cumulative) == FieldStatus.Ok && cumulative.IsPositive;
        if (!hasPrice && hasSum && TryGetFilledValue(in fields, cumulative, out _)) return OnSums(ref order, in fields, cumulative);
        if (!hasPrice || !hasQuantity || !fields.Has(Tags.ExecID)) return Incomplete();
        if (!_seen.Add(fields.Get(Tags.OrderID), fields.Get(Tags.ExecID), 'F'))
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        // A fill that a status answer has told already is in the sum that this one states.
        if (hasSum && cumulative <= order.Filled)
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
        counts.Recovered++;
        FillUpTo(ref order, in fields, cumulative);
    }

    private MessageVerdict OnSums(ref VenueOrder order, in FieldView fields, Quantity cumulative)
    {
        if (cumulative > order.Filled) FillUpTo(ref order, in fields, cumulative);
        else counts.Repeated++;
        return MessageVerdict.Accepted;
    }

    private void FillUpTo(ref VenueOrder order, in FieldView fields, Quantity cumulative)
    {
        Quantity missed = cumulative - order.Filled;
        Price price = order.Command.LimitPrice;
        if (TryGetFilledValue(in fields, cumulative, out decimal value))
        {
            decimal each = decimal.Round((value - order.FilledValue) / missed.ToDecimal(), FixedPoint.Decimals);
            if (Math.Abs(each) < long.MaxValue / FixedPoint.One) price = Price.FromDecimal(each);
        }

        Fill(ref order, in fields, price, missed);
    }

    /// <summary>What all fills of an order are worth, as the venue states it.</summary>
    private bool TryGetFilledValue(in FieldView fields, Quantity cumulative, out decimal value)
    {
        value = 0m;
        if (fields.GetPrice(Tags.AvgPx, out Price average) == FieldStatus.Ok && !average.IsZero) value = average.Times(cumulative);
        else if (_filledValueTag != 0 && fields.GetDecimal(_filledValueTag, out long stated) == FieldStatus.Ok && stated != 0) value = FixedPoint.ToDecimal(stated);
        return value != 0m;
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
        report.Fee = FillFees.Of(in fields, _instruments.CurrencyOf(order.Command.Instrument), price.Times(quantity), out bool isAllTold);
        if (!isAllTold) counts.ForeignFees++;
        if (fields.GetInt(Tags.LastLiquidityInd, out long liquidity) == FieldStatus.Ok)
            report.Liquidity = liquidity switch { 1 => LiquiditySide.Maker, 2 => LiquiditySide.Taker, _ => LiquiditySide.None };
        else if (fields.GetBool(Tags.AggressorIndicator, out bool isTaker) == FieldStatus.Ok) report.Liquidity = isTaker ? LiquiditySide.Taker : LiquiditySide.Maker;
        report.CauseId = SeenExecutions.NumberOf(fields.Get(Tags.TrdMatchID));
        reports.Emit(in report);
    }

    private MessageVerdict Incomplete()
    {
        counts.Incomplete++;
        return MessageVerdict.ConditionallyRequiredFieldMissing;
    }
}
