namespace MiniTrader.Books;

/// <summary>How much room a book takes at its construction; what does not fit later is counted and left out.</summary>
public sealed record BookOptions
{
    public const int MaxLevelCapacity = 1 << 20;

    /// <summary>Seats of a store are numbered with 32 bits.</summary>
    public const int MaxOrderCapacity = 1 << 26;

    /// <summary>How many levels of a side <see cref="DepthBook.Bids"/> shows when nothing else is asked for, and the most of an <see cref="OrderBook"/>.</summary>
    public const int ViewDepth = 64;

    /// <summary>Most prices of one side: 24 bytes each.</summary>
    public int LevelCapacity { get; init; } = 8_192;

    /// <summary>Most orders of all the books that share an <see cref="OrderStore"/>: 128 to 256 bytes each, and what their queues use.</summary>
    public int OrderCapacity { get; init; } = 1 << 18;

    /// <summary>Throws an <see cref="ArgumentException"/> that says which figure is wrong.</summary>
    public BookOptions Validated()
    {
        if (LevelCapacity is < 1 or > MaxLevelCapacity)
            throw new ArgumentException($"A book's level capacity of {LevelCapacity} is not between 1 and {MaxLevelCapacity}.");
        if (OrderCapacity is < 1 or > MaxOrderCapacity)
            throw new ArgumentException($"A book's order capacity of {OrderCapacity} is not between 1 and {MaxOrderCapacity}.");
        return this;
    }
}
