using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>
/// Hands out sequences to several producer threads by compare-and-swap on one cursor, which counts claims. What is published
/// stands in the <see cref="AvailabilityBuffer"/>.
/// </summary>
internal sealed class MultiProducerSequencer
{
    private readonly Sequence _claims;
    private readonly Sequence _limit;
    private readonly AvailabilityBuffer _availability;
    private readonly SequenceBarrier _gate;
    private readonly WaitStrategy _waitStrategy;
    private readonly BlockingWaitStrategy? _blocking;
    private readonly int _capacity;

    public MultiProducerSequencer(
        int capacity, Sequence claims, AvailabilityBuffer availability, SequenceBarrier gate, WaitStrategy waitStrategy)
    {
        _capacity = capacity;
        _claims = claims;
        _limit = new Sequence(capacity);
        _availability = availability;
        _gate = gate;
        _waitStrategy = waitStrategy;
        _blocking = waitStrategy as BlockingWaitStrategy;
    }

    /// <summary>Claims up to <paramref name="maxCount"/> slots that do not cross the end of the buffer; returns how many, 0 when full.</summary>
    public int TryNext(int maxCount, out long sequence)
    {
        if (maxCount <= 0) RingErrors.ThrowClaimCount(maxCount);
        while (true)
        {
            long next = _claims.Value;
            sequence = next;
            long limit = _limit.Value;
            // Consumers only move forward: a limit that is out of date is too low and costs a second look, never a slot in use.
            if (next >= limit && (limit = MoveLimit(next)) <= next) return 0;

            int count = (int)Math.Min(limit - next, Math.Min(maxCount, _capacity - ((int)next & (_capacity - 1))));
            if (_claims.TryMove(next, next + count)) return count;
        }
    }

    /// <summary>As <see cref="TryNext"/>, but waits for a free slot; returns 0 only when the ring was alerted while it was full.</summary>
    public int Next(int maxCount, out long sequence)
    {
        int count;
        while ((count = TryNext(maxCount, out sequence)) == 0)
        {
            if (_waitStrategy.WaitFor(sequence - _capacity, _gate) != WaitOutcome.Ready) return 0;
        }

        return count;
    }

    public void Publish(long sequence, int count)
    {
        _availability.Publish(sequence, count);
        _blocking?.SignalIfAwaited();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long MoveLimit(long next)
    {
        long limit = _gate.Available(next - _capacity) + _capacity;
        _limit.Set(limit);
        return limit;
    }
}
