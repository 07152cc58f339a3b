using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>Hands out sequences to one producer thread. All but the cursor is private to that thread, so a claim is plain arithmetic.</summary>
internal sealed class SingleProducerSequencer
{
    private readonly Sequence _cursor;
    private readonly SequenceBarrier _gate;
    private readonly WaitStrategy _waitStrategy;
    private readonly BlockingWaitStrategy? _blocking;
    private readonly int _capacity;
    private ProducerCursor _own;

    public SingleProducerSequencer(int capacity, Sequence cursor, SequenceBarrier gate, WaitStrategy waitStrategy)
    {
        _capacity = capacity;
        _cursor = cursor;
        _gate = gate;
        _waitStrategy = waitStrategy;
        _blocking = waitStrategy as BlockingWaitStrategy;
        _own.Limit = capacity;
    }

    /// <summary>The next event that will be published.</summary>
    public long Position => _own.Next;

    /// <summary>Claims up to <paramref name="maxCount"/> slots that do not cross the end of the buffer; returns how many, 0 when full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TryNext(int maxCount, out long sequence)
    {
        if (maxCount <= 0) RingErrors.ThrowClaimCount(maxCount);
        long next = _own.Next;
        sequence = next;
        if (next == _own.Limit && !TryMoveLimit(next)) return 0;

        int count = (int)Math.Min(_own.Limit - next, Math.Min(maxCount, _capacity - ((int)next & (_capacity - 1))));
        _own.Claimed = next + count;
        return count;
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

    /// <summary>Publishes the first <paramref name="count"/> slots of the open claim and gives the rest back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(int count)
    {
        long next = _own.Next;
        if ((ulong)count > (ulong)(_own.Claimed - next)) RingErrors.ThrowPublishCount(count, _own.Claimed - next);
        next += count;
        _own.Next = next;
        _own.Claimed = next;
        _cursor.Set(next);
        _blocking?.SignalIfAwaited();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMoveLimit(long next)
    {
        long slowest = _gate.Available(next - _capacity);
        Debug.Assert(slowest <= next, "A consumer is ahead of the producer.");
        _own.Limit = slowest + _capacity;
        return _own.Limit > next;
    }
}
