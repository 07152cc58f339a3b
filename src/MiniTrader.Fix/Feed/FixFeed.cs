using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Fix;

/// <summary>
/// Market data from a FIX session as the engine sees it: a <see cref="FixMarketData"/> on the FIX thread fills a ring, this empties it. Whoever fills the
/// engine's ring calls it, one thread.
/// </summary>
public sealed class FixFeed : IFeed
{
    private readonly RingBuffer<MarketEvent> _ring;
    private readonly RingConsumer<MarketEvent> _events;

    internal FixFeed(int slots)
    {
        _ring = new RingBuffer<MarketEvent>(slots, WaitStrategy.BusySpin());
        _events = _ring.AddConsumer();
        EventsIn = _ring.CreateProducer();
    }

    public bool IsFinished => _events.IsDrained;

    internal RingProducer<MarketEvent> EventsIn { get; }

    public int Fill(Span<MarketEvent> slots)
    {
        Span<MarketEvent> waiting = _events.Poll(slots.Length);
        waiting.CopyTo(slots);
        _events.Release(waiting.Length);
        return waiting.Length;
    }

    /// <summary>No data will come any more; what waits is still given out.</summary>
    public void Complete() => _ring.Complete();

    public void Dispose() => _ring.Dispose();
}
