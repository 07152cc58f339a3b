using System.Runtime.InteropServices;

namespace MiniTrader.DataTools;

/// <summary>
/// The first 16 bytes of every DBN record, little-endian.
/// <code>
/// 0   1   2     4        8          16
/// +---+---+-----+--------+----------+
/// |len|typ|publ | instr  | ts_event |   len in words of four bytes
/// +---+---+-----+--------+----------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = DbnFormat.HeaderBytes)]
public struct DbnHeader
{
    public byte Words;
    public byte Type;
    public ushort Publisher;
    public uint Instrument;
    public ulong EventTime;
}

/// <summary>
/// One order's event (schema mbo), read in place.
/// <code>
/// 0        16         24      32     36  37  38  39  40        48      52    56
/// +--------+----------+-------+------+---+---+---+---+---------+-------+-----+
/// | header | order id | price | size | f | c | a | s | ts_recv | delta | seq |   f flags, c channel, a action, s side
/// +--------+----------+-------+------+---+---+---+---+---------+-------+-----+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
public struct DbnMboRecord
{
    public const int Size = 56;

    public DbnHeader Header;
    public ulong OrderId;
    public long Price;
    public uint OrderSize;
    public byte Flags;
    public byte Channel;
    public byte Action;
    public byte Side;
    public ulong ReceivedTime;
    public int SendDelta;
    public uint Sequence;
}

/// <summary>
/// A trade, and the head of mbp-1, mbp-10, tbbo, bbo and their consolidated kin, whose levels follow it.
/// <code>
/// 0        16      24     28  29  30  31  32        40      44    48
/// +--------+-------+------+---+---+---+---+---------+-------+-----+--------…
/// | header | price | size | a | s | f | d | ts_recv | delta | seq | levels   a action, s side, f flags, d depth
/// +--------+-------+------+---+---+---+---+---------+-------+-----+--------…
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
internal struct DbnPriceRecord
{
    public const int Size = 48;

    public DbnHeader Header;
    public long Price;
    public uint TradeSize;
    public byte Action;
    public byte Side;
    public byte Flags;
    public byte Depth;
    public ulong ReceivedTime;
    public int SendDelta;
    public uint Sequence;
}

/// <summary>
/// One level of both sides.
/// <code>
/// 0     8     16      20      24      28      32
/// +-----+-----+-------+-------+-------+-------+
/// | bid | ask | bidsz | asksz | of the venue  |
/// +-----+-----+-------+-------+-------+-------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
internal struct DbnLevel
{
    public const int Size = 32;

    public long Bid;
    public long Ask;
    public uint BidSize;
    public uint AskSize;
    public ulong Counts;
}

/// <summary>
/// A bar; its header's time is the start of the interval.
/// <code>
/// 0        16     24     32    40      48       56
/// +--------+------+------+-----+-------+--------+
/// | header | open | high | low | close | volume |
/// +--------+------+------+-----+-------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 56)]
internal struct DbnBarRecord
{
    public DbnHeader Header;
    public long Open;
    public long High;
    public long Low;
    public long Close;
    public ulong Volume;
}

/// <summary>
/// A change of an instrument's trading status.
/// <code>
/// 0        16        24       26       28      30                40
/// +--------+---------+--------+--------+-------+-----------------+
/// | header | ts_recv | action | reason | event | yes-no and rest |
/// +--------+---------+--------+--------+-------+-----------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 40)]
internal struct DbnStatusRecord
{
    public DbnHeader Header;
    public ulong ReceivedTime;
    public ushort Action;
    public ushort Reason;
    public ushort TradingEvent;
}
