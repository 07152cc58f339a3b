using System.Numerics;
using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Feeds;

/// <summary>
/// The events of a <see cref="GeneratedMarket"/> in strictly ascending time. One thread at a time; all memory is taken in the
/// constructor and filling allocates nothing. What comes out does not depend on how many events are asked for at a time.
/// <para>
/// A common factor and a mean-reverting deviation of each instrument move the value behind its quotes; the minute's volatility
/// (GARCH and storms) and the U-shaped activity of the day scale them. Quotes follow the value by whole ticks, trades print at
/// the displayed quote and use up its size. Arithmetic is integer or IEEE 754 basic, so every machine gives the same bytes.
/// </para>
/// </summary>
public sealed class GeneratedFeed : IFeed
{
    /// <summary>Tick of every generated instrument: 0.01.</summary>
    internal const long TickRaw = FixedPoint.One / 100;

    private const int MaxSpreadTicks = 12;

    /// <summary>1 / sqrt(8): makes the number of set bits among 32, less 16, a unit normal deviate.</summary>
    private const double BitsScale = 0.35355339059327379;

    /// <summary>Mean square of the minutes' volatility: divides it out, so that a usual day has the volatility asked for.</summary>
    private const double MeanSquareVolatility = 1.6;

    /// <summary>The own deviation halves about eight times a day.</summary>
    private const double OwnReversionPerDay = 5.5;
    private const double OvernightShare = 0.5;
    private const double LowestFactor = 0.25;
    private const double HighestFactor = 20.0;
    private const double WidestOwn = 0.4;

    private readonly GeneratedMarket _market;
    private readonly ActivityCurve _curve = new();
    private readonly GeneratedBook[] _books;
    private readonly double _commonDeviation;
    private readonly double _ownDeviation;
    private readonly uint _tradeThreshold;

    private SeededRandom _random;
    private double _factor = 1.0;
    private int _day = -1;
    private int _minute = GeneratedMarket.SessionMinutes;
    private long _rowsLeftInMinute;
    private long _time;
    private long _minuteEnd;
    private double _commonStep, _ownStep, _ownMemory, _volatility;
    private double _commonStepOfDay, _ownStepOfDay;

    internal GeneratedFeed(GeneratedMarket market)
    {
        _market = market;
        GeneratedMarketOptions options = market.Options;
        _random = new(options.Seed);
        double scale = options.DailyVolatility / Math.Sqrt(MeanSquareVolatility);
        _commonDeviation = scale * Math.Sqrt(options.Correlation);
        _ownDeviation = scale * Math.Sqrt(1.0 - options.Correlation);
        _tradeThreshold = (uint)(options.TradeShare * 65_536.0);
        _books = new GeneratedBook[options.Instruments];
        for (int i = 0; i < _books.Length; i++)
        {
            _books[i].BaseTicks = 2_000 + _random.NextInt64(30_000);
            _books[i].Beta = 0.8 + (0.4 * _random.NextDouble());
        }

        AdvanceMinute();
    }

    /// <summary>The instruments that the events' indices refer to.</summary>
    public InstrumentTable Instruments => _market.Instruments;

    public bool IsFinished => _day >= _market.Days;

    public int Fill(Span<MarketEvent> slots)
    {
        int count = 0;
        while (count < slots.Length && !IsFinished)
        {
            int batch = (int)Math.Min(slots.Length - count, _rowsLeftInMinute);
            WriteRows(slots.Slice(count, batch));
            count += batch;
            if (_rowsLeftInMinute == 0) AdvanceMinute();
        }

        return count;
    }

    public void Dispose()
    {
    }

    private void WriteRows(Span<MarketEvent> slots)
    {
        SeededRandom random = _random;
        for (int i = 0; i < slots.Length; i++)
        {
            ulong moves = random.NextUInt64();
            ulong when = random.NextUInt64();
            ulong choices = random.NextUInt64();
            AdvanceTime((uint)(when >> 32));
            int index = (int)(((uint)when * (ulong)_books.Length) >> 32);
            WriteRow(ref slots[i], index, ref _books[index], moves, choices);
        }

        _random = random;
    }

    /// <summary>A skewed random gap: many events close together, then a pause, as in real tapes. At least one nanosecond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AdvanceTime(uint random)
    {
        double u = random * (1.0 / 4_294_967_296.0);
        long rows = _rowsLeftInMinute--;
        double share = rows < 4 ? u / rows : 4.0 * u * u * u / (rows + 3);
        _time += 1 + (long)((_minuteEnd - _time - rows) * share);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteRow(ref MarketEvent slot, int index, ref GeneratedBook book, ulong moves, ulong choices)
    {
        double common = (BitOperations.PopCount((uint)moves) - 16) * BitsScale;
        double own = (BitOperations.PopCount((uint)(moves >> 32)) - 16) * BitsScale;
        _factor = Math.Clamp(_factor * (1.0 + (common * _commonStep)), LowestFactor, HighestFactor);
        book.Own = Math.Clamp((book.Own * _ownMemory) + (own * _ownStep), -WidestOwn, WidestOwn);
        double valueTicks = book.BaseTicks * (1.0 + (book.Beta * (_factor - 1.0))) * (1.0 + book.Own);

        slot = default;
        slot.Header.VenueTime = new(_time);
        slot.Header.ReceivedTime = new(_time);
        slot.Header.Instrument = new(index);
        slot.Header.Flags = EventFlags.ForBoth;
        book.Sequence++;
        if (book.IsQuoted && (choices & 0xFFFF) < _tradeThreshold) WriteTrade(ref slot.Trade, ref book, valueTicks, choices);
        else WriteQuote(ref slot.Quote, ref book, valueTicks, choices);
    }

    private void WriteQuote(ref QuoteTick quote, ref GeneratedBook book, double valueTicks, ulong choices)
    {
        bool isOutside = valueTicks < book.BidTicks || valueTicks > book.BidTicks + book.SpreadTicks;
        if (isOutside || !book.IsQuoted || (choices & 0xF0000) == 0)
        {
            // Half the draws give the tightest spread; the tail widens with the minute's volatility.
            int tail = BitOperations.TrailingZeroCount((uint)(choices >> 48) | 0x1_0000u);
            book.SpreadTicks = Math.Min(MaxSpreadTicks, 1 + (int)(tail * _volatility * 0.6));
            book.BidTicks = Math.Max(1, (long)(valueTicks - ((book.SpreadTicks - 1) * 0.5)));
            book.BidSize = DisplayedSize((uint)(choices >> 32));
            book.AskSize = DisplayedSize((uint)(choices >> 40));
            book.IsQuoted = true;
        }
        else if ((choices & 0x10_0000) == 0) book.BidSize = DisplayedSize((uint)(choices >> 32));
        else book.AskSize = DisplayedSize((uint)(choices >> 40));

        quote.Header.Kind = EventKind.Quote;
        quote.Bid = new(book.BidTicks * TickRaw);
        quote.Ask = new((book.BidTicks + book.SpreadTicks) * TickRaw);
        quote.BidSize = Quantity.FromUnits(book.BidSize);
        quote.AskSize = Quantity.FromUnits(book.AskSize);
        quote.Sequence = book.Sequence;
    }

    /// <summary>Buyers are the likelier the nearer the value is to the ask; the size is at most what is displayed.</summary>
    private static void WriteTrade(ref TradeTick trade, ref GeneratedBook book, double valueTicks, ulong choices)
    {
        double place = Math.Clamp((valueTicks - book.BidTicks) / book.SpreadTicks, 0.0, 1.0);
        bool isBuy = ((choices >> 16) & 0xFFFF) < 65_536.0 * (0.25 + (0.5 * place));
        int wanted = TradedSize((uint)(choices >> 32));
        int size = Math.Min(wanted, isBuy ? book.AskSize : book.BidSize);
        if (isBuy) book.AskSize -= size;
        else book.BidSize -= size;
        if (book.AskSize == 0 || book.BidSize == 0) book.IsQuoted = false;

        trade.Header.Kind = EventKind.Trade;
        trade.Price = new((isBuy ? book.BidTicks + book.SpreadTicks : book.BidTicks) * TickRaw);
        trade.Size = Quantity.FromUnits(size);
        trade.TradeId = ++book.Trades;
        trade.Aggressor = isBuy ? AggressorSide.Buyer : AggressorSide.Seller;
        trade.Sequence = book.Sequence;
    }

    /// <summary>100 to 3,200 shares in hundreds; large sizes are rare.</summary>
    private static int DisplayedSize(uint random) =>
        (int)(1 + (random & 7)) * 100 << BitOperations.TrailingZeroCount(((random >> 3) & 3) | 4);

    /// <summary>Half are odd lots of 1 to 64 shares, half are 100 to 800.</summary>
    private static int TradedSize(uint random) =>
        (random & 1) == 0 ? (int)(1 + ((random >> 1) & 63)) : 100 << BitOperations.TrailingZeroCount(((random >> 1) & 7) | 8);

    private void AdvanceMinute()
    {
        do
        {
            if (++_minute >= GeneratedMarket.SessionMinutes && !TryStartDay()) return;
            _rowsLeftInMinute = _curve.RowsOf(_minute);
        }
        while (_rowsLeftInMinute == 0);

        _time = _market.OpenOf(_day).Nanoseconds + (_minute * Timestamp.NanosecondsPerMinute);
        _minuteEnd = _time + Timestamp.NanosecondsPerMinute;
        _volatility = _curve.VolatilityOf(_minute);
        _commonStep = _commonStepOfDay * _volatility;
        _ownStep = _ownStepOfDay * _volatility;
    }

    private bool TryStartDay()
    {
        while (++_day < _market.Days && _market.RowsOf(_day) == 0)
        {
        }

        if (_day >= _market.Days) return false;
        long rows = _market.RowsOf(_day);
        double ownRows = Math.Max(1.0, (double)rows / _books.Length);
        _minute = 0;
        _curve.NextDay(rows, ref _random);
        _commonStepOfDay = _commonDeviation / Math.Sqrt(rows);
        _ownStepOfDay = _ownDeviation / Math.Sqrt(ownRows);
        _ownMemory = 1.0 - Math.Min(1.0, OwnReversionPerDay / ownRows);

        double overnight = (BitOperations.PopCount((uint)_random.NextUInt64()) - 16) * BitsScale;
        _factor = Math.Clamp(_factor * (1.0 + (overnight * OvernightShare * _commonDeviation)), LowestFactor, HighestFactor);
        for (int i = 0; i < _books.Length; i++) _books[i].IsQuoted = false;
        return true;
    }
}
