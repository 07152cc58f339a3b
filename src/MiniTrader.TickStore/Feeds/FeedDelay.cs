using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// A delay from venue to strategy that varies, for data with one clock. What an instrument showed at one instant arrives together, and
/// nothing of an instrument overtakes what it showed before. Asked for some dozens of instants at a time, on the thread that calls the feed.
/// </summary>
public abstract class FeedDelay
{
    /// <summary>
    /// Writes how long each message is on its way, in nanoseconds: not below zero, and more than
    /// <see cref="FeedRequest.MaxFeedLatencyNanoseconds"/> counts as that. Must answer from its arguments alone, so that a row is delayed alike wherever a
    /// replay begins and whatever else it holds.
    /// </summary>
    /// <param name="stream">A number of the instrument's own, the same in every session.</param>
    /// <param name="at">When the messages left, each later than the one before.</param>
    /// <param name="nanoseconds">One for each message.</param>
    public abstract void Draw(ulong stream, ReadOnlySpan<Timestamp> at, Span<long> nanoseconds);
}
