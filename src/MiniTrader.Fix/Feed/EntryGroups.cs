namespace MiniTrader.Fix;

/// <summary>
/// What an entry of a market data message or a list of instruments may hold, its first tag first. Arrays, because a span of constants is a new object at
/// each use in code that is not optimised.
/// </summary>
internal static class EntryGroups
{
    public static readonly int[] Snapshot =
    [
        Tags.MDEntryType, Tags.MDEntryPx, Tags.MDEntrySize, Tags.MDEntryDate, Tags.MDEntryTime, Tags.MDEntryID, Tags.MDEntryPositionNo,
        Tags.NumberOfOrders, Tags.Currency, Tags.TradeCondition, Tags.Text, Tags.AggressorSide, Tags.TradeID, 274, 275, 276, 282, 283, 284, 288, 289, 299, 1023, 37,
    ];

    public static readonly int[] Increment =
    [
        Tags.MDUpdateAction, Tags.MDEntryType, Tags.MDEntryPx, Tags.MDEntrySize, Tags.MDEntryDate, Tags.MDEntryTime, Tags.MDEntryID, Tags.MDEntryRefID,
        Tags.Symbol, Tags.SecurityID, Tags.SecurityIDSource, Tags.RptSeq, Tags.MDEntryPositionNo, Tags.NumberOfOrders, Tags.Currency, Tags.TradeCondition, Tags.Text,
        Tags.AggressorSide, Tags.TradeID, Tags.SecurityExchange, Tags.SecurityType, 60, 274, 275, 276, 282, 283, 284, 285, 288, 289, 299, 1023, 37,
    ];

    public static readonly int[] List =
    [
        Tags.Symbol, Tags.SecurityID, Tags.SecurityIDSource, Tags.SecurityDesc, Tags.Currency, Tags.SecurityType, Tags.MinPriceIncrement, Tags.RoundLot,
        Tags.MinTradeVol, Tags.ContractMultiplier, Tags.SecurityExchange, Tags.CFICode, Tags.MaturityDate, Tags.MaturityMonthYear, Tags.StrikePrice, Tags.Text, 1007, 1008,
        201, 225, 228, 311, 461, 762, 460, 9013, 9018,
    ];
}
