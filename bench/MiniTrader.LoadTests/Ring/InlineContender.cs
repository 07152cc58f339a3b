using System.Diagnostics;
using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>Our ring with both ends on the calling thread, as the engine fills it in a backtest. One core, no rival.</summary>
internal static class InlineContender
{
    public static double Run(int capacity, long count, int batch)
    {
        using var ring = new RingBuffer<WireEvent>(capacity, WaitStrategy.BusySpin());
        RingConsumer<WireEvent> consumer = ring.AddConsumer();
        RingProducer<WireEvent> producer = ring.CreateProducer();
        long sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (long number = 0; number < count;)
        {
            if (producer.TryClaim((int)Math.Min(batch, count - number), out Span<WireEvent> slots))
            {
                foreach (ref WireEvent slot in slots) slot.Fill(number++);
                producer.Publish(slots.Length);
            }

            Span<WireEvent> events = consumer.Poll(batch);
            foreach (ref readonly WireEvent e in events) sum += e.Number;
            consumer.Release(events.Length);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (sum != count * (count - 1) / 2) throw new InvalidOperationException("The inline ring lost or repeated events.");
        return count / seconds;
    }
}
