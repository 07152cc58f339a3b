using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Tests.Ring;

/// <summary>Claim, publish, poll and release take no managed memory, whoever publishes and however the ring waits.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class RingAllocationTests
{
    private const int Rounds = 10_000;

    [Fact]
    public void A_ring_in_steady_state_allocates_nothing()
    {
        foreach (WaitStrategy strategy in new[] { WaitStrategy.BusySpin(), WaitStrategy.Blocking() })
        {
            using var ring = new RingBuffer<long>(64, strategy);
            RingConsumer<long> ahead = ring.AddConsumer();
            RingConsumer<long> behind = ring.AddConsumer(ahead);
            RingProducer<long> producer = ring.CreateProducer();
            Allocations.ExpectNone(Rounds, () =>
            {
                if (producer.TryClaim(10, out Span<long> slots)) producer.Publish(slots.Length);
                slots = producer.Claim(3);
                producer.Publish(slots.Length);
                Drain(ahead);
                Drain(behind);
            });
        }
    }

    [Fact]
    public void A_ring_with_several_producers_allocates_nothing()
    {
        using var ring = new RingBuffer<long>(64, WaitStrategy.Blocking(), ProducerKind.Multi);
        RingConsumer<long> consumer = ring.AddConsumer();
        SharedRingProducer<long> producer = ring.CreateSharedProducer();
        Allocations.ExpectNone(Rounds, () =>
        {
            if (producer.TryClaim(10, out RingClaim claim, out _)) producer.Publish(claim);
            producer.Publish(producer.Claim(3, out _));
            Drain(consumer);
        });
    }

    private static void Drain(RingConsumer<long> consumer)
    {
        while (consumer.Lag > 0)
        {
            if (consumer.Wait() != WaitOutcome.Ready) throw new InvalidOperationException("Events are there, yet the wait ended without them.");
            consumer.Release(consumer.Poll(7).Length);
        }
    }
}
