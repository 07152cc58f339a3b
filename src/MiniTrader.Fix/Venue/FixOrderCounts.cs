namespace MiniTrader.Fix;

/// <summary>What happened on an order session that is no report to anyone; written by the FIX thread, approximate when read from another.</summary>
public sealed class FixOrderCounts
{
    /// <summary>Reports on orders that this run did not send.</summary>
    public long Foreign { get; internal set; }

    /// <summary>Executions that came again.</summary>
    public long Repeated { get; internal set; }

    /// <summary>Fills beyond the quantity ordered; the order was taken to be larger.</summary>
    public long Overfills { get; internal set; }

    /// <summary>Fills that only a status answer told of.</summary>
    public long Recovered { get; internal set; }

    /// <summary>Fills with a fee in another currency than the instrument's, which their reports leave out.</summary>
    public long ForeignFees { get; internal set; }

    /// <summary>Reports that lacked what they need to be understood.</summary>
    public long Incomplete { get; internal set; }
}
