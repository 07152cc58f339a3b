using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>The characters of FIX for what an order is, both ways, and what a refusal is in words.</summary>
internal static class FixCodes
{
    /// <summary>OrdRejReason (103).</summary>
    public const int UnknownSymbol = 1, UnknownOrder = 5, DuplicateOrder = 6, UnsupportedCharacteristic = 11, IncorrectQuantity = 13, Other = 99;

    /// <summary>CxlRejReason (102).</summary>
    public const int TooLate = 0, CancelUnknownOrder = 1, BrokerOption = 2, AlreadyPending = 3, DuplicateClOrdId = 6;

    /// <summary>OrdType (40).</summary>
    public static char OfType(OrderType type) => type switch
    {
        OrderType.Market => '1',
        OrderType.Limit => '2',
        OrderType.Stop => '3',
        OrderType.StopLimit => '4',
        OrderType.MarketIfTouched => 'J',
        OrderType.MarketToLimit => 'K',
        _ => 'P',
    };

    /// <summary>False for a type that an order entered here cannot have.</summary>
    public static bool TryType(char code, out OrderType type)
    {
        type = code switch
        {
            '2' => OrderType.Limit,
            '3' => OrderType.Stop,
            '4' => OrderType.StopLimit,
            'J' => OrderType.MarketIfTouched,
            'K' => OrderType.MarketToLimit,
            _ => OrderType.Market,
        };
        return code is '1' or '2' or '3' or '4' or 'J' or 'K';
    }

    /// <summary>TimeInForce (59).</summary>
    public static char OfTime(TimeInForce time) => time switch
    {
        TimeInForce.Day => '0',
        TimeInForce.Gtc => '1',
        TimeInForce.AtOpen => '2',
        TimeInForce.Ioc => '3',
        TimeInForce.Fok => '4',
        TimeInForce.Gtd => '6',
        _ => '7',
    };

    public static bool TryTime(char code, out TimeInForce time)
    {
        time = code switch
        {
            '1' => TimeInForce.Gtc,
            '2' => TimeInForce.AtOpen,
            '3' => TimeInForce.Ioc,
            '4' => TimeInForce.Fok,
            '6' => TimeInForce.Gtd,
            '7' => TimeInForce.AtClose,
            _ => TimeInForce.Day,
        };
        return code is >= '0' and <= '4' or '6' or '7';
    }

    /// <summary>Buy, sell, and the sells that say where the shares come from; the venue keeps no positions, so they are sells.</summary>
    public static OrderSide SideOf(ReadOnlySpan<byte> side) => side is not [var code] ? OrderSide.None : code switch
    {
        (byte)'1' => OrderSide.Buy,
        (byte)'2' or (byte)'5' or (byte)'6' => OrderSide.Sell,
        _ => OrderSide.None,
    };

    /// <summary>OrdRejReason (103) of what the venue said.</summary>
    public static int RejectReasonOf(ReasonCode reason) => reason switch
    {
        ReasonCode.MarketClosed or ReasonCode.NoMarket => 2,
        ReasonCode.UnsupportedOrderType or ReasonCode.UnsupportedTimeInForce or ReasonCode.UnsupportedFlag or ReasonCode.UnsupportedTrigger => UnsupportedCharacteristic,
        ReasonCode.VenueInvalidQuantity => IncorrectQuantity,
        ReasonCode.VenueCapacity => 3,
        _ => Other,
    };

    /// <summary>CxlRejReason (102) of what the venue said.</summary>
    public static int CancelRejectReasonOf(ReasonCode reason) => reason switch
    {
        ReasonCode.TooLateToCancel or ReasonCode.TooLateToReplace => TooLate,
        ReasonCode.VenueUnknownOrder => CancelUnknownOrder,
        _ => Other,
    };

    /// <summary>A number that FIX 4.2 knows, where it knows fewer.</summary>
    public static int ForVersion(int reason, bool isFix42, int known, int otherwise) => isFix42 && reason > known ? otherwise : reason;

    /// <summary>A sentence for Text (58); empty where nothing needs saying.</summary>
    public static ReadOnlySpan<byte> TextOf(ReasonCode reason) => reason switch
    {
        ReasonCode.None or ReasonCode.UserRequested => default,
        ReasonCode.UnsupportedOrderType => "This type of order is not simulated."u8,
        ReasonCode.UnsupportedTimeInForce => "This time in force is not simulated."u8,
        ReasonCode.UnsupportedFlag => "An instruction on the order is not simulated, or does not go with its type."u8,
        ReasonCode.NoMarket => "There is no price to trade at."u8,
        ReasonCode.MarketClosed => "The market is closed."u8,
        ReasonCode.WouldTakeLiquidity => "A post-only order would take liquidity."u8,
        ReasonCode.TooLateToCancel => "Too late to cancel: the order is done."u8,
        ReasonCode.TooLateToReplace => "Too late to replace: the order is done."u8,
        ReasonCode.VenueUnknownOrder => "The venue knows no such order."u8,
        ReasonCode.QuantityBelowFilled => "The new quantity is less than what is filled."u8,
        ReasonCode.VenueCapacity => "The venue holds no more working orders."u8,
        ReasonCode.TechnicalReject => "The message was lost on its way to the venue."u8,
        ReasonCode.VenueInvalidQuantity => "The quantity is not a positive multiple of the lot size."u8,
        ReasonCode.VenueInvalidPrice => "A price is not a valid multiple of the tick size."u8,
        ReasonCode.StopAlreadyTriggered => "The stop has triggered."u8,
        ReasonCode.UnsupportedTrigger or ReasonCode.UnsupportedPeg => "The data does not show the price that the order follows."u8,
        ReasonCode.VenueInvalidDisplayQuantity => "The displayed quantity is no multiple of the lot size within the order's."u8,
        ReasonCode.NothingToReduce => "A reduce-only order finds no position to reduce."u8,
        ReasonCode.SelfTradePrevention or ReasonCode.SelfTradeDecrement => "It would have traded with another order of its owner."u8,
        ReasonCode.ReduceOnlyFlat or ReasonCode.ReduceOnlyTruncated => "The position that it reduces is smaller or gone."u8,
        ReasonCode.AuctionRest => "The auction did not trade it."u8,
        ReasonCode.NoAuctionPrint => "There was no auction."u8,
        ReasonCode.BecameLimit => "It became a limit order."u8,
        ReasonCode.PostOnlyRepriced => "It was moved to a price at which it rests."u8,
        ReasonCode.ImmediateOrCancelRest => "The rest of an immediate-or-cancel order."u8,
        ReasonCode.FillOrKillUnfilled => "A fill-or-kill order could not fill whole."u8,
        ReasonCode.SessionEnd => "The session ended."u8,
        ReasonCode.ExpireTimeReached => "The expire time is reached."u8,
        ReasonCode.NoLiquidity => "Nothing is left to trade with."u8,
        ReasonCode.PriceProtection => "The price moved too far."u8,
        ReasonCode.CorporateAction => "A split or dividend changed the order."u8,
        _ => "The venue refused."u8,
    };
}
