namespace MiniTrader.Strategies;

/// <summary>An associative way to join what is known of an older stretch of values with what is known of a newer one.</summary>
internal interface IFold<T>
    where T : unmanaged
{
    /// <summary>What is known of no values at all: joining it changes nothing.</summary>
    static abstract T Empty { get; }

    static abstract T Join(T older, T newer);
}

/// <summary>
/// A fold over the last <c>n</c> values in one array and without ever taking a value back out, so that nothing that left the
/// window leaves a rounding error behind (the block scheme of van Herk 1992 and Gil and Werman 1993).
/// <code>
///   0            next            n
///   +------------+---------------+
///   | newer, raw | older, folded |     older[i] is the fold of the older block's values from i to its end
///   +------------+---------------+     window = older[next] joined with the running fold of the newer values
/// </code>
/// When the newer block is full it is folded in place from its end and becomes the older one: one join more per value on
/// average, all of them in one update out of <c>n</c>.
/// </summary>
internal sealed class RollingFold<T, TFold>
    where T : unmanaged
    where TFold : struct, IFold<T>
{
    private readonly T[] _slots;
    private T _newer;
    private int _next;

    public RollingFold(int period)
    {
        _slots = new T[period];
        Reset();
    }

    public int Period => _slots.Length;

    /// <summary>Values in the window, at most <see cref="Period"/>.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _slots.Length;

    /// <summary>Lets the oldest value go, takes the new one, and answers the fold of the window.</summary>
    public T Update(T value)
    {
        T[] slots = _slots;
        int next = _next;
        slots[next++] = value;
        T newer = TFold.Join(_newer, value);
        if (Count < slots.Length) Count++;
        if (next == slots.Length)
        {
            Turn();
            return newer;
        }

        _newer = newer;
        _next = next;
        return TFold.Join(slots[next], newer);
    }

    public void Reset()
    {
        Array.Fill(_slots, TFold.Empty);
        _newer = TFold.Empty;
        _next = 0;
        Count = 0;
    }

    private void Turn()
    {
        T[] slots = _slots;
        T folded = slots[^1];
        for (int i = slots.Length - 2; i >= 0; i--) slots[i] = folded = TFold.Join(slots[i], folded);
        _newer = TFold.Empty;
        _next = 0;
    }
}
