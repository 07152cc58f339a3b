using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Looks at the rows of one series in order. One thread.</summary>
public sealed class SeriesDoctor
{
    private static readonly Timestamp _tomorrow = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(1));

    private readonly TickSeries _series;
    private readonly DoctorLimits _limits;
    private readonly SortedDictionary<string, Finding> _findings = new(StringComparer.Ordinal);
    private readonly double _gap;
    private readonly double _break;

    private readonly BookDoctor _book;

    // Null where no row can be outside: without sessions, and for what happens while a market is closed.
    private readonly TradingSessions? _sessions;
    private readonly SessionCoverage? _coverage;
    private (bool IsOpen, Timestamp From, Timestamp To) _stretch;
    private MarketEvent _last;
    private bool _hasLast;
    private long _lastPrice;
    private string _file = "";
    private long _row;
    private IReadOnlyList<int> _batchRows = [];
    private int _batch;
    private long _batchEnd;

    public SeriesDoctor(TickSeries series, DoctorLimits limits)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(limits);
        _series = series;
        _book = new(series.Instrument, Add);
        _limits = limits;
        if (series.Kind.Event is EventKind.Quote or EventKind.Trade or EventKind.Bar or EventKind.BookDelta) _sessions = series.Instrument.Sessions;
        if (_sessions is not null) _coverage = new(_sessions);
        double interval = series.Kind.Event == EventKind.Bar ? series.Kind.Interval.Nanoseconds : 0;
        _gap = Math.Max(limits.GapMinutes * Timestamp.NanosecondsPerMinute, 5 * interval);
        _break = series.Kind.IsCoarse ? double.MaxValue : Math.Max(limits.BreakMinutes * Timestamp.NanosecondsPerMinute, _gap);
    }

    public IEnumerable<Finding> Findings => _findings.Values;

    /// <summary>Rows of the next file follow.</summary>
    public void Begin(TickFileEntry file)
    {
        ArgumentNullException.ThrowIfNull(file);
        (_file, _row, _batchRows) = (file.Path, -1, file.BatchRows);
        (_batch, _batchEnd) = (-1, 0);
    }

    public void Look(in MarketEvent e)
    {
        _row++;
        while (_row >= _batchEnd && _batch + 1 < _batchRows.Count) _batchEnd += _batchRows[++_batch];
        if (_hasLast) LookAtTime(e);
        if (_sessions is not null) LookAtSession(e, _sessions);
        if (e.Header.VenueTime < default(Timestamp)) Add(Severity.Warning, "far-time", e, "dated before 1970");
        else if (e.Header.VenueTime > _tomorrow) Add(Severity.Warning, "far-time", e, "dated in the future");
        long price = e.Header.Kind switch
        {
            EventKind.Quote => LookAtQuote(e.Quote),
            EventKind.Trade => LookAtTrade(e.Trade),
            EventKind.Bar => LookAtBar(e.Bar),
            EventKind.BookDelta => LookAtBook(e.BookDelta),
            _ => 0,
        };
        if (price != 0)
        {
            if (IsFar(price, _lastPrice)) Add(Severity.Warning, "outlier", e, $"the price moves from {new Price(_lastPrice)} to {new Price(price)}");
            _lastPrice = price;
        }

        _last = e;
        _hasLast = true;
    }

    /// <summary>A fault of a file rather than of a row.</summary>
    public void AddFault(string check, string file, int batch, string text)
    {
        Finding finding = Of(Severity.Error, check);
        finding.Count++;
        if (finding.Examples.Count < _limits.Examples) finding.Examples.Add(new(file, batch, -1, "", text));
    }

    private void LookAtTime(in MarketEvent e)
    {
        long silence = e.Header.ReceivedTime - _last.Header.ReceivedTime;
        if (silence < 0) Add(Severity.Error, "disorder", e, $"received {SpanText.Of(-silence)} before the row ahead of it");
        else if (silence >= _break) Add(Severity.Info, "session-break", e, $"after {SpanText.Of(silence)} of silence");
        else if (silence >= _gap) Add(Severity.Warning, "gap", e, $"after {SpanText.Of(silence)} of silence");
        long back = _last.Header.VenueTime - e.Header.VenueTime;
        if (silence >= 0 && back > 0) Add(Severity.Warning, "venue-time-back", e, $"happened {SpanText.Of(back)} before the row ahead of it");
    }

    /// <summary>Outside its sessions the simulated venue matches nothing against a row. A bar is inside with any part of it.</summary>
    private void LookAtSession(in MarketEvent e, TradingSessions sessions)
    {
        bool isBar = e.Header.Kind == EventKind.Bar;
        Timestamp time = e.Header.VenueTime - (isBar ? 1 : 0);
        if (time < _stretch.From || time >= _stretch.To) _stretch = sessions.StretchAt(time);
        if (_stretch.IsOpen || (isBar && e.Bar.OpenTime < _stretch.From)) return;
        string next = _stretch.To == Timestamp.MaxValue ? "after the last session" : $"before the session of {_stretch.To}";
        if (_coverage!.Covers(in e)) Add(Severity.Info, "outside-session", e, next);
        else Add(Severity.Warning, "no-session", e, $"{next}, and far from any: the market never opens; import with --sessions and the hours of this time, or with --sessions none");
    }

    private long LookAtQuote(in QuoteTick quote)
    {
        if (quote.BidSize.Raw < 0 || quote.AskSize.Raw < 0) Add(Severity.Error, "negative-size", quote.Header, $"{quote.BidSize} × {quote.AskSize}");
        if (quote.BidSize.Raw > 0) LookAtPrice(quote.Bid, quote.Header);
        if (quote.AskSize.Raw > 0) LookAtPrice(quote.Ask, quote.Header);
        if (quote.BidSize.IsZero && quote.AskSize.IsZero) Add(Severity.Warning, "zero-size", quote.Header, "neither side has a size");
        if (!quote.IsTwoSided) return 0;
        if (quote.Bid > quote.Ask) Add(Severity.Warning, "crossed", quote.Header, $"bid {quote.Bid} above ask {quote.Ask}");
        else if (quote.Bid == quote.Ask) Add(Severity.Info, "locked", quote.Header, $"bid and ask are {quote.Bid}");
        if (!quote.Bid.IsMultipleOf(_series.Instrument.TickSize) || !quote.Ask.IsMultipleOf(_series.Instrument.TickSize))
            Add(Severity.Info, "off-tick", quote.Header, $"{quote.Bid} / {quote.Ask}");
        bool isRepeat = _hasLast && _last.Quote.VenueTime == quote.VenueTime && _last.Quote.Bid == quote.Bid && _last.Quote.Ask == quote.Ask
            && _last.Quote.BidSize == quote.BidSize && _last.Quote.AskSize == quote.AskSize;
        if (isRepeat) Add(Severity.Info, "duplicate", quote.Header, "equal to the row ahead of it");
        return quote.Mid.Raw;
    }

    private long LookAtTrade(in TradeTick trade)
    {
        if (trade.Size.Raw < 0) Add(Severity.Error, "negative-size", trade.Header, $"{trade.Size}");
        LookAtPrice(trade.Price, trade.Header);
        if (trade.Size.IsZero) Add(Severity.Warning, "zero-size", trade.Header, $"a trade of nothing at {trade.Price}");
        if (!trade.Price.IsMultipleOf(_series.Instrument.TickSize)) Add(Severity.Info, "off-tick", trade.Header, $"{trade.Price}");
        if (_hasLast)
        {
            bool isSameId = trade.TradeId != 0 && _last.Trade.TradeId == trade.TradeId;
            bool isSame = trade.TradeId == 0 && _last.Trade.VenueTime == trade.VenueTime && _last.Trade.Price == trade.Price && _last.Trade.Size == trade.Size;
            if (isSameId) Add(Severity.Warning, "duplicate", trade.Header, $"trade {trade.TradeId} again");
            else if (isSame) Add(Severity.Info, "duplicate", trade.Header, "same time, price and size as the row ahead of it, and no id");
        }

        return trade.Price.Raw;
    }

    private long LookAtBar(in Bar bar)
    {
        bool isAround = bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close;
        if (!isAround) Add(Severity.Error, "bad-bar", bar.Header, $"open {bar.Open}, high {bar.High}, low {bar.Low}, close {bar.Close}");
        LookAtPrice(bar.Low, bar.Header);
        if (bar.Volume.Raw < 0) Add(Severity.Error, "negative-size", bar.Header, $"{bar.Volume}");
        if (bar.Volume.IsZero) Add(Severity.Info, "zero-size", bar.Header, "a bar without volume");
        if (_hasLast && _last.Bar.VenueTime == bar.VenueTime) Add(Severity.Warning, "duplicate", bar.Header, "a second bar of the same time");
        LookInside(bar);
        return bar.Close.Raw;
    }

    /// <summary>A price to which a bar goes and comes back from, far from the closes on both sides, is mostly one wrong trade; orders fill there.</summary>
    private void LookInside(in Bar bar)
    {
        if (_lastPrice == 0 || IsFar(bar.Close.Raw, _lastPrice)) return;
        Price far = IsFar(bar.High.Raw, _lastPrice) ? bar.High : bar.Low;
        if (IsFar(far.Raw, _lastPrice) && IsFar(far.Raw, bar.Close.Raw))
            Add(Severity.Warning, "outlier", bar.Header, $"the bar goes to {far} between closes at {new Price(_lastPrice)} and {bar.Close}");
    }

    private bool IsFar(long price, long from) => from != 0 && Math.Abs(((double)price / from) - 1) > _limits.Outlier;

    private void LookAtPrice(Price price, in EventHeader header)
    {
        if (price.Raw <= 0 && !_series.Instrument.MayBeNegative) Add(Severity.Error, "bad-price", header, $"{price} is not above zero");
    }

    /// <summary>The prices of single orders may lie anywhere, so that none is held against the one before.</summary>
    private long LookAtBook(in BookDelta delta)
    {
        bool hasPrice = delta.Action is BookAction.Add or BookAction.Modify;
        if (hasPrice && !delta.Price.IsMultipleOf(_series.Instrument.TickSize)) Add(Severity.Info, "off-tick", delta.Header, $"{delta.Price}");
        if (_hasLast && delta.Sequence != 0 && delta.Sequence < _last.BookDelta.Sequence) Add(Severity.Warning, "sequence-back", delta.Header, $"sequence {delta.Sequence} behind {_last.BookDelta.Sequence}");
        _book.Look(delta);
        return 0;
    }

    private void Add(Severity severity, string check, in MarketEvent e, string text) => Add(severity, check, e.Header, text);

    private void Add(Severity severity, string check, in EventHeader header, string text)
    {
        Finding finding = Of(severity, check);
        finding.Count++;
        if (finding.Examples.Count < _limits.Examples)
            finding.Examples.Add(new(_file, _batch, _row, header.VenueTime.ToString(), text));
    }

    private Finding Of(Severity severity, string check)
    {
        string key = $"{(byte)(Severity.Error - severity)}{check}";
        if (!_findings.TryGetValue(key, out Finding? finding))
            _findings[key] = finding = new() { Severity = severity, Check = check, Instrument = _series.Instrument.Name, Kind = _series.Kind.ToString() };
        return finding;
    }
}
