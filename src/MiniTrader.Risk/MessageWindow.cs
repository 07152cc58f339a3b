using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>
/// The times of the last n messages, as a ring. One more may leave when the oldest of them is a whole window ago: an exact
/// sliding window, so that no stretch of its length ever holds more than n. Engine thread only.
/// </summary>
internal sealed class MessageWindow
{
    private readonly long[] _times;
    private readonly long _length;
    private int _oldest;

    /// <param name="count">Messages in a window; 0 lets none through.</param>
    /// <param name="length">Nanoseconds of the window.</param>
    public MessageWindow(int count, long length)
    {
        _times = new long[count];
        _length = length;
        Array.Fill(_times, long.MinValue);
    }

    public int Limit => _times.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasRoom(Timestamp now)
    {
        long[] times = _times;
        return (uint)_oldest < (uint)times.Length && (times[_oldest] == long.MinValue || now.Nanoseconds - times[_oldest] >= _length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Timestamp now)
    {
        long[] times = _times;
        if ((uint)_oldest >= (uint)times.Length) return;
        times[_oldest] = now.Nanoseconds;
        _oldest = _oldest + 1 == times.Length ? 0 : _oldest + 1;
    }
}
