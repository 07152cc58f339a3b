using MiniTrader.Model;

namespace MiniTrader.Engine;

/// <summary>Denials that wait for the next drain, first in first out, in a ring of fixed size.</summary>
internal sealed class DenialQueue(int capacity)
{
    private readonly ExecutionReport[] _reports = new ExecutionReport[capacity];
    private int _head;

    internal int Count { get; private set; }

    internal bool TryAdd(in ExecutionReport report)
    {
        if (Count == _reports.Length) return false;
        _reports[(_head + Count) % _reports.Length] = report;
        Count++;
        return true;
    }

    /// <summary>The first one; there must be one.</summary>
    internal ref readonly ExecutionReport First => ref _reports[_head];

    /// <summary>Takes the first one; there must be one.</summary>
    internal void Take(out ExecutionReport report)
    {
        report = _reports[_head];
        _head = (_head + 1) % _reports.Length;
        Count--;
    }
}
