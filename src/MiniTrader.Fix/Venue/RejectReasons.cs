using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>The venue's reasons in our stable codes.</summary>
internal static class RejectReasons
{
    /// <summary>OrdRejReason (103).</summary>
    public static ReasonCode OfOrder(in FieldView fields) => fields.GetInt(Tags.OrdRejReason, out long code) != FieldStatus.Ok ? ReasonCode.VenueDecision : code switch
    {
        1 => ReasonCode.InvalidInstrument,
        2 => ReasonCode.MarketClosed,
        5 => ReasonCode.VenueUnknownOrder,
        6 => ReasonCode.TechnicalReject,
        11 => ReasonCode.UnsupportedOrderType,
        13 or 14 => ReasonCode.VenueInvalidQuantity,
        16 or 18 => ReasonCode.VenueInvalidPrice,
        _ => ReasonCode.VenueDecision,
    };

    /// <summary>CxlRejReason (102).</summary>
    public static ReasonCode OfCancel(in FieldView fields, bool isReplace) => fields.GetInt(Tags.CxlRejReason, out long code) != FieldStatus.Ok ? ReasonCode.VenueDecision : code switch
    {
        0 => isReplace ? ReasonCode.TooLateToReplace : ReasonCode.TooLateToCancel,
        1 => ReasonCode.VenueUnknownOrder,
        6 => ReasonCode.TechnicalReject,
        18 => ReasonCode.VenueInvalidPrice,
        _ => ReasonCode.VenueDecision,
    };
}
