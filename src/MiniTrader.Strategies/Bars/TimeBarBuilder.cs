using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Makes bars of equal length in time for one instrument, of trades or of one side or the middle of its quotes, as the interval's
/// source says. Owned by a strategy; engine thread only. Use:
/// <code>
/// _bars.Add(trade);
/// while (_bars.TryTake(out Bar bar)) { … }
/// </code>
/// Bar k covers [origin + k·interval, origin + (k + 1)·interval) of venue time: a tick exactly on the boundary belongs to the new bar.
/// A bar is finished by the first tick at or after its end, or by <see cref="AdvanceTo"/>, or by <see cref="Finish"/>.
/// A tick with a venue time before the open bar's start counts to the open bar, since its own has been given out.
/// Bars of quotes have no volume; a volume past <see cref="Quantity.MaxValue"/> stays there.
/// </summary>
public sealed class TimeBarBuilder
{
    /// <summary>Most bars that <see cref="EmptyBars.RepeatClose"/> makes for one gap: the rest of a longer gap is skipped.</summary>
    public const int MaxRepeats = 100_000;

    private readonly long _length;
    private readonly long _origin;
    private readonly EmptyBars _empty;
    private readonly BarSource _source;

    private OpenBar _open = OpenBar.Empty;
    private Timestamp _end = Timestamp.MinValue;

    // What follows a finished bar: repeats of its close up to a time, then the tick that finished it.
    private bool _isFinished;
    private int _repeats;
    private Timestamp _repeatEnd;
    private Price _lastClose;
    private bool _hasNext;
    private Price _nextPrice;
    private Quantity _nextSize;
    private Timestamp _nextTime;

    /// <param name="instrument">Whose ticks are taken; those of others are ignored.</param>
    /// <param name="interval">Length and source.</param>
    /// <param name="origin">A boundary between two bars, such as a session's opening; the Unix epoch (midnight UTC) by default.</param>
    /// <param name="empty">What becomes of an interval in which nothing came.</param>
    public TimeBarBuilder(InstrumentId instrument, BarInterval interval, Timestamp origin = default, EmptyBars empty = EmptyBars.Skip)
    {
        if (interval.Count == 0) throw new ArgumentException("A bar interval must be made with BarInterval.Create or read from text such as '1m'.", nameof(interval));
        Instrument = instrument;
        Interval = interval;
        _source = interval.Source;
        _length = interval.Nanoseconds;
        _origin = origin.Nanoseconds;
        _empty = empty;
    }

    public InstrumentId Instrument { get; }

    public BarInterval Interval { get; }

    /// <summary>Takes a trade; true when a bar is finished. A builder of quote bars refuses it.</summary>
    public bool Add(in TradeTick trade)
    {
        if (trade.Instrument != Instrument) return false;
        if (_source != BarSource.Trade) BarBuilderErrors.ThrowWrongTick(_source, "trade");
        return Add(trade.VenueTime, trade.Price, trade.Size);
    }

    /// <summary>Takes a quote; true when a bar is finished. A quote without the side that is wanted is ignored. A builder of trade bars refuses it.</summary>
    public bool Add(in QuoteTick quote)
    {
        if (quote.Instrument != Instrument) return false;
        switch (_source)
        {
            case BarSource.Bid:
                return quote.BidSize.IsPositive && Add(quote.VenueTime, quote.Bid, Quantity.Zero);
            case BarSource.Ask:
                return quote.AskSize.IsPositive && Add(quote.VenueTime, quote.Ask, Quantity.Zero);
            case BarSource.Mid:
                return quote.IsTwoSided && Add(quote.VenueTime, quote.Mid, Quantity.Zero);
            default:
                BarBuilderErrors.ThrowWrongTick(_source, "quote");
                return false;
        }
    }

    /// <summary>Says that the venue's time is now <paramref name="now"/> and that all earlier ticks have come; true when that finished a bar.</summary>
    public bool AdvanceTo(Timestamp now)
    {
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        if (now < _end || _end == Timestamp.MinValue) return false;
        Close(now);
        return _isFinished;
    }

    /// <summary>Finishes the open bar at the end of the data, before its time; its header still bears the end of its interval.</summary>
    public bool Finish()
    {
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        if (_open.IsEmpty) return false;
        Close(_end);
        return true;
    }

    /// <summary>Gives out the finished bars one by one, oldest first; false when there is none.</summary>
    public bool TryTake(out Bar bar)
    {
        if (!_isFinished)
        {
            bar = default;
            return false;
        }

        if (!_open.IsEmpty)
        {
            bar = _open.ToBar(Instrument, _end, _end, Interval.Packed);
            _lastClose = _open.Close;
            _open = OpenBar.Empty;
        }
        else
        {
            OpenBar repeat = OpenBar.Empty;
            repeat.Add(_lastClose, Quantity.Zero);
            bar = repeat.ToBar(Instrument, _repeatEnd, _repeatEnd, Interval.Packed);
            _repeats--;
            _repeatEnd += _length;
        }

        if (_repeats == 0) Reopen();
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _open = OpenBar.Empty;
        _end = Timestamp.MinValue;
        _isFinished = _hasNext = false;
        _repeats = 0;
    }

    private bool Add(Timestamp time, Price price, Quantity size)
    {
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        if (time < _end)
        {
            _open.Add(price, size);
            return false;
        }

        if (_end == Timestamp.MinValue)
        {
            _end = EndOf(time);
            _open.Add(price, size);
            return false;
        }

        Close(time);
        if (!_isFinished)
        {
            _end = EndOf(time);
            _open.Add(price, size);
            return false;
        }

        (_hasNext, _nextPrice, _nextSize, _nextTime) = (true, price, size, time);
        return true;
    }

    /// <summary>Ends the open interval and counts the empty ones that ended by <paramref name="time"/>.</summary>
    private void Close(Timestamp time)
    {
        // An interval that AdvanceTo opened and that stayed empty is itself one of the repeats.
        _repeatEnd = _open.IsEmpty ? _end : _end + _length;
        long empty = time < _repeatEnd ? 0 : ((time - _repeatEnd) / _length) + 1;
        _repeats = _empty == EmptyBars.RepeatClose ? (int)Math.Min(empty, MaxRepeats) : 0;
        _nextTime = Timestamp.Max(time, _end);
        _isFinished = !_open.IsEmpty || _repeats > 0;
        if (!_isFinished) _end = EndOf(_nextTime);
    }

    private void Reopen()
    {
        _isFinished = false;
        _end = EndOf(_nextTime);
        if (!_hasNext) return;
        _hasNext = false;
        _open.Add(_nextPrice, _nextSize);
    }

    private Timestamp EndOf(Timestamp time) => (time - _origin).FloorTo(_length) + _origin + _length;
}
