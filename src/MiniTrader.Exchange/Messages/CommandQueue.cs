using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Commands on their way to the venue, in the order in which they were sent: one session keeps its order, so that a draw that
/// would overtake is held back to the arrival before it. Those that the link lost never arrive; they wait apart until their sender
/// hears of it, and hold nobody up. Two fixed rings; engine thread only.
/// </summary>
internal sealed class CommandQueue
{
    private readonly OrderCommand[] _commands;
    private readonly Timestamp[] _arrivals;
    private readonly int _mask;
    private readonly int _capacity, _reserve;
    private readonly LatencyModel _new, _replace, _cancel;
    private SeededRandom _random;
    private readonly OrderCommand[] _lost;
    private readonly Timestamp[] _lostHeard;
    private long _head, _tail;
    private long _lostHead, _lostTail;
    private Timestamp _last = Timestamp.MinValue;
    private Timestamp _lastLost = Timestamp.MinValue;
    private LatencyDraw _lastDraw;
    private long _lastList;

    public CommandQueue(VenueOptions options)
    {
        _capacity = options.CommandCapacity;
        _reserve = _capacity / 4;
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)_capacity);
        _commands = new OrderCommand[slots];
        _arrivals = new Timestamp[slots];
        _mask = slots - 1;
        (_new, _replace, _cancel) = (options.NewLatency, options.ReplaceLatency, options.CancelLatency);
        _random = new SeededRandom(options.Seed);

        // Constant, uniform and log-normal delays lose nothing, and then no memory is taken for it.
        bool canLose = _new.Kind > LatencyKind.LogNormal || _replace.Kind > LatencyKind.LogNormal || _cancel.Kind > LatencyKind.LogNormal;
        _lost = canLose ? new OrderCommand[slots] : [];
        _lostHeard = canLose ? new Timestamp[slots] : [];
    }

    public int Count => (int)(_tail - _head + _lostTail - _lostHead);

    /// <summary>When a command that was lost is first heard of, "never" when none was.</summary>
    public Timestamp NextLost => _lostHead == _lostTail ? Timestamp.MaxValue : _lostHeard[_lostHead & _mask];

    /// <summary>When the first command arrives, "never" when none is on its way.</summary>
    public Timestamp NextDue => _head == _tail ? Timestamp.MaxValue : _arrivals[_head & _mask];

    /// <summary>False when the queue is full; the last quarter is kept for cancels, which must get through when orders do not.</summary>
    public bool TryAdd(in OrderCommand command, bool isCancel)
    {
        if (Count >= (isCancel ? _capacity : _capacity - _reserve)) return false;
        // A list is one message: its orders arrive, or are lost, with the first of them.
        bool isOfList = command.Kind == CommandKind.New && command.ListId != 0 && command.ListId == _lastList;
        _lastList = command.Kind == CommandKind.New ? command.ListId : 0;
        LatencyDraw draw = command.Kind switch
        {
            CommandKind.New when isOfList => _lastDraw,
            CommandKind.New => _new.Draw(LatencyLeg.Entry, command.SentTime, ref _random),
            CommandKind.Replace => _replace.Draw(LatencyLeg.Entry, command.SentTime, ref _random),
            _ => _cancel.Draw(LatencyLeg.Entry, command.SentTime, ref _random),
        };
        _lastDraw = draw;
        if (draw.IsLost)
        {
            Lose(command, draw.Nanoseconds);
            return true;
        }

        _last = Timestamp.Max(_last, command.SentTime + draw.Nanoseconds);
        int slot = (int)_tail & _mask;
        ref OrderCommand place = ref _commands[slot];
        place = command;
        _arrivals[slot] = _last;
        _tail++;
        return true;
    }

    /// <summary>True when the order that was taken out last is one of a list, and the next one of that list arrives with it.</summary>
    public bool HasMoreOf(in OrderCommand command, Timestamp arrival)
    {
        if (command.ListId == 0 || _head == _tail) return false;
        int slot = (int)_head & _mask;
        return _commands[slot].ListId == command.ListId && _commands[slot].Kind == CommandKind.New && _arrivals[slot] == arrival;
    }

    /// <summary>Takes the first command out; the reference holds until the next <see cref="TryAdd"/>.</summary>
    public ref readonly OrderCommand Take(out Timestamp arrival)
    {
        int slot = (int)_head & _mask;
        arrival = _arrivals[slot];
        _head++;

        // An empty ring starts over, so that a few slots stay in the cache instead of all of them passing through it.
        if (_head == _tail) _head = _tail = 0;
        return ref _commands[slot];
    }

    /// <summary>Takes the first lost command out; the reference holds until the next <see cref="TryAdd"/>.</summary>
    public ref readonly OrderCommand TakeLost() => ref _lost[_lostHead++ & _mask];

    private void Lose(in OrderCommand command, long roundTrip)
    {
        _lastLost = Timestamp.Max(_lastLost, command.SentTime + roundTrip);
        int slot = (int)_lostTail++ & _mask;
        _lost[slot] = command;
        _lostHeard[slot] = _lastLost;
    }
}
