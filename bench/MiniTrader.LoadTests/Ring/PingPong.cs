using System.Diagnostics;
using HdrHistogram;
using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>One event there and one back over two rings, again and again: the round trip between two threads, in nanoseconds.</summary>
internal static class PingPong
{
    private const int Capacity = 64;
    private const long LongestNanoseconds = 10_000_000_000;
    private const int SignificantDigits = 3;
    private static readonly double _nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    public static Percentiles Run(Func<WaitStrategy> waitStrategy, int trips, int warmUpTrips)
    {
        using var there = new RingBuffer<WireEvent>(Capacity, waitStrategy());
        using var back = new RingBuffer<WireEvent>(Capacity, waitStrategy());
        RingConsumer<WireEvent> thereEnd = there.AddConsumer();
        RingConsumer<WireEvent> backEnd = back.AddConsumer();
        RingProducer<WireEvent> thereStart = there.CreateProducer();
        RingProducer<WireEvent> backStart = back.CreateProducer();
        var histogram = new LongHistogram(LongestNanoseconds, SignificantDigits);

        var echo = new Thread(() =>
        {
            CorePinning.TryPinCurrentThread(1);
            while (thereEnd.Wait() == WaitOutcome.Ready) Pass(thereEnd, backStart);
        })
        { Name = "echo", IsBackground = true };
        var caller = new Thread(() =>
        {
            CorePinning.TryPinCurrentThread(0);
            for (int trip = -warmUpTrips; trip < trips; trip++)
            {
                long start = Stopwatch.GetTimestamp();
                Send(thereStart, trip);
                backEnd.Wait();
                long number = backEnd.Poll(1)[0].Number;
                backEnd.Release(1);
                long elapsed = (long)((Stopwatch.GetTimestamp() - start) * _nanosecondsPerTick);
                if (number != trip) throw new InvalidOperationException($"Event {number} came back instead of {trip}.");
                if (trip >= 0) histogram.RecordValue(Math.Min(elapsed, LongestNanoseconds));
            }

            there.Complete();
        })
        { Name = "caller", IsBackground = true };
        echo.Start();
        caller.Start();
        caller.Join();
        echo.Join();
        return Percentiles.Of(histogram);
    }

    private static void Send(RingProducer<WireEvent> producer, long number)
    {
        producer.Claim(1)[0].Fill(number);
        producer.Publish(1);
    }

    private static void Pass(RingConsumer<WireEvent> from, RingProducer<WireEvent> to)
    {
        to.Claim(1)[0] = from.Poll(1)[0];
        to.Publish(1);
        from.Release(1);
    }
}
