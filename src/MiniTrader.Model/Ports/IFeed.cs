namespace MiniTrader.Model;

/// <summary>
/// A source of market events in the order of their due time; ties by instrument index, then by the order in the source.
/// One thread calls it: the engine's when the ring is filled inline, the feed thread otherwise.
/// </summary>
public interface IFeed : IDisposable
{
    /// <summary>
    /// Writes the next events to the front of <paramref name="slots"/> and returns how many; zero when none is there now.
    /// Every byte of a written slot is set.
    /// </summary>
    int Fill(Span<MarketEvent> slots);

    /// <summary>True when no event will ever come again.</summary>
    bool IsFinished { get; }
}
