namespace MiniTrader.DataTools;

/// <summary>What a column of a CSV or Parquet table can mean.</summary>
public enum TableField : byte
{
    /// <summary>When it happened at the venue; of bars, the start or the end as the options say.</summary>
    Time,

    /// <summary>When the recorder received it.</summary>
    Received,
    Symbol,
    Bid,
    Ask,
    BidSize,
    AskSize,
    Price,
    Size,
    Side,

    /// <summary>The venue's id of a trade, a whole number.</summary>
    Id,
    Sequence,

    /// <summary>How a trade came about: <c>hidden</c>, <c>opening-auction</c>.</summary>
    Condition,
    Open,
    High,
    Low,
    Close,
    Volume,
}
