using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>One row as read; which fields are set depends on the file's kind. Prices and sizes in 1e-9.</summary>
internal struct FeedCsvRow
{
    public Timestamp Time;
    public Timestamp Received;
    public long Price;
    public long Size;
    public long Id;
    public long FirstId;
    public long? PreviousId;
    public AggressorSide Aggressor;
    public OrderSide BookSide;
    public bool IsSnapshot;
    public bool HasBid;
    public bool HasAsk;
    public long Bid;
    public long BidSize;
    public long Ask;
    public long AskSize;

    /// <summary>The levels of a depth snapshot; the list is used again for the next row.</summary>
    public List<(OrderSide Side, long Price, long Size)> Levels;
}
