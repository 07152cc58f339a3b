using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>
/// One reading end of a ring; it sees every event. One thread uses it: poll a run of events, handle them, release them. Polled
/// events stay in place, and may be written to, until they are released; then the producer may overwrite them.
/// </summary>
public sealed unsafe class RingConsumer<T>
    where T : unmanaged
{
    private readonly T* _slots;
    private readonly int _capacity;
    private readonly Sequence _cursor;
    private readonly SequenceBarrier _barrier;
    private readonly RingLifetime _lifetime;
    private readonly WaitStrategy _waitStrategy;
    private readonly BlockingWaitStrategy? _blocking;
    private readonly AlignedMemory _memory;
    private ConsumerCursor _own;

    internal RingConsumer(
        AlignedMemory memory, int capacity, Sequence cursor, SequenceBarrier barrier, RingLifetime lifetime, WaitStrategy waitStrategy)
    {
        _memory = memory;
        // SAFETY: masked indices stay inside the block, runs end at its end, and the field above keeps the block alive.
        _slots = (T*)memory.Pointer;
        _capacity = capacity;
        _cursor = cursor;
        _barrier = barrier;
        _lifetime = lifetime;
        _waitStrategy = waitStrategy;
        _blocking = waitStrategy as BlockingWaitStrategy;
    }

    /// <summary>How many events this consumer has released. Any thread may read it.</summary>
    public Sequence Sequence { get; } = new();

    /// <summary>Sequence of the first event that the next poll returns. Consumer's thread only.</summary>
    public long Position => _own.Next;

    /// <summary>
    /// Events published (with several producers, claimed) and not yet released by this consumer. Any thread; it is a moment's
    /// picture while others run.
    /// </summary>
    public long Lag
    {
        get
        {
            // The own position is read first: read second, it could have overtaken a cursor read before.
            long released = Sequence.Value;
            return _cursor.Value - released;
        }
    }

    /// <summary>True when the ring is completed and this consumer has released every event of it. Consumer's thread only.</summary>
    public bool IsDrained => _lifetime.IsBeyondEnd(_own.Next);

    /// <summary>
    /// The next events, at most <paramref name="maxCount"/>, that lie side by side; empty when there is none. The next call returns
    /// the same events again unless they were released.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Poll(int maxCount)
    {
        long next = _own.Next;
        if (next == _own.Available) AskBarrier(next);
        int index = (int)next & (_capacity - 1);
        int count = (int)Math.Min(_own.Available - next, Math.Min(maxCount, _capacity - index));
        return new Span<T>(_slots + index, count);
    }

    /// <summary>Hands the first <paramref name="count"/> polled events on to whoever stands behind, in the end to the producer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(int count)
    {
        long next = _own.Next;
        if ((ulong)count > (ulong)(_own.Available - next)) RingErrors.ThrowReleaseCount(count, _own.Available - next);
        next += count;
        _own.Next = next;
        Sequence.Set(next);
        _blocking?.SignalIfAwaited();
    }

    /// <summary>
    /// Waits, by the ring's wait strategy, until there is an event to poll, or until there is none and the ring is completed or
    /// alerted.
    /// </summary>
    public WaitOutcome Wait() => _own.Next < _own.Available ? WaitOutcome.Ready : _waitStrategy.WaitFor(_own.Next, _barrier);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AskBarrier(long next) => _own.Available = Math.Max(next, _barrier.Available(next));
}
