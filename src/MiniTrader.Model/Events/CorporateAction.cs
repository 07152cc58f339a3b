using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What happens to everyone who holds an instrument. A code never changes its number: tick files hold it.</summary>
public enum CorporateActionKind : byte
{
    None = 0,

    /// <summary><see cref="CorporateAction.Amount"/> a unit, in the instrument's currency: longs are paid, shorts pay. The event's time is the ex-date's.</summary>
    Dividend = 1,

    /// <summary><see cref="CorporateAction.NewUnits"/> for each <see cref="CorporateAction.OldUnits"/>; the event's time is the first at which the new price trades.</summary>
    Split = 2,

    /// <summary>
    /// A perpetual's funding: longs pay <see cref="CorporateAction.Amount"/>, a fraction, of the position's value at
    /// <see cref="CorporateAction.Price"/>; shorts are paid it. Negative goes the other way.
    /// </summary>
    Funding = 3,

    /// <summary>The final settlement of the instrument itself at <see cref="CorporateAction.Price"/>: positions end there.</summary>
    Settlement = 4,
}

/// <summary>
/// A dividend, split, funding or settlement. What a kind does not need is zero.
/// <code>
/// 0        24       32       40       48       56  57       64
/// +--------+--------+--------+--------+--------+---+--------+
/// | header | amount | price  | new    | old    | k | 0      |   k kind of action
/// +--------+--------+--------+--------+--------+---+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct CorporateAction
{
    public EventHeader Header;

    /// <summary>A dividend per unit, or a funding rate as a fraction, in units of 1e-9.</summary>
    public Price Amount;

    /// <summary>The price that funding or settlement is counted at; zero takes the latest mark.</summary>
    public Price Price;

    /// <summary>A split's units after it: 2 of a 2-for-1.</summary>
    public long NewUnits;

    /// <summary>A split's units before it: 1 of a 2-for-1.</summary>
    public long OldUnits;

    public CorporateActionKind Kind;
    private readonly byte _zero1;
    private readonly ushort _zero2;
    private readonly uint _zero3;

    public readonly InstrumentId Instrument => Header.Instrument;

    public readonly Timestamp VenueTime => Header.VenueTime;

    /// <summary>A split that can be carried out.</summary>
    public readonly bool IsSplit => Kind == CorporateActionKind.Split && NewUnits is > 0 and <= MaxUnits && OldUnits is > 0 and <= MaxUnits;

    /// <summary>Most units on either side of a split.</summary>
    public const long MaxUnits = 1_000_000;
}
