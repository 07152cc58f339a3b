using System.Runtime.CompilerServices;
using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Tests.Ring;

/// <summary>One thread, every figure spelled out: claims, wrap-around, gating, what is refused.</summary>
public sealed class RingBufferTests
{
    [Fact]
    public void A_claim_is_shorter_at_the_end_of_the_buffer_and_refused_when_the_ring_is_full()
    {
        using var ring = new RingBuffer<long>(8, WaitStrategy.BusySpin());
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();

        Write(producer, 6, expectedSlots: 6);
        Assert.Equal([0, 1, 2, 3], consumer.Poll(4).ToArray());
        consumer.Release(4);
        Write(producer, 5, expectedSlots: 2);
        Write(producer, 5, expectedSlots: 4);
        Assert.False(producer.TryClaim(1, out Span<long> none));
        Assert.True(none.IsEmpty);

        Assert.Equal(12, ring.Cursor);
        Assert.Equal(4, consumer.Position);
        Assert.Equal(8, consumer.Lag);
        Assert.Equal([4, 5], consumer.Poll(100).ToArray());
        consumer.Release(2);
        Assert.Equal([6, 7], consumer.Poll(100).ToArray());
        consumer.Release(2);
        Assert.Equal([8, 9, 10, 11], consumer.Poll(100).ToArray());
        consumer.Release(4);
        Assert.True(consumer.Poll(100).IsEmpty);
        Assert.Equal(0, consumer.Lag);
    }

    [Fact]
    public void What_is_not_published_of_a_claim_is_given_back()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.BusySpin());
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();

        Assert.True(producer.TryClaim(4, out Span<long> slots));
        slots[0] = 10;
        slots[1] = 99;
        producer.Publish(1);
        Assert.True(producer.TryClaim(4, out slots));
        Assert.Equal(3, slots.Length);
        producer.Publish(0);
        Assert.True(producer.TryClaim(1, out slots));
        slots[0] = 11;
        producer.Publish(1);

        Assert.Equal([10], consumer.Poll(1).ToArray());
        consumer.Release(1);
        Assert.Equal([11], consumer.Poll(4).ToArray());
    }

    [Fact]
    public void Polling_again_without_releasing_returns_the_same_events()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.BusySpin());
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();
        Write(producer, 3, expectedSlots: 3);

        Assert.Equal([0, 1, 2], consumer.Poll(4).ToArray());
        Assert.Equal([0, 1, 2], consumer.Poll(4).ToArray());
        consumer.Release(1);
        Assert.Equal([1, 2], consumer.Poll(4).ToArray());
    }

    [Fact]
    public void A_consumer_sees_an_event_when_all_ahead_of_it_have_released_it()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.BusySpin());
        RingConsumer<long> left = ring.AddConsumer();
        RingConsumer<long> right = ring.AddConsumer();
        RingConsumer<long> last = ring.AddConsumer(left, right);
        RingProducer<long> producer = ring.CreateProducer();
        Write(producer, 4, expectedSlots: 4);

        left.Poll(4);
        left.Release(3);
        Assert.True(last.Poll(4).IsEmpty);
        right.Poll(4);
        right.Release(2);
        Assert.Equal([0, 1], last.Poll(4).ToArray());
        Assert.False(producer.TryClaim(1, out _));
        last.Release(1);
        Assert.True(producer.TryClaim(4, out Span<long> slots));
        Assert.Equal(1, slots.Length);
    }

    [Fact]
    public void With_several_producers_an_event_waits_for_those_claimed_before_it()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.BusySpin(), ProducerKind.Multi);
        RingConsumer<long> consumer = ring.AddConsumer();
        SharedRingProducer<long> producer = ring.CreateSharedProducer();

        Assert.True(producer.TryClaim(1, out RingClaim first, out Span<long> firstSlots));
        Assert.True(producer.TryClaim(2, out RingClaim second, out Span<long> secondSlots));
        Assert.Equal(new RingClaim(0, 1), first);
        Assert.Equal(new RingClaim(1, 2), second);
        firstSlots[0] = 10;
        secondSlots[0] = 11;
        secondSlots[1] = 12;
        producer.Publish(second);
        Assert.True(consumer.Poll(4).IsEmpty);
        Assert.Equal(3, consumer.Lag);
        producer.Publish(first);
        Assert.Equal([10, 11, 12], consumer.Poll(4).ToArray());
        Assert.True(producer.TryClaim(4, out RingClaim third, out _));
        Assert.Equal(new RingClaim(3, 1), third);
        Assert.False(producer.TryClaim(1, out RingClaim none, out _));
        Assert.Equal(0, none.Count);
    }

    [Fact]
    public void Slots_start_zeroed_on_a_cache_line()
    {
        using var ring = new RingBuffer<CacheLine>(4, WaitStrategy.BusySpin());
        RingConsumer<CacheLine> consumer = ring.AddConsumer();
        RingProducer<CacheLine> producer = ring.CreateProducer();

        Assert.True(producer.TryClaim(4, out Span<CacheLine> slots));
        Assert.Equal(4, slots.Length);
        Assert.Equal(0, AddressOf(ref slots[0]) % 64);
        Assert.Equal(64, AddressOf(ref slots[1]) - AddressOf(ref slots[0]));
        foreach (CacheLine slot in slots) Assert.Equal(default, slot);
        Assert.True(Unsafe.AreSame(ref ring[6], ref slots[2]));
        Assert.True(consumer.Poll(1).IsEmpty);
    }

    [Fact]
    public void Sequences_share_no_pair_of_cache_lines()
    {
        var sequences = new Sequence[100];
        for (int i = 0; i < sequences.Length; i++) sequences[i] = new Sequence();
        for (int i = 1; i < sequences.Length; i++)
        {
            long distance = Math.Abs(AddressOf(ref sequences[i].Location) - AddressOf(ref sequences[i - 1].Location));
            Assert.True(distance >= 128, $"Two sequences lie {distance} bytes apart.");
        }
    }

    [Theory]
    [InlineData(-8, "must be a power of two from 2 to 67108864 slots; -8 is not")]
    [InlineData(0, "must be a power of two from 2 to 67108864 slots; 0 is not")]
    [InlineData(1, "must be a power of two from 2 to 67108864 slots; 1 is not")]
    [InlineData(1000, "must be a power of two from 2 to 67108864 slots; 1000 is not")]
    [InlineData(1 << 27, "must be a power of two from 2 to 67108864 slots; 134217728 is not")]
    public void A_capacity_out_of_bounds_is_refused(int capacity, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RingBuffer<long>(capacity, WaitStrategy.BusySpin()));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_bytes_are_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RingBuffer<Page>(1 << 24, WaitStrategy.BusySpin()));
        Assert.Contains("needs 17179869184 bytes, more than the 4294967296 allowed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wiring_that_could_lose_events_is_refused()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.BusySpin());
        using var other = new RingBuffer<long>(4, WaitStrategy.BusySpin());
        RingConsumer<long> stranger = other.AddConsumer();

        Refused(() => ring.CreateProducer(), "without consumers");
        Refused(() => ring.AddConsumer(stranger), "belongs to another");
        ring.AddConsumer();
        Refused(() => ring.CreateSharedProducer(), "built for a single producer");
        ring.CreateProducer();
        Refused(() => ring.CreateProducer(), "has its producer already");
        Refused(() => ring.AddConsumer(), "has its producer already");

        using var shared = new RingBuffer<long>(4, WaitStrategy.BusySpin(), ProducerKind.Multi);
        for (int i = 0; i < RingLimits.ConsumersMax; i++) shared.AddConsumer();
        Refused(() => shared.AddConsumer(), "64 consumers already");
        Refused(() => shared.CreateProducer(), "built for several producers");
        shared.CreateSharedProducer();
        Refused(() => shared.CreateSharedProducer(), "has its producer already");
    }

    [Fact]
    public void Counts_that_were_not_claimed_or_polled_are_refused()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.BusySpin());
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();

        Assert.Throws<ArgumentOutOfRangeException>(() => producer.TryClaim(0, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => producer.Publish(1));
        Assert.True(producer.TryClaim(2, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => producer.Publish(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => producer.Publish(-1));
        producer.Publish(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => producer.Publish(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => consumer.Release(1));
        Assert.Equal(2, consumer.Poll(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => consumer.Release(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => consumer.Release(-1));
    }

    private static void Write(RingProducer<long> producer, int count, int expectedSlots)
    {
        long number = producer.Position;
        Assert.True(producer.TryClaim(count, out Span<long> slots));
        Assert.Equal(expectedSlots, slots.Length);
        for (int i = 0; i < slots.Length; i++) slots[i] = number + i;
        producer.Publish(slots.Length);
    }

    private static void Refused(Action action, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(action).Message, StringComparison.Ordinal);

    private static unsafe long AddressOf<TValue>(ref TValue value) => (long)Unsafe.AsPointer(ref value);

    private record struct CacheLine(long A, long B, long C, long D, long E, long F, long G, long H);

    [InlineArray(1024)]
    private struct Page
    {
        private byte _first;
    }
}
