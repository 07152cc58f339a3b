using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Makes bars of an equal number of trades for one instrument. A bar's times are those of its last trade, and its interval is
/// zero. Owned by a strategy; engine thread only. Use it like <see cref="TimeBarBuilder"/>: <c>Add</c>, then <c>TryTake</c>.
/// </summary>
public sealed class TickBarBuilder
{
    private readonly int _ticks;
    private OpenBar _open = OpenBar.Empty;
    private int _count;
    private Timestamp _venueTime;
    private Timestamp _receivedTime;
    private bool _isFinished;

    /// <param name="instrument">Whose trades are taken; those of others are ignored.</param>
    /// <param name="ticks">Trades in a bar; above zero.</param>
    public TickBarBuilder(InstrumentId instrument, int ticks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticks);
        Instrument = instrument;
        _ticks = ticks;
    }

    public InstrumentId Instrument { get; }

    /// <summary>Takes a trade; true when it was the last of a bar.</summary>
    public bool Add(in TradeTick trade)
    {
        if (trade.Instrument != Instrument) return false;
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        _open.Add(trade.Price, trade.Size);
        _venueTime = trade.VenueTime;
        _receivedTime = trade.ReceivedTime;
        return _isFinished = ++_count == _ticks;
    }

    /// <summary>Finishes the open bar at the end of the data, short of trades; false when there is none.</summary>
    public bool Finish()
    {
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        return _isFinished = !_open.IsEmpty;
    }

    /// <summary>Gives out the finished bar; false when there is none.</summary>
    public bool TryTake(out Bar bar)
    {
        if (!_isFinished)
        {
            bar = default;
            return false;
        }

        bar = _open.ToBar(Instrument, _venueTime, _receivedTime, detail: 0);
        Reset();
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _open = OpenBar.Empty;
        _count = 0;
        _isFinished = false;
    }
}
