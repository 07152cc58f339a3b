using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>How a trade came about. A code never changes its number: tick files hold it.</summary>
public enum TradeCondition : byte
{
    /// <summary>An order met another in the displayed book.</summary>
    Regular = 0,
    OpeningAuction = 1,
    ClosingAuction = 2,

    /// <summary>An auction inside the session: after a halt, or at a fixed time.</summary>
    OtherAuction = 3,

    /// <summary>Against an order that no book displayed.</summary>
    Hidden = 4,

    /// <summary>Reported late or negotiated elsewhere: not a price at which the book stood.</summary>
    OffBook = 5,
}

/// <summary>
/// One public trade.
/// <code>
/// 0        24       32       40       48  49       56       64
/// +--------+--------+--------+--------+---+--------+--------+
/// | header | price  | size   | tradeid|a c| 0      | seq    |   a aggressor, c condition
/// +--------+--------+--------+--------+---+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct TradeTick
{
    public EventHeader Header;
    public Price Price;
    public Quantity Size;
    public long TradeId;
    public AggressorSide Aggressor;

    public TradeCondition Condition;

    /// <summary>Zero, so that the record has no undefined bytes.</summary>
    private readonly ushort _zero2;
    private readonly uint _zero3;

    /// <summary>The venue's sequence number where the data has one, else zero.</summary>
    public long Sequence;

    public readonly InstrumentId Instrument => Header.Instrument;

    public readonly Timestamp VenueTime => Header.VenueTime;

    public readonly Timestamp ReceivedTime => Header.ReceivedTime;

    /// <summary>False for a trade of a size below zero or at a price that its instrument cannot have.</summary>
    public readonly bool IsPossible(bool mayBeNegative) => Size.Raw >= 0 && Price.IsPossible(mayBeNegative);
}
