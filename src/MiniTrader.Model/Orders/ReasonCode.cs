namespace MiniTrader.Model;

/// <summary>
/// Stable codes for why an order was denied (1 to 99: our risk gate), rejected, cancelled or expired (100 on: the venue).
/// A code never changes its number.
/// </summary>
public enum ReasonCode : ushort
{
    None = 0,

    // Denied by the risk gate.
    InvalidInstrument = 1,
    InvalidSide = 2,
    InvalidQuantity = 3,
    QuantityNotLotMultiple = 4,
    InvalidPrice = 5,
    PriceNotTickMultiple = 6,
    MaxOrderQuantity = 10,
    MaxOrderNotional = 11,
    PriceCollar = 12,
    NoReferencePrice = 13,
    MaxPosition = 14,
    MaxOpenOrders = 15,
    MaxMessageRate = 16,
    MaxDailyLoss = 17,
    KillSwitch = 18,
    InsufficientFunds = 19,
    UnknownOrder = 20,
    OrderAlreadyDone = 21,
    OrderTableFull = 22,
    InvalidTimeInForce = 23,
    InvalidOffset = 24,

    // Rejected by the venue.
    UnsupportedOrderType = 100,
    UnsupportedTimeInForce = 101,
    UnsupportedFlag = 102,
    NoMarket = 103,
    MarketClosed = 104,
    WouldTakeLiquidity = 105,
    TooLateToCancel = 106,
    TooLateToReplace = 107,
    VenueUnknownOrder = 108,
    QuantityBelowFilled = 109,
    VenueCapacity = 110,
    TechnicalReject = 111,
    VenueInvalidQuantity = 112,
    VenueInvalidPrice = 113,
    StopAlreadyTriggered = 114,

    /// <summary>The data does not show the price that the order is triggered by.</summary>
    UnsupportedTrigger = 115,

    /// <summary>The data does not show the price that a pegged order follows.</summary>
    UnsupportedPeg = 116,
    VenueInvalidOffset = 117,
    VenueInvalidDisplayQuantity = 118,

    /// <summary>A reduce-only order finds no position to reduce.</summary>
    NothingToReduce = 119,

    /// <summary>Another order of its list was refused, here or before, and a list is taken whole or not at all.</summary>
    ListIncomplete = 120,

    /// <summary>The order that should release this one does not work at the venue.</summary>
    ParentNotWorking = 121,

    /// <summary>The conditions do not go together: a contingency without a list, a child on another instrument, more of a child that is released in part.</summary>
    InvalidContingency = 122,

    // Cancelled or expired by the venue without a request.
    ImmediateOrCancelRest = 150,
    FillOrKillUnfilled = 151,
    SessionEnd = 152,
    ExpireTimeReached = 153,
    NoLiquidity = 154,
    PriceProtection = 155,
    SelfTradePrevention = 156,

    /// <summary>A reduce-only order whose position is gone.</summary>
    ReduceOnlyFlat = 157,

    /// <summary>Another order of its group was filled.</summary>
    OneCancelsOther = 158,

    /// <summary>Its parent ended before it released the order, or all of it.</summary>
    ParentEnded = 159,

    /// <summary>The auction traded less than the order, or at a price beyond its limit.</summary>
    AuctionRest = 160,

    /// <summary>The session ended without an auction print or a trade that could stand for one.</summary>
    NoAuctionPrint = 161,

    // The venue changed the order by its own rules: on a Replaced that answers no request.
    BecameLimit = 170,
    PostOnlyRepriced = 171,
    ReduceOnlyTruncated = 172,
    OneUpdatesOther = 173,
    ParentFilledLess = 174,
    SelfTradeDecrement = 175,

    /// <summary>A split or dividend: the venue adjusted the order, or cancelled it because nothing was left.</summary>
    CorporateAction = 176,

    /// <summary>By the venue, for a reason that it does not say in a code.</summary>
    VenueDecision = 177,

    // Asked for by the user.
    UserRequested = 180,
    KillSwitchCancel = 181,

    /// <summary>The account was called for margin; what works is cancelled before positions are reduced.</summary>
    MarginCallCancel = 182,
}
