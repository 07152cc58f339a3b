using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Simulation.Ring;

/// <summary>
/// A consumer that checks each event it gets: whole, and the one that follows its producer's last. Handling is bracketed by two
/// checks, so that an event that is overwritten while it is held is found as well.
/// </summary>
internal sealed class EventLedger(RingConsumer<StampedEvent> consumer, int producers, long expected, int pollMax, int pauseEvery = 0)
{
    private readonly long[] _nextNumbers = new long[producers];

    public long Count { get; private set; }

    public void Run()
    {
        while (consumer.Wait() == WaitOutcome.Ready)
        {
            Span<StampedEvent> events = consumer.Poll(pollMax);
            foreach (ref StampedEvent e in events) Check(in e);
            if (pauseEvery > 0 && Count % pauseEvery < events.Length) Thread.Yield();
            foreach (ref StampedEvent e in events) Assert.True(e.IsWhole(), "An event changed while its consumer held it.");
            consumer.Release(events.Length);
        }

        Assert.Equal(expected, Count);
        Assert.True(consumer.IsDrained);
        Assert.Equal(0, consumer.Lag);
    }

    private void Check(in StampedEvent e)
    {
        Assert.True(e.IsWhole(), $"Event {Count} is torn.");
        Assert.InRange(e.Producer, 0, _nextNumbers.Length - 1);
        long expectedNumber = _nextNumbers[e.Producer]++;
        if (e.Number != expectedNumber) Assert.Fail($"Producer {e.Producer}: expected event {expectedNumber}, got {e.Number}.");
        Count++;
    }
}
