using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// Best bid and ask. A side that nobody quotes has size zero, and its price says nothing.
/// <code>
/// 0        24       32       40       48       56       64
/// +--------+--------+--------+--------+--------+--------+
/// | header | bid    | ask    | bidsize| asksize| seq    |
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct QuoteTick
{
    public EventHeader Header;
    public Price Bid;
    public Price Ask;
    public Quantity BidSize;
    public Quantity AskSize;

    /// <summary>The venue's sequence number where the data has one, else zero.</summary>
    public long Sequence;

    public readonly InstrumentId Instrument => Header.Instrument;

    public readonly Timestamp VenueTime => Header.VenueTime;

    public readonly Timestamp ReceivedTime => Header.ReceivedTime;

    /// <summary>Half-way between bid and ask, rounded down to 1e-9; sensible only when <see cref="IsTwoSided"/>.</summary>
    public readonly Price Mid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Bid.Raw + ((Ask.Raw - Bid.Raw) >> 1));
    }

    public readonly Price Spread => Ask - Bid;

    /// <summary>False for a quote that no market can show: a size below zero, or a side at a price that its instrument cannot have (<see cref="Instrument.MayBeNegative"/>).</summary>
    public readonly bool IsPossible(bool mayBeNegative) => CanShow(Bid, BidSize, mayBeNegative) && CanShow(Ask, AskSize, mayBeNegative);

    /// <summary>True for what one side of a quote can say: nobody, or a size at a price that the instrument can have.</summary>
    public static bool CanShow(Price price, Quantity size, bool mayBeNegative) => size.Raw == 0 || (size.Raw > 0 && price.IsPossible(mayBeNegative));

    public readonly bool IsTwoSided => BidSize.Raw > 0 && AskSize.Raw > 0;
}
