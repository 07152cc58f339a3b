namespace MiniTrader.Strategies;

/// <summary>What a time bar builder does with an interval in which nothing came.</summary>
public enum EmptyBars : byte
{
    /// <summary>There is no bar for it.</summary>
    Skip,

    /// <summary>A bar of volume zero with all four prices at the last close. Nothing is repeated before the first bar.</summary>
    RepeatClose,
}
