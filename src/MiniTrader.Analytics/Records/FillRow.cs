using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// One fill with all that explains it: a row of <c>fills.arrow</c>. A value; built from the execution report when the strategy
/// hears it.
/// </summary>
public readonly record struct FillRow
{
    public required Timestamp VenueTime { get; init; }

    public required Timestamp ReceivedTime { get; init; }

    public required ClientOrderId ClientOrderId { get; init; }

    public VenueOrderId VenueOrderId { get; init; }

    public ExecutionId ExecutionId { get; init; }

    public required StrategyId Strategy { get; init; }

    public required InstrumentId Instrument { get; init; }

    public required OrderSide Side { get; init; }

    public required Price Price { get; init; }

    /// <summary>Of this fill, always positive.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>All that the order has filled, this fill included.</summary>
    public Quantity Filled { get; init; }

    /// <summary>What still works of the order.</summary>
    public Quantity Leaves { get; init; }

    /// <summary>Paid for this fill, in <see cref="Currency"/>; negative is a rebate.</summary>
    public decimal Fee { get; init; }

    /// <summary>The instrument's currency, in which price and fee are.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Units of the underlying in one contract.</summary>
    public required decimal Multiplier { get; init; }

    /// <summary>Units of the account's base currency for one unit of <see cref="Currency"/> at the fill; 1 where they are the same.</summary>
    public required decimal BaseRate { get; init; }

    public LiquiditySide Liquidity { get; init; }

    public FillCause Cause { get; init; }

    /// <summary>The user's own mark.</summary>
    public int Tag { get; init; }

    /// <summary>Quantity ahead of the order in the queue before what made this fill.</summary>
    public Quantity AheadBefore { get; init; }

    public Quantity AheadAfter { get; init; }

    /// <summary>
    /// Nanoseconds from the strategy's sending of the order, or of its latest replace, to its arrival at the venue, as they took effect: held
    /// back to the message before where the draw was shorter. Zero where nobody knows.
    /// </summary>
    public long EntryLatency { get; init; }

    /// <summary>Nanoseconds from the fill to the strategy's hearing of it.</summary>
    public long ResponseLatency => ReceivedTime - VenueTime;

    /// <summary>The book level (0 is the best) or the public trade's id that made this fill.</summary>
    public long CauseId { get; init; }

    /// <summary>Price × quantity × multiplier in <see cref="Currency"/>: what was paid or received, fees aside.</summary>
    public decimal Notional => Price.ToDecimal() * Quantity.ToDecimal() * Multiplier;

    /// <param name="report">A report of kind <see cref="ReportKind.Fill"/>.</param>
    /// <param name="instrument">The report's instrument.</param>
    /// <param name="baseRate">Units of the base currency for one unit of the instrument's currency.</param>
    /// <param name="entryLatency">See <see cref="EntryLatency"/>.</param>
    public static FillRow From(in ExecutionReport report, Instrument instrument, decimal baseRate = 1m, long entryLatency = 0)
    {
        if (report.Kind != ReportKind.Fill) throw new ArgumentException($"A fill is made of a report of kind Fill, not of {report.Kind}.", nameof(report));
        return new()
        {
            VenueTime = report.VenueTime,
            ReceivedTime = report.ReceivedTime,
            ClientOrderId = report.ClientOrderId,
            VenueOrderId = report.VenueOrderId,
            ExecutionId = report.ExecutionId,
            Strategy = report.Strategy,
            Instrument = report.Instrument,
            Side = report.Side,
            Price = report.LastPrice,
            Quantity = report.LastQuantity,
            Filled = report.Filled,
            Leaves = report.Leaves,
            Fee = report.Fee,
            Currency = instrument.Currency,
            Multiplier = instrument.Multiplier,
            BaseRate = baseRate,
            Liquidity = report.Liquidity,
            Cause = report.Cause,
            Tag = report.Tag,
            AheadBefore = report.AheadBefore,
            AheadAfter = report.AheadAfter,
            CauseId = report.CauseId,
            EntryLatency = entryLatency,
        };
    }
}
