namespace MiniTrader.Fix;

/// <summary>What a venue does differently in market data. Immutable; part of a <see cref="FixDialect"/>.</summary>
public sealed record MarketDataDialect
{
    /// <summary>Tag 57 of the market data session, where it differs from the order session's.</summary>
    public string TargetSubId { get; init; } = "";

    /// <summary>Tag 50 of the market data session.</summary>
    public string SenderSubId { get; init; } = "";

    /// <summary>MDUpdateType (265) in the request: 0 full refreshes, 1 incremental; −1 leaves it out.</summary>
    public int UpdateType { get; init; } = 1;

    /// <summary>MarketDepth (264): 0 full book, 1 best.</summary>
    public int Depth { get; init; }

    /// <summary>MDEntryTypes asked for in each request: 0 bid, 1 offer, 2 trade.</summary>
    public string EntryTypes { get; init; } = "01";

    /// <summary>Deletes and changes name an entry by MDEntryID (278) instead of by side and price.</summary>
    public bool HasEntryIds { get; init; }

    /// <summary>RptSeq (83) counts the changes of an instrument, and a gap in it asks for a new snapshot.</summary>
    public bool HasRptSeq { get; init; }

    /// <summary>SecurityListRequestType (559) that asks for every instrument.</summary>
    public int SecurityListType { get; init; } = 4;
}
