namespace MiniTrader.Ring;

/// <summary>Slots that one of several producers has claimed and must publish, because the events behind them wait for it.</summary>
/// <param name="Sequence">Sequence of the first slot.</param>
/// <param name="Count">Number of slots; zero when nothing was claimed.</param>
public readonly record struct RingClaim(long Sequence, int Count);
