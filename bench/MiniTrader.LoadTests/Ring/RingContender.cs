using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>Our ring, single producer.</summary>
internal sealed class RingContender(string name, int capacity, Func<WaitStrategy> waitStrategy) : Contender(name)
{
    /// <summary>Most events that the consumer takes before it releases them.</summary>
    private const int PollMax = 256;

    private RingBuffer<WireEvent>? _ring;
    private RingConsumer<WireEvent>? _consumer;
    private RingProducer<WireEvent>? _producer;

    public override void Dispose()
    {
        _ring?.Dispose();
        _ring = null;
    }

    protected override void Prepare(int batch)
    {
        _ring = new RingBuffer<WireEvent>(capacity, waitStrategy());
        _consumer = _ring.AddConsumer();
        _producer = _ring.CreateProducer();
    }

    protected override void Produce(long count, int batch)
    {
        RingProducer<WireEvent> producer = _producer!;
        if (batch == 1) ProduceEach(producer, count);
        else ProduceBatches(producer, count, batch);
    }

    protected override long Consume(long count)
    {
        RingConsumer<WireEvent> consumer = _consumer!;
        long sum = 0;
        while (consumer.Position < count)
        {
            Span<WireEvent> events = consumer.Poll(PollMax);
            if (events.IsEmpty)
            {
                consumer.Wait();
                continue;
            }

            foreach (ref readonly WireEvent e in events) sum += e.Number;
            consumer.Release(events.Length);
        }

        return sum;
    }

    private static void ProduceEach(RingProducer<WireEvent> producer, long count)
    {
        for (long number = 0; number < count; number++)
        {
            if (!producer.TryClaim(1, out Span<WireEvent> slots)) slots = producer.Claim(1);
            slots[0].Fill(number);
            producer.Publish(1);
        }
    }

    private static void ProduceBatches(RingProducer<WireEvent> producer, long count, int batch)
    {
        for (long number = 0; number < count;)
        {
            int wanted = (int)Math.Min(batch, count - number);
            if (!producer.TryClaim(wanted, out Span<WireEvent> slots)) slots = producer.Claim(wanted);
            foreach (ref WireEvent slot in slots) slot.Fill(number++);
            producer.Publish(slots.Length);
        }
    }
}
