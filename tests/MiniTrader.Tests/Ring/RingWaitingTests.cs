using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Tests.Ring;

/// <summary>Waits end when they should and for the reason they should, with every strategy; none needs a timed pause to test.</summary>
public sealed class RingWaitingTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Strategies => [nameof(WaitStrategy.BusySpin), nameof(WaitStrategy.Yielding), nameof(WaitStrategy.Sleeping), nameof(WaitStrategy.Blocking)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void A_waiting_consumer_is_woken_by_an_event_an_alert_and_completion(string strategy)
    {
        using var ring = new RingBuffer<long>(4, Create(strategy));
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();

        Assert.Equal(WaitOutcome.Ready, During(strategy, consumer.Wait, () => Publish(producer)));
        consumer.Release(consumer.Poll(1).Length);
        Assert.Equal(WaitOutcome.Alerted, During(strategy, consumer.Wait, ring.Alert));
        ring.ClearAlert();
        Assert.Equal(WaitOutcome.Completed, During(strategy, consumer.Wait, ring.Complete));
        Assert.True(consumer.IsDrained);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void A_producer_that_waits_on_a_full_ring_is_woken_by_a_release_and_an_alert(string strategy)
    {
        using var ring = new RingBuffer<long>(2, Create(strategy));
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();
        Publish(producer);
        Publish(producer);

        Assert.Equal(1, During(strategy, () => producer.Claim(5).Length, () =>
        {
            consumer.Poll(1);
            consumer.Release(1);
        }));
        producer.Publish(1);
        Assert.Equal(0, During(strategy, () => producer.Claim(1).Length, ring.Alert));
        Assert.Equal(2, consumer.Lag);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void One_of_several_producers_is_woken_the_same_way(string strategy)
    {
        using var ring = new RingBuffer<long>(2, Create(strategy), ProducerKind.Multi);
        RingConsumer<long> consumer = ring.AddConsumer();
        SharedRingProducer<long> producer = ring.CreateSharedProducer();
        producer.Publish(producer.Claim(2, out _));

        Assert.Equal(new RingClaim(2, 2), During(strategy, () => producer.Claim(5, out _), () =>
        {
            consumer.Poll(2);
            consumer.Release(2);
        }));
        Assert.Equal(0, During(strategy, () => producer.Claim(1, out _).Count, ring.Alert));
    }

    [Fact]
    public void Events_that_are_there_come_before_alert_and_completion()
    {
        using var ring = new RingBuffer<long>(4, WaitStrategy.Blocking());
        RingConsumer<long> ahead = ring.AddConsumer();
        RingConsumer<long> behind = ring.AddConsumer(ahead);
        RingProducer<long> producer = ring.CreateProducer();
        Publish(producer);
        ring.Complete();
        ring.Alert();

        Assert.Equal(WaitOutcome.Ready, ahead.Wait());
        Assert.Equal(WaitOutcome.Alerted, behind.Wait());
        Assert.False(behind.IsDrained);
        ahead.Poll(1);
        ahead.Release(1);
        Assert.Equal(WaitOutcome.Completed, ahead.Wait());
        Assert.Equal(WaitOutcome.Ready, behind.Wait());
        behind.Poll(1);
        behind.Release(1);
        Assert.Equal(WaitOutcome.Completed, behind.Wait());
        Assert.True(behind.IsDrained);
        Assert.True(ring.IsCompleted);
    }

    private static void Publish(RingProducer<long> producer)
    {
        Assert.True(producer.TryClaim(1, out _));
        producer.Publish(1);
    }

    /// <summary>
    /// Starts a wait on another thread and does what must end it: once it is seen asleep, where the strategy sleeps, else as soon as it is about to begin.
    /// </summary>
    private static TResult During<TResult>(string strategy, Func<TResult> wait, Action wake)
    {
        TResult? result = default;
        bool hasBegun = false;
        var thread = new Thread(() =>
        {
            Volatile.Write(ref hasBegun, true);
            result = wait();
        })
        { IsBackground = true };
        thread.Start();
        bool sleeps = strategy is nameof(WaitStrategy.Sleeping) or nameof(WaitStrategy.Blocking);
        Assert.True(SpinWait.SpinUntil(() => sleeps ? thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) : Volatile.Read(ref hasBegun), _patience), "The wait did not begin.");
        wake();
        Assert.True(thread.Join(_patience), "The wait did not end.");
        return result!;
    }

    private static WaitStrategy Create(string name) => name switch
    {
        nameof(WaitStrategy.BusySpin) => WaitStrategy.BusySpin(),
        nameof(WaitStrategy.Yielding) => WaitStrategy.Yielding(),
        nameof(WaitStrategy.Sleeping) => WaitStrategy.Sleeping(),
        _ => WaitStrategy.Blocking(),
    };
}
