using System.Numerics;

namespace MiniTrader.Fix;

/// <summary>
/// The executions that were taken, so that one that comes again, after a resend or in the answer to a status request, is not booked twice. It
/// remembers the last <c>capacity</c>; each by 64 bits of its venue order, execution and kind, which two different ones share once in billions.
/// </summary>
public sealed class SeenExecutions
{
    public const int CapacityMax = 1 << 24;

    private readonly ulong[] _byAge;
    private readonly ulong[] _table;
    private readonly int _mask;
    private long _count;

    public SeenExecutions(int capacity)
    {
        if (capacity is < 16 or > CapacityMax) throw new ArgumentException($"{capacity} remembered executions are outside 16 to {CapacityMax}.");
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        _byAge = new ulong[size];
        _table = new ulong[size * 4];
        _mask = _table.Length - 1;
    }

    /// <summary>True the first time, false ever after, as long as it is remembered.</summary>
    public bool Add(ReadOnlySpan<byte> orderId, ReadOnlySpan<byte> executionId, char kind)
    {
        ulong key = Hash(orderId, Hash(executionId, (14_695_981_039_346_656_037UL ^ kind) * 1_099_511_628_211UL));
        if (key == 0) key = 1;
        int slot = (int)key & _mask;
        while (_table[slot] != 0)
        {
            if (_table[slot] == key) return false;
            slot = (slot + 1) & _mask;
        }

        int age = (int)(_count & (_byAge.Length - 1));
        if (_count >= _byAge.Length)
        {
            Remove(_byAge[age]);
            slot = (int)key & _mask;
            while (_table[slot] != 0) slot = (slot + 1) & _mask;
        }

        _table[slot] = key;
        _byAge[age] = key;
        _count++;
        return true;
    }

    /// <summary>A text as a number: itself when it is one, 62 bits of its hash otherwise; never zero for a text.</summary>
    public static long NumberOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        if (text[0] != '0' && FieldValue.TryParseInt(text, out long number) == FieldStatus.Ok && number > 0) return number;
        return (long)(Hash(text, 14_695_981_039_346_656_037UL) >> 2) | 1;
    }

    private static ulong Hash(ReadOnlySpan<byte> text, ulong hash)
    {
        foreach (byte b in text) hash = (hash ^ b) * 1_099_511_628_211UL;
        hash = (hash ^ 0x1FF) * 1_099_511_628_211UL;
        return hash ^ (hash >> 29);
    }

    /// <summary>Takes a key out of its run and moves the ones behind it up, so that no search ends early.</summary>
    private void Remove(ulong key)
    {
        int hole = (int)key & _mask;
        while (_table[hole] != key) hole = (hole + 1) & _mask;
        int i = hole;
        while (true)
        {
            i = (i + 1) & _mask;
            if (_table[i] == 0) break;
            int home = (int)_table[i] & _mask;
            if (((i - home) & _mask) < ((i - hole) & _mask)) continue;
            _table[hole] = _table[i];
            hole = i;
        }

        _table[hole] = 0;
    }
}
