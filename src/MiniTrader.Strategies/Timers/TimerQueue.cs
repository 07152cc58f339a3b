using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Timers of all strategies in the order in which they are due; at one instant in the order in which they were set. A binary heap of fixed size.
/// Engine thread only.
/// </summary>
/// <param name="time">Is told when a timer is due sooner than anything before.</param>
public sealed class TimerQueue(SessionTime time)
{
    /// <summary>Timers that may be set at a time, all strategies together.</summary>
    public const int Capacity = 4_096;

    private readonly Entry[] _heap = new Entry[Capacity];
    private int _count;
    private long _sequence;
    private Timestamp _nextDue = Timestamp.MaxValue;

    /// <summary>When the first timer is due; "never" without one.</summary>
    public Timestamp NextDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _nextDue;
    }

    public int Count => _count;

    /// <summary>Timers that were not set, because <see cref="Capacity"/> were.</summary>
    public long Refused { get; private set; }

    /// <summary>Sets a timer; false when <see cref="Capacity"/> timers are set.</summary>
    /// <param name="strategy">Whose timer it is.</param>
    /// <param name="id">The strategy's own number for it.</param>
    /// <param name="due">When it fires; a time that has passed fires at the next drain.</param>
    /// <param name="interval">Nanoseconds between repeats; zero fires once.</param>
    public bool TrySet(StrategyId strategy, int id, Timestamp due, long interval = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interval);
        if (_count == Capacity)
        {
            Refused++;
            return false;
        }

        _heap[_count] = new Entry { Due = due, Sequence = ++_sequence, Interval = interval, Id = id, Strategy = strategy };
        SiftUp(_count++);
        _nextDue = _heap[0].Due;
        time.Expect(_nextDue);
        return true;
    }

    /// <summary>Removes every timer of a strategy with this number; answers how many there were.</summary>
    public int Cancel(StrategyId strategy, int id)
    {
        int removed = 0;
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_heap[i].Strategy != strategy || _heap[i].Id != id) continue;
            RemoveAt(i);
            removed++;
            i = Math.Min(i + 1, _count);
        }

        _nextDue = _count > 0 ? _heap[0].Due : Timestamp.MaxValue;
        return removed;
    }

    /// <summary>Takes the first timer if it is due. A repeating timer is set again one interval later, so that none of its instants is left out.</summary>
    public bool TryTake(Timestamp now, out StrategyId strategy, out TimerTick tick)
    {
        if (_nextDue > now)
        {
            strategy = default;
            tick = default;
            return false;
        }

        Entry first = _heap[0];
        strategy = first.Strategy;
        tick = new TimerTick(first.Due, first.Id);
        if (first.Interval > 0)
        {
            _heap[0].Due = first.Due + first.Interval;
            _heap[0].Sequence = ++_sequence;
            SiftDown(0);
        }
        else
        {
            RemoveAt(0);
        }

        _nextDue = _count > 0 ? _heap[0].Due : Timestamp.MaxValue;
        return true;
    }

    private void RemoveAt(int index)
    {
        _heap[index] = _heap[--_count];
        if (index == _count) return;
        SiftUp(index);
        SiftDown(index);
    }

    private void SiftUp(int index)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!IsBefore(in _heap[index], in _heap[parent])) return;
            (_heap[index], _heap[parent]) = (_heap[parent], _heap[index]);
            index = parent;
        }
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _count) return;
            if (child + 1 < _count && IsBefore(in _heap[child + 1], in _heap[child])) child++;
            if (!IsBefore(in _heap[child], in _heap[index])) return;
            (_heap[index], _heap[child]) = (_heap[child], _heap[index]);
            index = child;
        }
    }

    private static bool IsBefore(in Entry a, in Entry b) => a.Due < b.Due || (a.Due == b.Due && a.Sequence < b.Sequence);

    private struct Entry
    {
        public Timestamp Due;
        public long Sequence;
        public long Interval;
        public int Id;
        public StrategyId Strategy;
    }
}
