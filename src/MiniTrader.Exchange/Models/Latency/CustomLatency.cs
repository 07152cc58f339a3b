using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// A user's own delay, put into options as <see cref="LatencyModel.Custom"/>. Asked once for each command or report, never for an
/// event. Must answer from its arguments and its own state alone, so that a run can be repeated. Engine thread only.
/// </summary>
public abstract class CustomLatency
{
    /// <summary>The next message's delay, 0 to 365 days; anything else stops the run.</summary>
    /// <param name="leg">The way that it goes.</param>
    /// <param name="at">When it leaves.</param>
    /// <param name="random">The leg's seeded stream.</param>
    public abstract LatencyDraw Draw(LatencyLeg leg, Timestamp at, ref SeededRandom random);
}
