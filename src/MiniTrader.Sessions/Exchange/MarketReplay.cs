using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// The market's time and its events: as much of the data as is due at the chosen speed. Before the first event there is no time and no market.
/// The matching thread owns it.
/// </summary>
internal sealed class MarketReplay(IFeed feed, ExchangeOptions options)
{
    private const int Slots = 256;

    private readonly MarketEvent[] _slots = new MarketEvent[Slots];
    private readonly bool _isUnpaced = double.IsPositiveInfinity(options.Speed);
    private int _next, _count;
    private Timestamp _wallBase, _marketBase;

    /// <summary>The market's time: never goes back, and never behind an event that was shown.</summary>
    public Timestamp Now { get; private set; }

    public bool HasBegun { get; private set; }

    /// <summary>The data has ended. The market's time goes on.</summary>
    public bool IsOver { get; private set; }

    public long Events { get; private set; }

    /// <summary>Lets the market's time pass up to the next event, at most; a long silence is left out.</summary>
    public void Advance(Timestamp wall)
    {
        bool hasNext = Peek();
        if (!HasBegun)
        {
            if (!hasNext) return;
            HasBegun = true;
            Rebase(wall, _slots[_next].Header.DueTime);
        }

        Timestamp next = hasNext ? _slots[_next].Header.DueTime : Timestamp.MaxValue;
        Timestamp target = _isUnpaced && hasNext ? next : Paced(wall);
        if (hasNext && next > Now && next - Now > options.MaxGapNanoseconds) Rebase(wall, target = next);
        if (target > next) target = next;
        if (target > Now) Now = target;
    }

    /// <summary>The next event, if it is due. It stays the next one until <see cref="Taken"/>.</summary>
    public bool TryPeek(out MarketEvent due)
    {
        due = default;
        if (!HasBegun || !Peek() || _slots[_next].Header.DueTime > Now) return false;
        due = _slots[_next];
        return true;
    }

    public void Taken()
    {
        _next++;
        Events++;
    }

    private bool Peek()
    {
        if (_next < _count) return true;
        if (IsOver) return false;
        _next = 0;
        _count = feed.Fill(_slots);
        IsOver = _count == 0 && feed.IsFinished;
        return _count > 0;
    }

    private Timestamp Paced(Timestamp wall)
    {
        long passed = Math.Max(0, wall - _wallBase);
        return _marketBase + (_isUnpaced ? passed : (long)(passed * options.Speed));
    }

    private void Rebase(Timestamp wall, Timestamp market)
    {
        _wallBase = wall;
        _marketBase = Timestamp.Max(market, Now);
        if (Now < market) Now = market;
    }
}
