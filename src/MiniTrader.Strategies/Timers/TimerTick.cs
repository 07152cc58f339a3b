using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>A timer that is due.</summary>
/// <param name="DueTime">When it was due; the clock shows this instant.</param>
/// <param name="Id">The number that the strategy gave it.</param>
public readonly record struct TimerTick(Timestamp DueTime, int Id);
