using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// What a book delta does. A delta with order id zero speaks of a price level (L2), any other of one order (L3); one instrument's
/// data is of one sort. A code never changes its number: tick files hold it.
/// </summary>
public enum BookAction : byte
{
    None = 0,

    /// <summary>L3: a new order behind all others at its price. L2: the level now shows this size.</summary>
    Add = 1,

    /// <summary>
    /// L3: the order now has this price and size; another price or a larger size sends it to the back, a smaller size keeps its
    /// place. L2: the level now shows this size.
    /// </summary>
    Modify = 2,

    /// <summary>The order or level is gone. L3: price and size may be zero, the order id says all.</summary>
    Delete = 3,

    /// <summary>L3: this much of the resting order traded and is gone from it; the price is that of the trade.</summary>
    Execute = 4,

    /// <summary>
    /// The book is empty: both sides when the side is none, else that side. With the flag <see cref="EventFlags.Snapshot"/> nothing is known of it until
    /// it is told anew, in this packet or, behind a hole in the data, in a later one; without it nobody is there, as after a session.
    /// </summary>
    Clear = 5,
}

/// <summary>
/// A change of one level (L2, order id zero) or of one order (L3). Sizes are what is there now, not differences, but for Execute.
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
