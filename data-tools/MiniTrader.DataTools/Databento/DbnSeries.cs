using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// The events of one instrument id of one publisher, over all files of an import: a book goes on where the file before left it.
/// Lives for one import; one thread.
/// </summary>
/// <param name="sink">Takes the events.</param>
/// <param name="instrument">Whose they are.</param>
/// <param name="account">Of the file that is read.</param>
/// <param name="blockRows">Most events of one kind that wait to be handed on together.</param>
internal sealed class DbnSeries(IEventSink sink, Instrument instrument, FileAccount account, int blockRows)
{
    /// <summary>The year 2200: a later time is damage.</summary>
    private const ulong MaxTime = 7_258_118_400UL * Timestamp.NanosecondsPerSecond;

    private const int Depth = 10;
    private const string MixedBook = "one instrument's book is made either of orders (mbo) or of depth (mbp-10); import one of them";

    private readonly MarketEvent[] _made = new MarketEvent[MboBook.MaxDeltas];
    private readonly List<(OrderSide Side, long Price, long Size)> _depth = [];
    private readonly PriceLevels _orderLevels = new();
    private readonly SeriesBuffer _quotes = new(sink, instrument, account, blockRows);
    private readonly SeriesBuffer?[] _bars = new SeriesBuffer?[4];
    private readonly SeriesBuffer _status = new(sink, instrument, account, blockRows);
    private readonly DbnTrades _trades = new(new(sink, instrument, account, blockRows));
    private MboBook? _orders;
    private DeltaWriter? _deltas;
    private LevelWriter? _levels;
    private (Price, Price, Quantity, Quantity) _lastQuote;
    private bool _hasQuote;

    public Instrument Instrument { get; } = instrument;

    /// <summary>The file whose events are counted.</summary>
    public FileAccount Account
    {
        get => _quotes.Account;
        set
        {
            _quotes.Account = _status.Account = _trades.Buffer.Account = value;
            foreach (SeriesBuffer? bars in _bars) bars?.Account = value;
            _deltas?.Buffer.Account = value;
            _levels?.Deltas.Buffer.Account = value;
        }
    }

    /// <summary>The time by which a record is ordered; null when it is undefined or beyond the year 2200.</summary>
    public static Timestamp? TimeOf(ReadOnlySpan<byte> record)
    {
        DbnType type = (DbnType)record[1];
        ulong time = type switch
        {
            DbnType.Mbo => DbnReader.As<DbnMboRecord>(record).ReceivedTime,
            DbnType.Status => DbnReader.As<DbnStatusRecord>(record).ReceivedTime,
            DbnType.Ohlcv1S or DbnType.Ohlcv1M or DbnType.Ohlcv1H or DbnType.Ohlcv1D => DbnReader.As<DbnHeader>(record).EventTime,
            _ => DbnReader.As<DbnPriceRecord>(record).ReceivedTime,
        };
        return time < MaxTime ? new Timestamp((long)time) : null;
    }

    public RowOutcome Store(ReadOnlySpan<byte> record, Timestamp time) => (DbnType)record[1] switch
    {
        DbnType.Mbo => StoreOrder(DbnReader.As<DbnMboRecord>(record), time),
        DbnType.Trade => StoreTrade(DbnReader.As<DbnPriceRecord>(record), time),
        DbnType.Mbp10 => StoreDepth(record, time),
        DbnType.Ohlcv1S or DbnType.Ohlcv1M or DbnType.Ohlcv1H or DbnType.Ohlcv1D => StoreBar(DbnReader.As<DbnBarRecord>(record), time),
        DbnType.Status => StoreStatus(DbnReader.As<DbnStatusRecord>(record), time),
        _ => StoreQuote(record, time),
    };

    public void Flush()
    {
        _quotes.Flush();
        _trades.Flush();
        foreach (SeriesBuffer? bars in _bars) bars?.Flush();
        _status.Flush();
        _deltas?.Flush();
        _levels?.Flush();
    }

    private RowOutcome StoreOrder(in DbnMboRecord record, Timestamp time)
    {
        if (_levels is not null) return RowOutcome.Refused(MixedBook);
        _deltas ??= new(new(sink, Instrument, Account));
        if (_deltas.IsBefore(time) || _trades.IsBefore(time))
        {
            if ((record.Flags & (byte)DbnFlags.BadReceivedTime) == 0) return GoesBack();
            Account.Note("received times that are marked as bad and went back, moved to the record before");
            DbnMboRecord lifted = record;
            lifted.ReceivedTime = (ulong)Timestamp.Max(_deltas.Last, _trades.Last).Nanoseconds;
            return StoreOrder(lifted, new((long)lifted.ReceivedTime));
        }

        _orders ??= new(_orderLevels);
        MboOutcome outcome = _orders.Read(record, _made, out int count);
        for (int i = 0; i < count; i++) _deltas.Add(_made[i]);
        bool isLast = (record.Flags & (byte)DbnFlags.Last) != 0;
        if (record.Header.EventTime > record.ReceivedTime) Account.Note("events that happened after they were received: their venue time is the received time");
        if (outcome == MboOutcome.StoredUnknown) Account.Note("modifications of orders that were not in the book, which add them");
        if (outcome == MboOutcome.StoredInPart) Account.Note("fills of more than the order displayed, as of icebergs");
        RowOutcome row = outcome == MboOutcome.Trade ? _trades.Store(record, time) : outcome.ToRow();
        if (outcome == MboOutcome.FillElsewhere) _trades.SeeFill(_orders.SideOf(record.OrderId));
        if (!isLast) return row;
        _deltas.EndPacket();
        _trades.EndEvent();
        if (count > 0 && _orderLevels.IsCrossed) Account.Note("events that leave the book crossed, as before an auction");
        return row;
    }

    private RowOutcome StoreTrade(in DbnPriceRecord record, Timestamp time) =>
        _trades.IsBefore(time) ? GoesBack() : _trades.Store(record, VenueTimeOf(record.Header.EventTime, time), time);

    private RowOutcome StoreQuote(ReadOnlySpan<byte> bytes, Timestamp time)
    {
        ref readonly DbnPriceRecord record = ref DbnReader.As<DbnPriceRecord>(bytes);
        ref readonly DbnLevel level = ref DbnReader.As<DbnLevel>(bytes[DbnPriceRecord.Size..]);
        if (_quotes.IsBefore(time) || _trades.IsBefore(time)) return GoesBack();

        // A sample of an interval is as of its end; its event time is that of the last trade.
        bool isSample = (DbnType)record.Header.Type is DbnType.Bbo1S or DbnType.Bbo1M or DbnType.Cbbo1S or DbnType.Cbbo1M;
        Timestamp venueTime = isSample ? time : VenueTimeOf(record.Header.EventTime, time);
        bool isTrade = !isSample && record.Action == 'T';
        if (isTrade && _trades.Store(record, venueTime, time) is { Fate: RowFate.Refused } refused) return refused;
        bool hasBid = level.Bid != DbnFormat.UndefinedPrice && level.BidSize > 0, hasAsk = level.Ask != DbnFormat.UndefinedPrice && level.AskSize > 0;
        (Price, Price, Quantity, Quantity) made = (
            new(hasBid ? level.Bid : 0), new(hasAsk ? level.Ask : 0), Quantity.FromUnits(hasBid ? level.BidSize : 0), Quantity.FromUnits(hasAsk ? level.AskSize : 0));
        if (isTrade && _hasQuote && made == _lastQuote) return RowOutcome.Stored;
        (_lastQuote, _hasQuote) = (made, true);
        if (!hasBid && !hasAsk) Account.Note("quotes of which neither side is there");
        ref QuoteTick quote = ref _quotes.Next(time.Date, EventKind.Quote, venueTime, time).Quote;
        (quote.Bid, quote.Ask, quote.BidSize, quote.AskSize) = made;
        quote.Sequence = record.Sequence;
        QuoteCheck.Note(Account, quote);
        return RowOutcome.Stored;
    }

    /// <summary>A record holds the whole depth; the deltas are what changed since the record before.</summary>
    private RowOutcome StoreDepth(ReadOnlySpan<byte> bytes, Timestamp time)
    {
        ref readonly DbnPriceRecord record = ref DbnReader.As<DbnPriceRecord>(bytes);
        if (_deltas is not null) return RowOutcome.Refused(MixedBook);
        bool isFirst = _levels is null;
        _levels ??= new(sink, Instrument, Account);
        if (_levels.Deltas.IsBefore(time) || _trades.IsBefore(time)) return GoesBack();
        Timestamp venueTime = VenueTimeOf(record.Header.EventTime, time);
        if (record.Action == 'T' && _trades.Store(record, venueTime, time) is { Fate: RowFate.Refused } refused) return refused;
        _depth.Clear();
        ReadOnlySpan<DbnLevel> levels = MemoryMarshal.Cast<byte, DbnLevel>(bytes[DbnPriceRecord.Size..])[..Depth];
        foreach (ref readonly DbnLevel level in levels)
        {
            if (level.Bid != DbnFormat.UndefinedPrice && level.BidSize > 0) _depth.Add((OrderSide.Buy, level.Bid, Quantity.FromUnits(level.BidSize).Raw));
        }

        foreach (ref readonly DbnLevel level in levels)
        {
            if (level.Ask != DbnFormat.UndefinedPrice && level.AskSize > 0) _depth.Add((OrderSide.Sell, level.Ask, Quantity.FromUnits(level.AskSize).Raw));
        }

        _levels.Begin(venueTime, time, record.Sequence, isFirst);
        if (isFirst) _levels.Clear();
        _levels.Replace(CollectionsMarshal.AsSpan(_depth));
        bool isTrade = record.Action == 'T';
        if (_levels.Written == 0 && !isTrade) return RowOutcome.LeftOut("nothing of the ten levels changed");
        if (isFirst || (record.Flags & (byte)DbnFlags.Last) != 0) _levels.End();
        return RowOutcome.Stored;
    }

    private RowOutcome StoreBar(in DbnBarRecord record, Timestamp start)
    {
        BarInterval interval = BarInterval.Create(1, (DbnType)record.Header.Type switch
        {
            DbnType.Ohlcv1S => BarUnit.Second,
            DbnType.Ohlcv1M => BarUnit.Minute,
            DbnType.Ohlcv1H => BarUnit.Hour,
            _ => BarUnit.Day,
        });
        if (record.Open == DbnFormat.UndefinedPrice || record.High == DbnFormat.UndefinedPrice || record.Low == DbnFormat.UndefinedPrice || record.Close == DbnFormat.UndefinedPrice)
            return RowOutcome.Refused("a price is undefined");
        if (record.Low > Math.Min(record.Open, record.Close) || record.High < Math.Max(record.Open, record.Close)) return RowOutcome.Refused("high and low are not around open and close");
        if (record.Volume > long.MaxValue / FixedPoint.One) return RowOutcome.Refused("the volume is beyond 9.2 billion");
        Timestamp end = start + interval.Nanoseconds;
        SeriesBuffer bars = _bars[(int)interval.Unit] ??= new(sink, Instrument, Account);
        if (bars.IsBefore(end)) return GoesBack();

        // A bar belongs to the day that it started in; a year of hourly or daily bars shares a file.
        DateOnly date = interval.Nanoseconds >= Timestamp.NanosecondsPerHour ? new(start.Date.Year, 1, 1) : start.Date;
        ref Bar bar = ref bars.Next(date, EventKind.Bar, end, end).Bar;
        bar.Header.Detail = interval.Packed;
        (bar.Open, bar.High, bar.Low, bar.Close) = (new(record.Open), new(record.High), new(record.Low), new(record.Close));
        bar.Volume = Quantity.FromUnits((long)record.Volume);
        return RowOutcome.Stored;
    }

    private RowOutcome StoreStatus(in DbnStatusRecord record, Timestamp time)
    {
        MarketStatus? status = record.Action switch
        {
            1 or 2 or 3 => MarketStatus.PreOpen,
            4 or 5 => MarketStatus.OpeningAuction,
            7 => MarketStatus.Open,
            8 or 9 or 10 => MarketStatus.Halted,
            11 => MarketStatus.ClosingAuction,
            12 or 13 or 15 => MarketStatus.Closed,
            0 or 6 or 14 => null,
            _ => MarketStatus.Unknown,
        };
        if (status is null) return RowOutcome.LeftOut("status that does not change the market's state");
        if (status == MarketStatus.Unknown) return RowOutcome.Refused("the status action is unknown");
        if (_status.IsBefore(time)) return GoesBack();
        _status.Next(time.Date, EventKind.Status, VenueTimeOf(record.Header.EventTime, time), time).Status.Status = status.Value;
        return RowOutcome.Stored;
    }

    private Timestamp VenueTimeOf(ulong eventTime, Timestamp receivedTime)
    {
        if (eventTime <= (ulong)receivedTime.Nanoseconds) return new((long)eventTime);
        Account.Note("events that happened after they were received: their venue time is the received time");
        return receivedTime;
    }

    private static RowOutcome GoesBack() => RowOutcome.Refused("its time is before the record above");
}
