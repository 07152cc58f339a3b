using MiniTrader.Ring;

namespace MiniTrader.Fix;

/// <summary>
/// Structs on their way from the FIX thread to the engine's ring. When the ring is full they wait here, in their order; when too little room is
/// left here, nothing more is taken from the session, and so nothing is ever dropped.
/// </summary>
internal sealed class RingBacklog<T>(RingProducer<T> ring, int capacity)
    where T : unmanaged
{
    private readonly T[] _waiting = new T[capacity];
    private int _first;
    private int _count;

    /// <summary>How many more fit.</summary>
    public int Room => _waiting.Length - _count;

    public int Capacity => _waiting.Length;

    /// <summary>The next free place, to be filled in whole; there must be <see cref="Room"/>.</summary>
    public ref T Add()
    {
        ref T place = ref _waiting[(_first + _count) % _waiting.Length];
        _count++;
        return ref place;
    }

    public void Add(in T value) => Add() = value;

    /// <summary>The one that was added last.</summary>
    public ref T Last => ref _waiting[(_first + _count - 1) % _waiting.Length];

    /// <summary>Moves as much as the ring takes and returns how many that were.</summary>
    public int Flush()
    {
        int moved = 0;
        while (_count > 0 && ring.TryClaim(_count, out Span<T> slots))
        {
            int run = Math.Min(slots.Length, _waiting.Length - _first);
            _waiting.AsSpan(_first, run).CopyTo(slots);
            ring.Publish(run);
            _first = (_first + run) % _waiting.Length;
            _count -= run;
            moved += run;
        }

        return moved;
    }
}
