using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>One row of a table, read but not yet judged. Prices and sizes are 1e-9 raw; which fields count depends on the kind.</summary>
public struct TableRow
{
    public Timestamp Time;

    /// <summary>Equal to <see cref="Time"/> where the table has one clock.</summary>
    public Timestamp Received;

    public bool HasBid, HasAsk;
    public long Bid, Ask, BidSize, AskSize;

    public long Price, Size, Id, Sequence;
    public AggressorSide Side;
    public TradeCondition Condition;

    public long Open, High, Low, Close, Volume;
}
