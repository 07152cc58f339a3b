namespace MiniTrader.Fix;

/// <summary>How an instrument is named in messages.</summary>
public enum InstrumentNaming : byte
{
    /// <summary>By Symbol (55).</summary>
    Symbol,

    /// <summary>By SecurityID (48) with its source (22), and no Symbol.</summary>
    SecurityId,
}

/// <summary>How orders are told to add liquidity only.</summary>
public enum PostOnlyStyle : byte
{
    /// <summary>Not at all: such an order is refused here.</summary>
    None,

    /// <summary>ExecInst (18) = 6, participate but do not initiate.</summary>
    ParticipateDoNotInitiate,

    /// <summary>ExecInst (18) = A, no cross.</summary>
    NoCross,

    /// <summary>ExecInst (18) = 6A: refused where it would cross, instead of moved away from the other side.</summary>
    ParticipateOrReject,

    /// <summary>ExecInst (18) = 6 as an order type of its own, which stays until it is cancelled and carries no time in force.</summary>
    LimitMaker,
}

/// <summary>How a logon proves who we are.</summary>
public enum LogonProof : byte
{
    /// <summary>Username (553) and Password (554), where the settings have them.</summary>
    Password,

    /// <summary>An Ed25519 signature in RawData (96).</summary>
    Ed25519,

    /// <summary>An HMAC-SHA256 in Base64, keyed with the Base64-decoded secret.</summary>
    Hmac,

    /// <summary>A nonce in RawData and in Password the SHA-256 of nonce and secret, both in Base64.</summary>
    NonceHash,
}

/// <summary>What our names of orders and requests (ClOrdID) look like.</summary>
public enum OrderNaming : byte
{
    /// <summary><c>PREFIX-ORDER-REQUEST</c>.</summary>
    Text,

    /// <summary>The same in the form of a version 4 UUID, in lower case.</summary>
    Uuid,
}

/// <summary>How the price that wakes an order is said.</summary>
public enum TriggerStyle : byte
{
    /// <summary>StopPx (99).</summary>
    StopPx,

    /// <summary>StopPx (99) and the direction in TriggerPriceDirection (1109): U for upwards, D for downwards.</summary>
    StopPxAndDirection,

    /// <summary>TriggerPrice (1102) of the last trade (1100, 1101, 1107) with its direction (1109), and no StopPx.</summary>
    TriggerPrice,
}

/// <summary>How a venue is asked what became of one order.</summary>
public enum OrderStatusStyle : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>OrderStatusRequest (H).</summary>
    Request,

    /// <summary>OrderMassStatusRequest (AF) for one order, named by the venue's name of it, or by ours with its symbol.</summary>
    MassOfOne,
}

/// <summary>What a RequestForPositions (AN) carries beside its id.</summary>
public enum PositionRequestStyle : byte
{
    /// <summary>Positions are not asked for.</summary>
    None,

    /// <summary>Account, TransactTime, ClearingBusinessDate and PosReqType, as the standard demands.</summary>
    Standard,

    /// <summary>PosReqType.</summary>
    Type,

    /// <summary>Nothing.</summary>
    Bare,
}

/// <summary>What a cancel, a replace or a status request repeats of its order beside the names.</summary>
[Flags]
public enum RequestFields : ushort
{
    None = 0,

    /// <summary>Account (1), where there is one.</summary>
    Account = 1,

    /// <summary>OrderID (37), once the venue has said it.</summary>
    OrderId = 2,

    /// <summary>OrderQty (38).</summary>
    Quantity = 4,

    /// <summary>Symbol, or SecurityID with its source.</summary>
    Instrument = 8,

    /// <summary>Side (54).</summary>
    Side = 16,

    /// <summary>OrdType (40).</summary>
    OrderType = 32,

    /// <summary>TimeInForce (59).</summary>
    TimeInForce = 64,

    /// <summary>ExpireTime (126) of an order that has one.</summary>
    ExpireTime = 128,

    /// <summary>ExecInst (18), HandlInst (21) and the display quantity, where an order has them.</summary>
    Conditions = 256,

    /// <summary>TransactTime (60).</summary>
    TransactTime = 512,

    /// <summary>All of them.</summary>
    All = 1023,
}
