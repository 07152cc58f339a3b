using System.Diagnostics;
using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>
/// One way to pass events from a producer thread to a consumer thread. Each run starts both threads, on two cores where there are
/// two, checks that every number has arrived, and times from the first event to the last.
/// </summary>
internal abstract class Contender(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>False for what can only pass one event at a time.</summary>
    public virtual bool HasBatches => true;

    /// <summary>Bytes that both threads allocated in the last run.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Passes <paramref name="count"/> events in batches of <paramref name="batch"/>; returns events per second.</summary>
    public double Run(long count, int batch)
    {
        Prepare(batch);
        long sum = 0;
        long consumerBytes = 0;
        using var ready = new Barrier(2);
        Exception? fault = null;
        var consumer = new Thread(() =>
        {
            CorePinning.TryPinCurrentThread(1);
            ready.SignalAndWait();
            try
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                sum = Consume(count);
                consumerBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            catch (InvalidOperationException exception)
            {
                fault = exception;
            }
        })
        { Name = "consumer", IsBackground = true };
        double seconds = 0;
        long producerBytes = 0;
        var producer = new Thread(() =>
        {
            CorePinning.TryPinCurrentThread(0);
            ready.SignalAndWait();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Produce(count, batch);
            producerBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            consumer.Join();
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        })
        { Name = "producer", IsBackground = true };
        consumer.Start();
        producer.Start();
        producer.Join();
        Dispose();

        if (fault is not null) throw fault;
        long expected = count * (count - 1) / 2;
        if (sum != expected) throw new InvalidOperationException($"{Name} lost or repeated events: the numbers add up to {sum}, not {expected}.");
        AllocatedBytes = producerBytes + consumerBytes;
        return count / seconds;
    }

    /// <summary>Lets go of what <see cref="Prepare"/> built; nothing when a run has done so already.</summary>
    public abstract void Dispose();

    protected abstract void Prepare(int batch);

    protected abstract void Produce(long count, int batch);

    /// <summary>Takes <paramref name="count"/> events and returns the sum of their numbers.</summary>
    protected abstract long Consume(long count);
}
