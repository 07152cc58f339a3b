using System.Numerics;
using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>
/// Which slots several producers have published: for each slot the round (sequence divided by capacity) of its last event. A
/// producer that is interrupted between claim and publish thus holds back only the events behind its own, and no other producer.
/// Written by producers, each in slots that it has claimed; read by consumers.
/// </summary>
internal sealed unsafe class AvailabilityBuffer : IDisposable
{
    private readonly int* _rounds;
    private readonly AlignedMemory _memory;
    private readonly int _capacity;
    private readonly int _shift;

    public AvailabilityBuffer(int capacity)
    {
        _memory = new AlignedMemory((nuint)capacity * sizeof(int));
        // SAFETY: the block holds exactly `capacity` integers, every index below is masked, and the field keeps the block alive.
        _rounds = (int*)_memory.Pointer;
        _capacity = capacity;
        _shift = BitOperations.Log2((uint)capacity);
        new Span<int>(_rounds, capacity).Fill(-1);
    }

    /// <summary>Marks <paramref name="count"/> events from <paramref name="sequence"/> on as published.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence, int count)
    {
        // A round that no longer fits is cut to 32 bits: a slot only ever changes to the round after the one that it holds.
        for (long end = sequence + count; sequence < end; sequence++)
            Volatile.Write(ref _rounds[sequence & (_capacity - 1)], (int)(sequence >> _shift));
    }

    /// <summary>The first sequence at or after <paramref name="from"/> whose event is not published yet.</summary>
    public long FirstUnpublished(long from)
    {
        long sequence = from;
        long end = from + _capacity;
        while (sequence < end && Volatile.Read(ref _rounds[sequence & (_capacity - 1)]) == (int)(sequence >> _shift)) sequence++;
        return sequence;
    }

    public void Dispose() => _memory.Dispose();
}
