namespace MiniTrader.Fix;

/// <summary>
/// Messages that came before those that they follow, by number, until the gap is closed. One session owns it. Dropping one is always safe: its
/// number is still expected, so it is asked for again.
/// </summary>
internal sealed class HeldMessages(int slots, int bytes)
{
    // A message lies in the slot of its number; two that share one do not fit together, and the later comer is dropped.
    private readonly long[] _numbers = new long[slots];
    private readonly int[] _offsets = new int[slots];
    private readonly int[] _lengths = new int[slots];
    private readonly byte[] _bytes = new byte[bytes];
    private int _used;

    public int Count { get; private set; }

    public void Add(long number, ReadOnlySpan<byte> message)
    {
        int slot = (int)(number % _numbers.Length);
        if (_numbers[slot] != 0 || _bytes.Length - _used < message.Length) return;
        message.CopyTo(_bytes.AsSpan(_used));
        _numbers[slot] = number;
        _offsets[slot] = _used;
        _lengths[slot] = message.Length;
        _used += message.Length;
        Count++;
    }

    /// <summary>The message of this number. The bytes hold until the next <see cref="Add"/>.</summary>
    public bool TryFind(long number, out ReadOnlySpan<byte> message)
    {
        int slot = (int)(number % _numbers.Length);
        bool isHere = Count > 0 && _numbers[slot] == number;
        message = isHere ? _bytes.AsSpan(_offsets[slot], _lengths[slot]) : default;
        return isHere;
    }

    public void Drop(long number)
    {
        int slot = (int)(number % _numbers.Length);
        if (_numbers[slot] == number) Free(slot);
    }

    /// <summary>Gives up what lies below a number: it has come by another way.</summary>
    public void DropBelow(long number)
    {
        for (int slot = 0; Count > 0 && slot < _numbers.Length; slot++)
        {
            if (_numbers[slot] != 0 && _numbers[slot] < number) Free(slot);
        }
    }

    public void Clear() => DropBelow(long.MaxValue);

    private void Free(int slot)
    {
        _numbers[slot] = 0;
        if (--Count == 0) _used = 0;
    }
}
