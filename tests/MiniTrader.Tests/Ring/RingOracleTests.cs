using CsCheck;
using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Tests.Ring;

/// <summary>Random calls on one thread, each answered as a plain queue per consumer would answer it.</summary>
public sealed class RingOracleTests
{
    private enum Call
    {
        Produce,
        ConsumeFirst,
        ConsumeSecond,
        ConsumeBehindFirst,
    }

    private static readonly Gen<(Call, int, int)[]> _calls =
        Gen.Select(Gen.Enum<Call>(), Gen.Int[1, 20], Gen.Int[0, 20]).Array[0, 300];

    [Theory]
    [InlineData(ProducerKind.Single)]
    [InlineData(ProducerKind.Multi)]
    public void A_ring_behaves_as_a_bounded_queue_for_each_consumer(ProducerKind kind) =>
        Gen.Select(Gen.Int[1, 6], _calls).Sample((logCapacity, calls) => Play(kind, 1 << logCapacity, calls), iter: 500);

    private static void Play(ProducerKind kind, int capacity, (Call Kind, int Max, int Done)[] calls)
    {
        using var ring = new RingBuffer<long>(capacity, WaitStrategy.BusySpin(), kind);
        RingConsumer<long> first = ring.AddConsumer();
        RingConsumer<long> second = ring.AddConsumer();
        RingConsumer<long> behind = ring.AddConsumer(first);
        RingProducer<long>? single = kind == ProducerKind.Single ? ring.CreateProducer() : null;
        SharedRingProducer<long>? shared = kind == ProducerKind.Multi ? ring.CreateSharedProducer() : null;
        Queue<long> firstQueue = new(), secondQueue = new(), behindQueue = new(), upstreamOfBehind = new();
        long published = 0;

        foreach ((Call call, int max, int done) in calls)
        {
            switch (call)
            {
                case Call.Produce:
                    int held = Math.Max(secondQueue.Count, behindQueue.Count + upstreamOfBehind.Count);
                    Produce(max, done, capacity - held);
                    break;
                case Call.ConsumeFirst:
                    Consume(first, firstQueue, max, done, passed =>
                    {
                        behindQueue.Enqueue(passed);
                        upstreamOfBehind.Dequeue();
                    });
                    break;
                case Call.ConsumeSecond:
                    Consume(second, secondQueue, max, done, _ => { });
                    break;
                default:
                    Consume(behind, behindQueue, max, done, _ => { });
                    break;
            }
        }

        void Produce(int max, int done, int free)
        {
            RingClaim claim = default;
            Span<long> slots;
            bool claimed = single is null ? shared!.TryClaim(max, out claim, out slots) : single.TryClaim(max, out slots);
            Assert.Equal(free > 0, claimed);
            if (!claimed) return;
            // A limit that was looked up before may allow less than is free now, never more and never nothing.
            int toEnd = capacity - (int)(published % capacity);
            Assert.InRange(slots.Length, 1, Math.Min(max, Math.Min(free, toEnd)));

            int count = single is null ? slots.Length : Math.Min(done, slots.Length);
            for (int i = 0; i < slots.Length; i++) slots[i] = i < count ? published + i : -1;
            if (single is null) shared!.Publish(claim);
            else single.Publish(count);
            for (int i = 0; i < count; i++)
            {
                firstQueue.Enqueue(published);
                secondQueue.Enqueue(published);
                upstreamOfBehind.Enqueue(published);
                published++;
            }
        }
    }

    private static void Consume(RingConsumer<long> consumer, Queue<long> queue, int max, int done, Action<long> pass)
    {
        Span<long> events = consumer.Poll(max);
        Assert.Equal(queue.Count > 0, !events.IsEmpty);
        Assert.Equal(queue.Take(events.Length), events.ToArray());
        int released = Math.Min(done, events.Length);
        consumer.Release(released);
        for (int i = 0; i < released; i++) pass(queue.Dequeue());
    }
}
