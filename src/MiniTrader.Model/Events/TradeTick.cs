using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// One public trade.
/// <code>
/// 0        24       32       40       48  49       56       64
/// +--------+--------+--------+--------+---+--------+--------+
/// | header | price  | size   | tradeid| a | 0      | seq    |   a aggressor
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

    /// <summary>Zero, so that the record has no undefined bytes.</summary>
    private readonly byte _zero1;
    private readonly ushort _zero2;
    private readonly uint _zero3;

    /// <summary>The venue's sequence number where the data has one, else zero.</summary>
    public long Sequence;

    public readonly InstrumentId Instrument => Header.Instrument;

    public readonly Timestamp VenueTime => Header.VenueTime;

    public readonly Timestamp ReceivedTime => Header.ReceivedTime;
}
