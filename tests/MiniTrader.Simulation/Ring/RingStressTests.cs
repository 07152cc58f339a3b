using MiniTrader.Model;
using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Simulation.Ring;

/// <summary>Real threads on small rings: any event that is lost, repeated, out of order, torn or overwritten too early fails.</summary>
public sealed class RingStressTests
{
    public enum Waiting
    {
        BusySpin,
        Yielding,
        Sleeping,
        Blocking,
    }

    [Theory]
    [InlineData(2, 1, 1, Waiting.Yielding, 30_000)]
    [InlineData(2, 2, 2, Waiting.Blocking, 10_000)]
    [InlineData(4, 3, 2, Waiting.Yielding, 50_000)]
    [InlineData(4, 4, 1, Waiting.Sleeping, 20_000)]
    [InlineData(64, 7, 64, Waiting.Blocking, 300_000)]
    [InlineData(1024, 1, 1024, Waiting.Yielding, 1_000_000)]
    [InlineData(1024, 100, 33, Waiting.BusySpin, 100_000)]
    [InlineData(1024, 256, 256, Waiting.Sleeping, 1_000_000)]
    public void One_producer_to_one_consumer(int capacity, int claimMax, int pollMax, Waiting waiting, int count)
    {
        using var ring = new RingBuffer<StampedEvent>(capacity, Strategy(waiting));
        var ledger = new EventLedger(ring.AddConsumer(), producers: 1, count, pollMax);
        RingProducer<StampedEvent> producer = ring.CreateProducer();

        Crew.Run(ring.Alert, () => Produce(ring, producer, count, claimMax), ledger.Run);
    }

    [Theory]
    [InlineData(4, Waiting.Yielding, 20_000)]
    [InlineData(64, Waiting.Blocking, 50_000)]
    public void A_slow_consumer_holds_the_producer_back_and_loses_nothing(int capacity, Waiting waiting, int count)
    {
        using var ring = new RingBuffer<StampedEvent>(capacity, Strategy(waiting));
        var fast = new EventLedger(ring.AddConsumer(), producers: 1, count, pollMax: capacity);
        var slow = new EventLedger(ring.AddConsumer(), producers: 1, count, pollMax: capacity, pauseEvery: 2);
        RingProducer<StampedEvent> producer = ring.CreateProducer();

        Crew.Run(ring.Alert, () => Produce(ring, producer, count, claimMax: capacity), fast.Run, slow.Run);
    }

    [Theory]
    [InlineData(2, 1, Waiting.Yielding, 5_000)]
    [InlineData(8, 3, Waiting.Blocking, 20_000)]
    [InlineData(256, 50, Waiting.Yielding, 400_000)]
    public void Several_producers_keep_their_own_order(int capacity, int claimMax, Waiting waiting, int countEach)
    {
        const int Producers = 3;
        using var ring = new RingBuffer<StampedEvent>(capacity, Strategy(waiting), ProducerKind.Multi);
        var ledger = new EventLedger(ring.AddConsumer(), Producers, Producers * (long)countEach, pollMax: capacity);
        SharedRingProducer<StampedEvent> producer = ring.CreateSharedProducer();
        int running = Producers;

        Crew.Run(ring.Alert, Part(0), Part(1), Part(2), ledger.Run);

        Action Part(int id) => () =>
        {
            ProduceShared(producer, id, countEach, claimMax);
            if (Interlocked.Decrement(ref running) == 0) ring.Complete();
        };
    }

    [Theory]
    [InlineData(2, Waiting.Yielding, 5_000, ProducerKind.Single)]
    [InlineData(8, Waiting.Blocking, 20_000, ProducerKind.Single)]
    [InlineData(256, Waiting.Yielding, 500_000, ProducerKind.Single)]
    [InlineData(256, Waiting.Yielding, 300_000, ProducerKind.Multi)]
    public void In_a_diamond_the_last_consumer_stays_behind_both_others(int capacity, Waiting waiting, int count, ProducerKind kind)
    {
        using var ring = new RingBuffer<StampedEvent>(capacity, Strategy(waiting), kind);
        RingConsumer<StampedEvent> left = ring.AddConsumer();
        RingConsumer<StampedEvent> right = ring.AddConsumer();
        RingConsumer<StampedEvent> last = ring.AddConsumer(left, right);
        // Each of the first two leaves a mark for every event; the last one finds both.
        long[] leftMarks = new long[count];
        long[] rightMarks = new long[count];

        Crew.Run(
            ring.Alert,
            Producer(),
            () => Mark(left, leftMarks),
            () => Mark(right, rightMarks),
            () => ExpectMarks(last, leftMarks, rightMarks));

        Action Producer()
        {
            if (kind == ProducerKind.Single)
            {
                RingProducer<StampedEvent> single = ring.CreateProducer();
                return () => Produce(ring, single, count, claimMax: 5);
            }

            SharedRingProducer<StampedEvent> shared = ring.CreateSharedProducer();
            return () =>
            {
                ProduceShared(shared, 0, count, claimMax: 5);
                ring.Complete();
            };
        }
    }

    [Fact]
    public void A_claim_that_is_given_back_in_part_neither_skips_nor_repeats()
    {
        const int Count = 200_000;
        using var ring = new RingBuffer<StampedEvent>(16, WaitStrategy.Yielding());
        var ledger = new EventLedger(ring.AddConsumer(), producers: 1, Count, pollMax: 5);
        RingProducer<StampedEvent> producer = ring.CreateProducer();
        var random = new SeededRandom(7);

        Crew.Run(
            ring.Alert,
            () =>
            {
                for (long number = 0; number < Count;)
                {
                    Span<StampedEvent> slots = producer.Claim(8);
                    if (slots.IsEmpty) return;
                    // What is written beyond the published part stands in slots that are given back.
                    for (int i = 0; i < slots.Length; i++) slots[i].Stamp(0, number + i);
                    int published = (int)Math.Min(random.NextInt64(slots.Length + 1), Count - number);
                    producer.Publish(published);
                    number += published;
                }

                ring.Complete();
            },
            ledger.Run);
    }

    private static void Produce(RingBuffer<StampedEvent> ring, RingProducer<StampedEvent> producer, int count, int claimMax)
    {
        for (long number = 0; number < count;)
        {
            Span<StampedEvent> slots = producer.Claim((int)Math.Min(claimMax, count - number));
            if (slots.IsEmpty) return;
            foreach (ref StampedEvent slot in slots) slot.Stamp(0, number++);
            producer.Publish(slots.Length);
        }

        ring.Complete();
    }

    private static void ProduceShared(SharedRingProducer<StampedEvent> producer, int id, int count, int claimMax)
    {
        for (long number = 0; number < count;)
        {
            RingClaim claim = producer.Claim((int)Math.Min(claimMax, count - number), out Span<StampedEvent> slots);
            if (slots.IsEmpty) return;
            foreach (ref StampedEvent slot in slots) slot.Stamp(id, number++);
            producer.Publish(claim);
        }
    }

    private static void Mark(RingConsumer<StampedEvent> consumer, long[] marks)
    {
        while (consumer.Wait() == WaitOutcome.Ready)
        {
            Span<StampedEvent> events = consumer.Poll(3);
            foreach (ref StampedEvent e in events)
            {
                Assert.True(e.IsWhole());
                marks[e.Number]++;
            }

            consumer.Release(events.Length);
        }
    }

    private static void ExpectMarks(RingConsumer<StampedEvent> consumer, long[] left, long[] right)
    {
        long number = 0;
        while (consumer.Wait() == WaitOutcome.Ready)
        {
            Span<StampedEvent> events = consumer.Poll(7);
            foreach (ref StampedEvent e in events)
            {
                if (!e.IsWhole() || e.Number != number) Assert.Fail($"Expected event {number}, got {e.Number}.");
                if (left[number] != 1 || right[number] != 1)
                    Assert.Fail($"Event {number} arrived after {left[number]} and {right[number]} visits of the consumers ahead.");
                number++;
            }

            consumer.Release(events.Length);
        }

        Assert.Equal(left.Length, number);
    }

    private static WaitStrategy Strategy(Waiting waiting) => waiting switch
    {
        Waiting.BusySpin => WaitStrategy.BusySpin(),
        Waiting.Yielding => WaitStrategy.Yielding(),
        Waiting.Sleeping => WaitStrategy.Sleeping(),
        _ => WaitStrategy.Blocking(),
    };
}
