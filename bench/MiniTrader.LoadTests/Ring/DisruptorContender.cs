using Disruptor;
using Disruptor.Dsl;

namespace MiniTrader.LoadTests;

/// <summary>Disruptor-net's ring of structs; compiled with -p:Peers=true.</summary>
internal sealed class DisruptorContender(string name, int capacity, Func<IWaitStrategy> waitStrategy) : Contender(name)
{
    private ValueDisruptor<WireEvent>? _disruptor;
    private Summer? _summer;

    public override void Dispose()
    {
        _disruptor?.Shutdown();
        _disruptor = null;
    }

    protected override void Prepare(int batch)
    {
        _summer = new Summer();
        _disruptor = new ValueDisruptor<WireEvent>(
            static () => default, capacity, TaskScheduler.Default, ProducerType.Single, waitStrategy());
        _disruptor.HandleEventsWith(_summer);
        _disruptor.Start();
    }

    protected override void Produce(long count, int batch)
    {
        ValueRingBuffer<WireEvent> ring = _disruptor!.RingBuffer;
        if (batch == 1)
        {
            for (long number = 0; number < count; number++)
            {
                long sequence = ring.Next();
                ring[sequence].Fill(number);
                ring.Publish(sequence);
            }

            return;
        }

        for (long number = 0; number < count;)
        {
            int size = (int)Math.Min(batch, count - number);
            long last = ring.Next(size);
            long first = last - size + 1;
            for (long sequence = first; sequence <= last; sequence++) ring[sequence].Fill(number++);
            ring.Publish(first, last);
        }
    }

    /// <summary>Only waits, asleep: the Disruptor consumes on a thread of its own.</summary>
    protected override long Consume(long count)
    {
        while (Volatile.Read(ref _summer!.Count) < count) Thread.Sleep(1);
        return _summer.Sum;
    }

    private sealed class Summer : IValueEventHandler<WireEvent>
    {
        public long Sum;
        public long Count;
        private long _taken;

        public void OnEvent(ref WireEvent data, long sequence, bool endOfBatch)
        {
            Sum += data.Number;
            _taken++;
            if (endOfBatch) Volatile.Write(ref Count, _taken);
        }
    }
}
