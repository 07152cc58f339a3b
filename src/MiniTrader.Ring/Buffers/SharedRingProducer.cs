namespace MiniTrader.Ring;

/// <summary>
/// The writing end of a ring with several producers; any thread. Every claim must be published whole and soon: consumers see
/// events in the order of the claims and wait for the oldest that is unpublished.
/// </summary>
public sealed unsafe class SharedRingProducer<T>
    where T : unmanaged
{
    private readonly T* _slots;
    private readonly int _mask;
    private readonly MultiProducerSequencer _sequencer;
    private readonly AlignedMemory _memory;

    internal SharedRingProducer(AlignedMemory memory, int capacity, MultiProducerSequencer sequencer)
    {
        _memory = memory;
        // SAFETY: the mask keeps every index inside the block, and the field above keeps the block alive.
        _slots = (T*)memory.Pointer;
        _mask = capacity - 1;
        _sequencer = sequencer;
    }

    /// <summary>
    /// Claims up to <paramref name="maxCount"/> slots that lie side by side: fewer at the end of the buffer or when the consumers
    /// have left fewer. False, with no slots, when the ring is full. The slots hold old bytes.
    /// </summary>
    public bool TryClaim(int maxCount, out RingClaim claim, out Span<T> slots)
    {
        claim = new RingClaim(Count: _sequencer.TryNext(maxCount, out long sequence), Sequence: sequence);
        slots = Slots(claim);
        return claim.Count != 0;
    }

    /// <summary>
    /// As <see cref="TryClaim"/>, but waits while the ring is full, by the ring's wait strategy. At least one slot, unless the
    /// ring was alerted while it was full: then none.
    /// </summary>
    public RingClaim Claim(int maxCount, out Span<T> slots)
    {
        var claim = new RingClaim(Count: _sequencer.Next(maxCount, out long sequence), Sequence: sequence);
        slots = Slots(claim);
        return claim;
    }

    /// <summary>Publishes all slots of a claim.</summary>
    public void Publish(RingClaim claim) => _sequencer.Publish(claim.Sequence, claim.Count);

    private Span<T> Slots(RingClaim claim) => new(_slots + ((int)claim.Sequence & _mask), claim.Count);
}
