using MiniTrader.Model;

namespace MiniTrader.Tests.Engine;

/// <summary>Gives events from memory, at most a chosen number at a time.</summary>
internal sealed class ArrayFeed(MarketEvent[] events, int maxBatch = int.MaxValue) : IFeed
{
    private int _next;

    public bool IsFinished => _next == events.Length;

    public int Fill(Span<MarketEvent> slots)
    {
        int count = Math.Min(Math.Min(slots.Length, maxBatch), events.Length - _next);
        events.AsSpan(_next, count).CopyTo(slots);
        _next += count;
        return count;
    }

    public void Dispose()
    {
    }
}
