namespace MiniTrader.Risk;

/// <summary>What an order brings for the children that wait for its fills, in raw units: nothing where that is not certain.</summary>
/// <param name="Left">The least that it still fills before it is done, or else its children end.</param>
/// <param name="Filled">What it has filled.</param>
/// <param name="Quantity">The least that it is for in all.</param>
internal readonly record struct ParentCover(long Left, long Filled, long Quantity);
