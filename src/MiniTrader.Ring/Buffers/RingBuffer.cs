using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>
/// A bounded queue of structs in native memory, after the LMAX Disruptor: producers write slots in place, each consumer reads every
/// event at its own pace, and a full ring is told to the producer and never drops. It is wired by one thread, consumers first and
/// the producer last, and from then on nothing in it changes but sequences. The owner disposes it when all its threads have stopped.
/// <code>
///   producer ── claim ─► slots ─ publish ─► cursor ◄── consumer A ◄── consumer C (behind A and B)
///      ▲                                       ▲────── consumer B ◄──┘      │
///      └─────────────── gating sequences: consumers with nobody behind ◄────┘
/// </code>
/// </summary>
public sealed unsafe class RingBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly AlignedMemory _memory;
    private readonly T* _slots;
    private readonly Sequence _cursor = new();
    private readonly AvailabilityBuffer? _availability;
    private readonly RingLifetime _lifetime = new();
    private readonly WaitStrategy _waitStrategy;
    private readonly List<RingConsumer<T>> _consumers = [];
    private readonly HashSet<RingConsumer<T>> _followed = [];
    private bool _isWired;

    /// <param name="capacity">Slots; a power of two within <see cref="RingLimits"/>.</param>
    /// <param name="waitStrategy">How the blocking calls wait. A blocking strategy belongs to one ring only.</param>
    /// <param name="producers">Whether one thread or several publish.</param>
    public RingBuffer(int capacity, WaitStrategy waitStrategy, ProducerKind producers = ProducerKind.Single)
    {
        ArgumentNullException.ThrowIfNull(waitStrategy);
        RingErrors.CheckCapacity(capacity, sizeof(T));
        Capacity = capacity;
        Producers = producers;
        _waitStrategy = waitStrategy;
        _memory = new AlignedMemory((nuint)capacity * (nuint)sizeof(T));
        // SAFETY: the block holds exactly `capacity` slots, every index into it is masked, and the field keeps the block alive.
        _slots = (T*)_memory.Pointer;
        if (producers == ProducerKind.Multi) _availability = new AvailabilityBuffer(capacity);
    }

    /// <summary>Number of slots.</summary>
    public int Capacity { get; }

    /// <summary>Whether one thread or several publish.</summary>
    public ProducerKind Producers { get; }

    /// <summary>Events published so far; with several producers, events claimed so far. Any thread.</summary>
    public long Cursor => _cursor.Value;

    /// <summary>True when <see cref="Complete"/> was called; consumers may still have events to poll. Any thread.</summary>
    public bool IsCompleted => _lifetime.IsCompleted;

    /// <summary>The slot of a sequence. Only its claimant may write it, and only consumers that have not released it may read it.</summary>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _slots[sequence & (Capacity - 1)];
    }

    /// <summary>
    /// Adds a consumer that sees every event, behind <paramref name="upstream"/>: it gets an event once all of those have released
    /// it, or as soon as it is published when there are none.
    /// </summary>
    public RingConsumer<T> AddConsumer(params ReadOnlySpan<RingConsumer<T>> upstream)
    {
        if (_isWired) RingErrors.ThrowTopology("This ring has its producer already; add every consumer before the producer is created.");
        if (_consumers.Count == RingLimits.ConsumersMax)
            RingErrors.ThrowTopology($"This ring has {RingLimits.ConsumersMax} consumers already, which is the most that a ring serves.");

        var sequences = new Sequence[Math.Max(1, upstream.Length)];
        sequences[0] = _cursor;
        for (int i = 0; i < upstream.Length; i++)
        {
            if (!_consumers.Contains(upstream[i]))
                RingErrors.ThrowTopology("A consumer can only stand behind consumers of the same ring; this one belongs to another.");
            sequences[i] = upstream[i].Sequence;
            _followed.Add(upstream[i]);
        }

        var barrier = new SequenceBarrier(sequences, upstream.IsEmpty ? _availability : null, _lifetime);
        var consumer = new RingConsumer<T>(_memory, Capacity, _cursor, barrier, _lifetime, _waitStrategy);
        _consumers.Add(consumer);
        return consumer;
    }

    /// <summary>Creates the one producer of a ring that was built for a single one, and closes the wiring.</summary>
    public RingProducer<T> CreateProducer()
    {
        if (Producers != ProducerKind.Single)
            RingErrors.ThrowTopology("This ring was built for several producers; call CreateSharedProducer, or build it with ProducerKind.Single.");
        return new RingProducer<T>(_memory, new SingleProducerSequencer(Capacity, _cursor, CloseWiring(), _waitStrategy));
    }

    /// <summary>Creates the producer that all producing threads share, and closes the wiring.</summary>
    public SharedRingProducer<T> CreateSharedProducer()
    {
        if (_availability is null)
            RingErrors.ThrowTopology("This ring was built for a single producer; call CreateProducer, or build it with ProducerKind.Multi.");
        var sequencer = new MultiProducerSequencer(Capacity, _cursor, _availability, CloseWiring(), _waitStrategy);
        return new SharedRingProducer<T>(_memory, Capacity, sequencer);
    }

    /// <summary>
    /// Says that no event will be published any more; called after the last publish of all producers. Consumers that wait return
    /// once they have drained what is there.
    /// </summary>
    public void Complete()
    {
        _lifetime.Complete(_cursor.Value);
        (_waitStrategy as BlockingWaitStrategy)?.SignalAll();
    }

    /// <summary>
    /// Tells all that wait on this ring to stop waiting: consumers with nothing left to poll and producers that find it full. It
    /// holds until <see cref="ClearAlert"/>; polling and claiming go on to work, and no event is lost. Any thread.
    /// </summary>
    public void Alert()
    {
        _lifetime.Alert();
        (_waitStrategy as BlockingWaitStrategy)?.SignalAll();
    }

    /// <summary>Lets waits wait again after <see cref="Alert"/>.</summary>
    public void ClearAlert() => _lifetime.ClearAlert();

    /// <summary>Returns the memory. No producer, consumer or span of this ring may be used afterwards.</summary>
    public void Dispose()
    {
        _memory.Dispose();
        _availability?.Dispose();
    }

    private SequenceBarrier CloseWiring()
    {
        if (_isWired) RingErrors.ThrowTopology("This ring has its producer already; create it once and hand it to whoever publishes.");
        if (_consumers.Count == 0)
            RingErrors.ThrowTopology("A ring without consumers would overwrite events that nobody read; add a consumer before the producer.");
        _isWired = true;
        var gating = new List<Sequence>();
        foreach (RingConsumer<T> consumer in _consumers)
        {
            if (!_followed.Contains(consumer)) gating.Add(consumer.Sequence);
        }

        return new SequenceBarrier([.. gating], availability: null, _lifetime);
    }
}
