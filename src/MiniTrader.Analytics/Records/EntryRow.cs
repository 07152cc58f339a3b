using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Money or a position that moved without a trade: a row of <c>ledger.arrow</c>. A value.</summary>
public readonly record struct EntryRow
{
    public required Timestamp Time { get; init; }

    public required StrategyId Strategy { get; init; }

    /// <summary>None for what concerns the whole account, such as a margin call.</summary>
    public required InstrumentId Instrument { get; init; }

    public required LedgerEntryKind Kind { get; init; }

    public Quantity QuantityBefore { get; init; }

    public Quantity QuantityAfter { get; init; }

    /// <summary>The price that it was counted at; zero where none was needed or known.</summary>
    public Price Price { get; init; }

    /// <summary>Cash that moved, in <see cref="Currency"/>; of a margin call what was missing.</summary>
    public decimal Amount { get; init; }

    public required Currency Currency { get; init; }
}
