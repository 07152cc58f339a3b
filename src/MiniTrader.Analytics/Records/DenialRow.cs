using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>A command that was denied before it left, and what it broke: a row of <c>denials.arrow</c>. A value.</summary>
public readonly record struct DenialRow
{
    public required Timestamp Time { get; init; }

    /// <summary>The new order, or the one that was to be cancelled or replaced.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    public required StrategyId Strategy { get; init; }

    /// <summary>None where the command named none, or one that the run does not have.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>New, Replace, Cancel or CancelAll.</summary>
    public required CommandKind Command { get; init; }

    public required ReasonCode Reason { get; init; }

    /// <summary>The limit in the unit of the reason: a quantity, a price, an amount of the account's currency, a count; zero where the reason says all.</summary>
    public decimal Limit { get; init; }

    /// <summary>What the command, or the books with it, would have come to.</summary>
    public decimal Value { get; init; }
}
