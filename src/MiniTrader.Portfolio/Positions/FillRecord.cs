using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>What a position was before a fill, as far as the order of fills matters to it. A value.</summary>
public struct PositionState
{
    public Quantity Quantity;
    public decimal Cost;
    public decimal Realised;
    internal int Era;

    internal static PositionState Of(in Position position) =>
        new() { Quantity = position.Quantity, Cost = position.Cost, Realised = position.Realised, Era = position.Era };

    internal readonly void Restore(ref Position position)
    {
        position.Quantity = Quantity;
        position.Cost = Cost;
        position.Realised = Realised;
    }
}

/// <summary>One booked trade as it stands now, and the positions before it. Lives in a <see cref="FillJournal"/>; its owner's thread only.</summary>
public struct FillRecord
{
    public ClientOrderId ClientOrderId;
    public ExecutionId ExecutionId;

    /// <summary>Name of the latest correction, by which the venue may name the trade from then on.</summary>
    public ExecutionId CorrectionId;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public OrderSide Side;

    /// <summary>Zero once it was taken back.</summary>
    public Quantity Quantity;
    public Price Price;

    /// <summary>Price × quantity × multiplier.</summary>
    public decimal Value;
    public decimal Fee;

    /// <summary>The strategy's position before it.</summary>
    public PositionState Own;

    /// <summary>The account's position before it.</summary>
    public PositionState Total;

    public readonly bool IsBusted => Quantity.IsZero;
}
