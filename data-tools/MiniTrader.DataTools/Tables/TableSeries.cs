using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Judges the rows of one instrument of a table and stores them as events, sorted first when that is asked for.</summary>
public sealed class TableSeries(TableOptions options, bool isTimeEnd, IEventSink sink, Instrument instrument, FileAccount account)
{
    private readonly SeriesBuffer _buffer = new(sink, instrument, account);
    private readonly List<MarketEvent> _unsorted = [];
    private readonly bool _mayBeNegative = instrument.MayBeNegative;

    /// <summary>Received time of the last row: what the wall clock of an hour that comes twice is held against.</summary>
    public Timestamp Last => _buffer.Last;

    public RowOutcome Store(in TableRow row)
    {
        MarketEvent made = default;
        made.Header.Kind = options.Kind.Event;
        made.Header.Flags = EventFlags.ForBoth;
        (Timestamp venueTime, Timestamp receivedTime) = TimesOf(row);
        (made.Header.VenueTime, made.Header.ReceivedTime) = (venueTime, receivedTime);
        if (receivedTime < venueTime) return RowOutcome.Refused("it was received before it happened");
        string? reason = options.Kind.Event switch
        {
            EventKind.Quote => Fill(row, ref made.Quote),
            EventKind.Trade => Fill(row, ref made.Trade),
            _ => Fill(row, ref made.Bar),
        };
        if (reason is not null) return RowOutcome.Refused(reason);
        if (options.Sort) return KeepForSorting(made);
        if (TooClose(receivedTime) is { } early) return RowOutcome.Refused(early);
        if (_buffer.IsBefore(receivedTime)) return RowOutcome.Refused("its time is before the row above; --sort puts a file in order");
        Append(made);
        return RowOutcome.Stored;
    }

    public void Flush()
    {
        MarketEvent[] events = [.. _unsorted];
        int[] order = new int[events.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) =>
        {
            int byTime = events[a].Header.ReceivedTime.CompareTo(events[b].Header.ReceivedTime);
            return byTime != 0 ? byTime : a.CompareTo(b);
        });
        foreach (int i in order)
        {
            if (TooClose(events[i].Header.ReceivedTime) is { } early) account.TakeBack(early, $"{account.Path}, the bar that ends at {events[i].Header.VenueTime}: {early}");
            else Append(events[i]);
        }

        _unsorted.Clear();
        _buffer.Flush();
    }

    /// <summary>A bar that starts within the one before it in time: the interval said is longer than the true one.</summary>
    private string? TooClose(Timestamp time) => options.Kind.Event == EventKind.Bar && BarSpacing.IsTooClose(time, _buffer.Last, options.Kind.Interval)
        ? $"the bar starts {SpanText.Of(time - _buffer.Last)} after the one above, within its {options.Kind.Interval}; say the true interval with --kind"
        : null;

    private RowOutcome KeepForSorting(in MarketEvent made)
    {
        if (_unsorted.Count == TableOptions.MaxSortedRows)
            throw new ImportException($"{account.Path} has more than {TableOptions.MaxSortedRows} rows of {instrument.Name}, too many to sort in memory. Split it, or sort it first.");
        _unsorted.Add(made);
        return RowOutcome.Stored;
    }

    private void Append(in MarketEvent made)
    {
        // A bar belongs to the day that it started in; a year of hourly or daily bars shares a file.
        DateOnly date = options.Kind.Event == EventKind.Bar ? made.Bar.OpenTime.Date : made.Header.ReceivedTime.Date;
        if (options.Kind.IsCoarse) date = new(date.Year, 1, 1);
        ref MarketEvent slot = ref _buffer.Next(date, made.Header.Kind, made.Header.VenueTime, made.Header.ReceivedTime);
        slot = made;
    }

    private (Timestamp Venue, Timestamp Received) TimesOf(in TableRow row)
    {
        if (options.Kind.Event != EventKind.Bar || isTimeEnd || options.IsBarTimeEnd) return (row.Time, row.Received);
        Timestamp end = row.Time + options.Kind.Interval.Nanoseconds;
        return (end, Timestamp.Max(end, row.Received));
    }

    private string? Fill(in TableRow row, ref QuoteTick quote)
    {
        if (!row.HasBid && !row.HasAsk) return "neither side is quoted";
        if (QuoteCheck.Wrong(row.HasBid, new(row.Bid), new(row.BidSize), row.HasAsk, new(row.Ask), new(row.AskSize), _mayBeNegative) is { } wrong) return wrong;
        quote.Bid = new(row.HasBid ? row.Bid : 0);
        quote.BidSize = new(row.HasBid ? row.BidSize : 0);
        quote.Ask = new(row.HasAsk ? row.Ask : 0);
        quote.AskSize = new(row.HasAsk ? row.AskSize : 0);
        quote.Sequence = row.Sequence;
        QuoteCheck.Note(account, quote);
        return null;
    }

    private string? Fill(in TableRow row, ref TradeTick trade)
    {
        if (IsImpossible(row.Price)) return "the price is not above zero";
        if (row.Size < 0) return "the size is below zero";
        if (row.Size == 0) account.Note("trades of size zero");
        trade.Price = new(row.Price);
        trade.Size = new(row.Size);
        trade.TradeId = row.Id;
        trade.Aggressor = row.Side;
        trade.Condition = row.Condition;
        trade.Sequence = row.Sequence;
        return null;
    }

    private string? Fill(in TableRow row, ref Bar bar)
    {
        if (IsImpossible(row.Low)) return "a price is not above zero";
        if (row.Low > Math.Min(row.Open, row.Close) || row.High < Math.Max(row.Open, row.Close)) return "high and low are not around open and close";
        if (row.Volume < 0) return "the volume is below zero";
        bar.Header.Detail = options.Kind.Interval.Packed;
        bar.Open = new(row.Open);
        bar.High = new(row.High);
        bar.Low = new(row.Low);
        bar.Close = new(row.Close);
        bar.Volume = new(row.Volume);
        return null;
    }

    private bool IsImpossible(long price) => price <= 0 && !_mayBeNegative;
}
