using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// Open, high, low, close and volume of an interval. Both times of the header are the interval's end: a bar is known when it
/// is complete.
/// <code>
/// 0        24       32       40       48       56       64
/// +--------+--------+--------+--------+--------+--------+
/// | header | open   | high   | low    | close  | volume |   header.detail: interval and source
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct Bar
{
    public EventHeader Header;
    public Price Open;
    public Price High;
    public Price Low;
    public Price Close;
    public Quantity Volume;

    public readonly InstrumentId Instrument => Header.Instrument;

    /// <summary>The end of the interval.</summary>
    public readonly Timestamp VenueTime => Header.VenueTime;

    public readonly Timestamp ReceivedTime => Header.ReceivedTime;

    public readonly BarInterval Interval => new(Header.Detail);

    /// <summary>False for a bar of a volume below zero, of prices that its instrument cannot have, or not within their range.</summary>
    public readonly bool IsPossible(bool mayBeNegative) =>
        Volume.Raw >= 0 && Low.IsPossible(mayBeNegative) && High.IsPossible(mayBeNegative) && Low <= Open && Low <= Close && Open <= High && Close <= High;

    public readonly Timestamp OpenTime => Header.VenueTime - Interval.Nanoseconds;
}
