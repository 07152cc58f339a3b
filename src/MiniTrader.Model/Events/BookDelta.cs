using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What a book delta does.</summary>
public enum BookAction : byte
{
    None,

    /// <summary>L3: a new order. L2: a new level.</summary>
    Add,

    /// <summary>The order or level now has this price and size.</summary>
    Modify,

    /// <summary>The order or level is gone.</summary>
    Delete,

    /// <summary>L3: part of the order traded; size is what traded.</summary>
    Execute,

    /// <summary>The whole book, or one side of it, is empty.</summary>
    Clear,
}

/// <summary>
/// A change of one level (L2, order id zero) or of one order (L3).
/// <code>
/// 0        24       32       40       48 49 50      56       64
/// +--------+--------+--------+--------+--+--+-------+--------+
/// | header | price  | size   | orderid| a| s| 0     | seq    |   a action, s side
/// +--------+--------+--------+--------+--+--+-------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct BookDelta
{
    public EventHeader Header;
    public Price Price;
    public Quantity Size;
    public long OrderId;
    public BookAction Action;
    public OrderSide Side;
    private readonly ushort _zero1;
    private readonly uint _zero2;
    public long Sequence;

    public readonly InstrumentId Instrument => Header.Instrument;
}
