using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Engine;

/// <summary>Fills a ring from a feed on a thread of its own and completes it when the feed is finished.</summary>
public sealed class FeedLoop(RingBuffer<MarketEvent> ring, IFeed feed) : IAgent
{
    private const int BatchSize = 1_024;

    private readonly RingProducer<MarketEvent> _producer = ring.CreateProducer();

    public int DoWork()
    {
        if (!_producer.TryClaim(BatchSize, out Span<MarketEvent> slots)) return 0;
        int filled = feed.Fill(slots);
        _producer.Publish(filled);
        if (filled > 0 || !feed.IsFinished) return filled;
        ring.Complete();
        return IAgent.Finished;
    }
}
