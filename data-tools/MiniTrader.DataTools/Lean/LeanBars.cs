using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Trade bars <c>time, O, H, L, C[, volume]</c> and quote bars <c>time, bid O, H, L, C, size, ask O, H, L, C, size</c>. LEAN's
/// time is the bar's start; the event's is its end. A quote bar becomes a bar of bids and a bar of asks; an empty side none.
/// </summary>
public sealed class LeanBars(LeanRowsContext context) : LeanRows(context)
{
    private const int QuoteColumns = 11;

    private readonly SeriesBuffer _trades = new(context.Sink, context.Instrument, context.Account);
    private readonly SeriesBuffer _bids = new(context.Sink, context.Instrument, context.Account);
    private readonly SeriesBuffer _asks = new(context.Sink, context.Instrument, context.Account);
    private readonly BarInterval _interval = IntervalOf(context.File.Resolution);
    private Timestamp _lastStart = Timestamp.MinValue;

    private DateOnly _date;

    private enum Side : byte
    {
        Empty,
        Read,
        Wrong,
    }

    public override RowOutcome Read(ReadOnlySpan<byte> line)
    {
        bool isSplit = Fields.TrySplit(line);
        bool isQuote = Fields.Count == QuoteColumns;
        bool isExpected = Context.File.Content switch
        {
            LeanContent.Quote => isQuote,
            LeanContent.Trade => Fields.Count is 5 or 6,
            _ => isQuote || Fields.Count is 5 or 6,
        };
        if (!isSplit || !isExpected) return RowOutcome.Refused("a trade bar has 5 or 6 columns, a quote bar 11");
        if (ReadStart(Fields.Of(line, 0), out Timestamp start, out Timestamp end) is { } reason) return RowOutcome.Refused(reason);
        if (start <= _lastStart) return RowOutcome.Refused("the bar does not start after the one above");
        return isQuote ? ReadQuoteBar(line, start, end) : ReadTradeBar(line, start, end);
    }

    public override void Flush()
    {
        _trades.Flush();
        _bids.Flush();
        _asks.Flush();
    }

    private RowOutcome ReadTradeBar(ReadOnlySpan<byte> line, Timestamp start, Timestamp end)
    {
        Side side = ReadSide(line, 1, Fields.Count == 6, out Bar bar);
        if (side == Side.Wrong) return RowOutcome.Refused("the bar is not open, high, low, close, volume with high and low around them");
        if (side == Side.Empty) return RowOutcome.LeftOut("the bar is empty");
        Store(_trades, BarSource.Trade, end, bar);
        _lastStart = start;
        return RowOutcome.Stored;
    }

    private RowOutcome ReadQuoteBar(ReadOnlySpan<byte> line, Timestamp start, Timestamp end)
    {
        Side bid = ReadSide(line, 1, true, out Bar bidBar);
        Side ask = ReadSide(line, 6, true, out Bar askBar);
        if (bid == Side.Wrong) return RowOutcome.Refused("the bid bar is not open, high, low, close, size with high and low around them");
        if (ask == Side.Wrong) return RowOutcome.Refused("the ask bar is not open, high, low, close, size with high and low around them");
        if (bid == Side.Empty && ask == Side.Empty) return RowOutcome.LeftOut("both sides are empty");
        if (bid == Side.Read) Store(_bids, BarSource.Bid, end, bidBar);
        else Context.Account.Note("empty bid sides");
        if (ask == Side.Read) Store(_asks, BarSource.Ask, end, askBar);
        else Context.Account.Note("empty ask sides");
        _lastStart = start;
        return RowOutcome.Stored;
    }

    private void Store(SeriesBuffer series, BarSource source, Timestamp end, in Bar read)
    {
        ref Bar bar = ref series.Next(PartitionOf(_date), EventKind.Bar, end, end).Bar;
        bar.Header.Detail = _interval.WithSource(source).Packed;
        bar.Open = read.Open;
        bar.High = read.High;
        bar.Low = read.Low;
        bar.Close = read.Close;
        bar.Volume = read.Volume;
    }

    private Side ReadSide(ReadOnlySpan<byte> line, int first, bool hasVolume, out Bar bar)
    {
        bar = default;
        int empty = 0;
        for (int i = 0; i < 4; i++) empty += Fields.Of(line, first + i).IsEmpty ? 1 : 0;
        if (hasVolume && !Fields.Of(line, first + 4).IsEmpty && !TryReadSize(Fields.Of(line, first + 4), out bar.Volume)) return Side.Wrong;
        if (empty == 4) return Side.Empty;
        bool isRead = empty == 0
            && TryReadPrice(Fields.Of(line, first), out bar.Open) && TryReadPrice(Fields.Of(line, first + 1), out bar.High)
            && TryReadPrice(Fields.Of(line, first + 2), out bar.Low) && TryReadPrice(Fields.Of(line, first + 3), out bar.Close);
        if (!isRead) return Side.Wrong;
        if (bar.Open.Raw == 0 && bar.High.Raw == 0 && bar.Low.Raw == 0 && bar.Close.Raw == 0) return Side.Empty;
        bool isAround = bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close;
        return isAround && !IsImpossible(bar.Low) ? Side.Read : Side.Wrong;
    }

    /// <summary>Intraday: milliseconds of the file's day. Hourly and daily: <c>yyyyMMdd HH:mm</c>; a day ends at its zone's next midnight.</summary>
    private string? ReadStart(ReadOnlySpan<byte> text, out Timestamp start, out Timestamp end)
    {
        end = default;
        _date = Partition;
        if (Context.File.IsIntraday)
        {
            string? reason = ReadTime(text, _lastStart, out start);
            end = start + _interval.Nanoseconds;
            return reason;
        }

        start = default;
        bool isTime = DateTime.TryParseExact(
            System.Text.Encoding.UTF8.GetString(text), "yyyyMMdd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall);
        if (!isTime || wall.Year is < 1900 or > 2200) return "the time is not yyyyMMdd HH:mm";
        _date = DateOnly.FromDateTime(wall);
        long nanoseconds = MidnightOf(_date) + (wall.TimeOfDay.Ticks * 100);
        if (!Context.Clock.TryToUtc(nanoseconds, _lastStart, out start)) return $"the time does not exist in {Context.Clock.Zone.Id}";
        end = start + _interval.Nanoseconds;
        if (_interval.Unit == BarUnit.Day && Context.Clock.TryToUtc(nanoseconds + Timestamp.NanosecondsPerDay, start, out Timestamp next)) end = next;
        return null;
    }

    /// <summary>A year of hourly or daily bars shares a file.</summary>
    private DateOnly PartitionOf(DateOnly date) => Context.File.IsIntraday ? date : new(date.Year, 1, 1);

    private static BarInterval IntervalOf(LeanResolution resolution) => BarInterval.Create(1, resolution switch
    {
        LeanResolution.Second => BarUnit.Second,
        LeanResolution.Minute => BarUnit.Minute,
        LeanResolution.Hour => BarUnit.Hour,
        _ => BarUnit.Day,
    });
}
