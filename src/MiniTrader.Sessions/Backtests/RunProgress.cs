using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>Where a running session stands; told a few times a second from a thread that is not the engine's.</summary>
/// <param name="Events">Market events taken in.</param>
/// <param name="TotalEvents">How many there will be; zero when nobody knows.</param>
/// <param name="Time">Session time.</param>
/// <param name="EventsPerSecond">Over the time since the report before.</param>
public readonly record struct RunProgress(long Events, long TotalEvents, Timestamp Time, double EventsPerSecond);
