using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Reports on their way to the strategy, in the order in which they arose; like commands, they never overtake. A fixed ring;
/// engine thread only.
/// </summary>
internal sealed class ReportQueue
{
    private readonly ExecutionReport[] _reports;
    private readonly int _mask;
    private readonly int _capacity;
    private readonly int _orders;
    private readonly LatencyModel _latency;
    private SeededRandom _random;
    private long _head, _tail;
    private Timestamp _last = Timestamp.MinValue;

    public ReportQueue(VenueOptions options)
    {
        _capacity = options.ReportCapacity;
        _orders = options.OrderCapacity;
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)_capacity);
        _reports = new ExecutionReport[slots];
        _mask = slots - 1;
        _latency = options.ResponseLatency;

        // Another stream than the commands', so that one leg's draws do not depend on how many the other made.
        _random = new SeededRandom(~options.Seed);
    }

    public bool IsFull => _tail - _head == _capacity;

    /// <summary>
    /// True when the answer to one more command fits behind those to the commands on their way. New orders and replaces may use half; cancels all but one
    /// report for each order that works or may come to: what ends it must be told.
    /// </summary>
    public bool HasRoom(int commands, int working, bool isCancel)
    {
        long used = _tail - _head + commands;
        return isCancel ? used + Math.Min(_orders, working + commands) < _capacity : used < _capacity / 2;
    }

    public Timestamp NextDue => _head == _tail ? Timestamp.MaxValue : _reports[_head & _mask].ReceivedTime;

    /// <summary>Draws the response latency and returns the next slot with both times set and all else zero; there must be room.</summary>
    public ref ExecutionReport Add(Timestamp venueTime)
    {
        return ref AddAfter(venueTime, _latency.Draw(LatencyLeg.Response, venueTime, ref _random).Nanoseconds);
    }

    /// <summary>The same with a delay that is known.</summary>
    public ref ExecutionReport AddAfter(Timestamp venueTime, long delay)
    {
        _last = Timestamp.Max(_last, venueTime + delay);
        ref ExecutionReport report = ref _reports[_tail++ & _mask];
        report = default;
        report.VenueTime = venueTime;
        report.ReceivedTime = _last;
        return ref report;
    }

    /// <summary>
    /// Whatever is on its way is heard now: what the venue does to all positions, such as a split, finds them as they are there. Without this a fill of just before
    /// would be booked in units, or in a contract, that are no more.
    /// </summary>
    public void Hurry(Timestamp now)
    {
        _last = Timestamp.Min(_last, now);
        for (long i = _head; i < _tail; i++)
        {
            ref ExecutionReport report = ref _reports[i & _mask];
            report.ReceivedTime = Timestamp.Min(report.ReceivedTime, now);
        }
    }

    public void Take(out ExecutionReport report)
    {
        report = _reports[_head++ & _mask];

        // As for commands: an empty ring starts over where the cache is warm.
        if (_head == _tail) _head = _tail = 0;
    }
}
