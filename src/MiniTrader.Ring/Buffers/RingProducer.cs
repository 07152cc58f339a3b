using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>
/// The writing end of a ring with one producer. One thread uses it: claim slots, fill every byte of those that will be published,
/// publish. Only the last claim is open; a claim that is not published is simply made again.
/// </summary>
public sealed unsafe class RingProducer<T>
    where T : unmanaged
{
    private readonly T* _slots;
    private readonly int _mask;
    private readonly SingleProducerSequencer _sequencer;
    private readonly AlignedMemory _memory;

    internal RingProducer(AlignedMemory memory, SingleProducerSequencer sequencer)
    {
        _memory = memory;
        // SAFETY: the mask keeps every index inside the block, and the field above keeps the block alive.
        _slots = (T*)memory.Pointer;
        _mask = (int)(memory.Bytes / sizeof(T)) - 1;
        _sequencer = sequencer;
    }

    /// <summary>Sequence of the next event that will be published, and so of the first slot of a claim.</summary>
    public long Position => _sequencer.Position;

    /// <summary>
    /// Claims up to <paramref name="maxCount"/> slots that lie side by side: fewer at the end of the buffer or when the consumers
    /// have left fewer. False, with no slots, when the ring is full. The slots hold old bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaim(int maxCount, out Span<T> slots)
    {
        int count = _sequencer.TryNext(maxCount, out long sequence);
        slots = new Span<T>(_slots + ((int)sequence & _mask), count);
        return count != 0;
    }

    /// <summary>
    /// As <see cref="TryClaim"/>, but waits while the ring is full, by the ring's wait strategy. At least one slot, unless the
    /// ring was alerted while it was full: then none.
    /// </summary>
    public Span<T> Claim(int maxCount)
    {
        int count = _sequencer.Next(maxCount, out long sequence);
        return new Span<T>(_slots + ((int)sequence & _mask), count);
    }

    /// <summary>Publishes the first <paramref name="count"/> slots of the open claim, which may be none; the rest is given back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(int count) => _sequencer.Publish(count);
}
