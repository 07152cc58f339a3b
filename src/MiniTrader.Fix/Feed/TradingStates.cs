using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What TradSesStatus (340) and SecurityTradingStatus (326) say, as the engine's states.</summary>
internal static class TradingStates
{
    public static MarketStatus OfSession(FieldView fields) => fields.GetInt(Tags.TradSesStatus, out long status) != FieldStatus.Ok ? MarketStatus.Unknown : status switch
    {
        1 => MarketStatus.Halted,
        2 => MarketStatus.Open,
        3 => MarketStatus.Closed,
        4 => MarketStatus.PreOpen,
        5 => MarketStatus.ClosingAuction,
        _ => MarketStatus.Unknown,
    };

    public static MarketStatus OfSecurity(FieldView fields) => fields.GetInt(Tags.SecurityTradingStatus, out long status) != FieldStatus.Ok ? MarketStatus.Unknown : status switch
    {
        2 => MarketStatus.Halted,
        3 or 17 => MarketStatus.Open,
        4 or 18 => MarketStatus.Closed,
        21 => MarketStatus.PreOpen,
        22 => MarketStatus.OpeningAuction,
        _ => MarketStatus.Unknown,
    };
}
