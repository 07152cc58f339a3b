using System.Runtime.InteropServices;

namespace MiniTrader.Simulation.Ring;

/// <summary>
/// An event that shows what happened to it: every one of its 64 bytes depends on the producer and the number, so that an event
/// of another round, or half of one, does not check out.
/// <code>
/// 0        8        16     ...     56       64
/// +--------+--------+---------------+--------+
/// | number | produc | filler words  | check  |
/// +--------+--------+---------------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct StampedEvent
{
    private long _number;
    private long _producer;
    private ulong _filler0, _filler1, _filler2, _filler3, _filler4;
    private ulong _check;

    public readonly long Number => _number;

    public readonly long Producer => _producer;

    public void Stamp(long producer, long number)
    {
        ulong word = Mix(((ulong)producer << 48) ^ (ulong)number);
        _check = word ^ (ulong)number ^ (ulong)producer;
        _filler4 = word + 4;
        _filler3 = word + 3;
        _filler2 = word + 2;
        _filler1 = word + 1;
        _filler0 = word;
        _producer = producer;
        _number = number;
    }

    public readonly bool IsWhole()
    {
        ulong word = Mix(((ulong)_producer << 48) ^ (ulong)_number);
        return _filler0 == word && _filler1 == word + 1 && _filler2 == word + 2 && _filler3 == word + 3 && _filler4 == word + 4
            && _check == (word ^ (ulong)_number ^ (ulong)_producer);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
