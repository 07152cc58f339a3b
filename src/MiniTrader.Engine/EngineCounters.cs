namespace MiniTrader.Engine;

/// <summary>What an engine has counted so far.</summary>
public struct EngineCounters
{
    /// <summary>Market events taken in.</summary>
    public long Events;

    /// <summary>New orders that the strategies wrote, denied ones included.</summary>
    public long Orders;

    /// <summary>Cancels and replaces that left for the venue.</summary>
    public long Changes;

    /// <summary>Commands that the risk gate refused.</summary>
    public long Denied;

    /// <summary>Orders that the venue refused.</summary>
    public long Rejected;

    public long Fills;

    /// <summary>Reports booked.</summary>
    public long Reports;

    public long Timers;

    /// <summary>Bookings that were not fills: dividends, funding, interest, expiries.</summary>
    public long Entries;

    public long MarginCalls;
}
