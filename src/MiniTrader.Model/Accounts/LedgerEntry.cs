using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What moved money or a position without a trade. A code never changes its number: journals hold it.</summary>
public enum LedgerEntryKind : byte
{
    None = 0,
    Dividend = 1,

    /// <summary>The quantity changed; the amount is cash for what no whole lot was left of.</summary>
    Split = 2,
    Funding = 3,

    /// <summary>A day's interest on what was borrowed to be short.</summary>
    Borrow = 4,

    /// <summary>A day's interest on a currency pair held overnight.</summary>
    Rollover = 5,

    /// <summary>A position ended at the final price.</summary>
    Settlement = 6,

    /// <summary>An option ended at its intrinsic value in cash.</summary>
    Exercise = 7,

    /// <summary>An option ended without value.</summary>
    Worthless = 8,

    /// <summary>An exercised or assigned option became a position in its underlying, at the strike.</summary>
    Delivery = 9,

    /// <summary>A future that expired is bought or sold again in the next contract; the quantity after is what is ordered.</summary>
    Roll = 10,

    /// <summary>The account is worth less than its positions need; the amount is what is missing to the initial margin.</summary>
    MarginCall = 11,
}

/// <summary>
/// One booking that is not a fill: 64 bytes, one slot of the journal.
/// <code>
/// 0        8        12    14  15  16       24       32       40       48            64
/// +--------+--------+-----+---+---+--------+--------+--------+--------+-------------+
/// | time   | instr  | str | k | 0 | before | after  | price  | 0      | amount      |   str strategy, k kind
/// +--------+--------+-----+---+---+--------+--------+--------+--------+-------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct LedgerEntry
{
    public Timestamp Time;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public LedgerEntryKind Kind;
    private readonly byte _zero1;
    public Quantity QuantityBefore;
    public Quantity QuantityAfter;

    /// <summary>The price that it was counted at; zero where none was needed or known.</summary>
    public Price Price;

    private readonly long _zero2;

    /// <summary>Cash that moved, in the instrument's currency: positive was received. Of a margin call in the account's.</summary>
    public decimal Amount;

    /// <summary>True when the position changed as by a trade at <see cref="Price"/>.</summary>
    public readonly bool IsTrade => Kind is LedgerEntryKind.Settlement or LedgerEntryKind.Exercise or LedgerEntryKind.Worthless or LedgerEntryKind.Delivery;

    /// <summary>The side of that trade.</summary>
    public readonly OrderSide Side => QuantityAfter > QuantityBefore ? OrderSide.Buy : OrderSide.Sell;

    public readonly Quantity Traded => (QuantityAfter - QuantityBefore).Abs();
}
