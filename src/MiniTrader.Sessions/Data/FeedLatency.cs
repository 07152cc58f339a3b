using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>
/// A feed's delays as a latency model draws them. Each instant of each instrument has a generator of its own, seeded by both, so that a delay
/// depends on nothing else: not on where a run begins, what it trades besides, or which thread fills the ring.
/// </summary>
internal sealed class FeedLatency(LatencyModel model, ulong seed) : FeedDelay
{
    public override void Draw(ulong stream, ReadOnlySpan<Timestamp> at, Span<long> nanoseconds)
    {
        for (int i = 0; i < at.Length; i++)
        {
            // Two odd factors keep neighbouring instants and seeds from sharing a generator.
            SeededRandom random = new(stream ^ (seed * 0xD6E8FEB86659FD93UL) ^ ((ulong)at[i].Nanoseconds * 0xA0761D6478BD642FUL));
            nanoseconds[i] = model.Draw(LatencyLeg.Feed, at[i], ref random).Nanoseconds;
        }
    }
}
