using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// All that the venue knows of one instrument: what its market shows and which of our orders work there. Owned by the venue,
/// engine thread only.
/// </summary>
internal sealed class Market
{
    /// <summary>How many lists <see cref="ListAt"/> knows.</summary>
    public const int Lists = 11;

    // By strategy. The reduce-only orders of one that is not among them are rejected.
    private readonly long[] _positions;

    private readonly bool _isFixed;

    /// <summary>
    /// Quote when a quote changes nothing but the two touches, because quotes match, no order works and none has used anything up;
    /// else no kind at all. One comparison with an event's kind answers both questions.
    /// </summary>
    public EventKind IdleKind;

    private const EventKind NeverIdle = (EventKind)byte.MaxValue;
    public Touch Bid;
    public Touch Ask;
    public Touch Last;
    public Timestamp QuoteTime = Timestamp.MinValue;
    public Timestamp TradeTime = Timestamp.MinValue;

    public OrderList Buys = new();
    public OrderList Sells = new();
    public OrderList BuyStops = new();
    public OrderList SellStops = new();
    public OrderList BuyTouches = new();
    public OrderList SellTouches = new();
    public OrderList Trails = new();
    public OrderList Auctions = new();
    public OrderList Held = new();
    public OrderList Released = new();
    public OrderList Waiting = new();

    /// <summary>The price of the trade before the last one.</summary>
    public long PreviousLast;

    /// <summary>The last trade while the market was open, which stands for a closing auction that the data does not show.</summary>
    public long SessionLast;
    public Timestamp SessionLastTime = Timestamp.MinValue;
    public Timestamp PreviousTradeTime = Timestamp.MinValue;

    /// <summary>True once the data has shown an auction print.</summary>
    public bool HasAuctions;

    public Market(InstrumentId id, Instrument instrument, VenueOptions options, int currencyIndex, int strategies)
    {
        _positions = new long[strategies];
        MatchSource match = options.Match;
        Id = id;
        CurrencyIndex = currencyIndex;
        Volume = options.Slippage.NeedsVolume ? new DayVolume() : null;
        Tick = instrument.TickSize.Raw;
        Lot = instrument.LotSize.Raw;
        Multiplier = instrument.Multiplier;
        MayBeNegative = instrument.MayBeNegative;
        Expiry = instrument.Expiry ?? Timestamp.MaxValue;
        Hours = new MarketHours(instrument.Sessions);
        Driver = match;
        _isFixed = match != MatchSource.Auto;
        Refresh();
    }

    public InstrumentId Id { get; }

    public long Tick { get; }

    public long Lot { get; }

    public decimal Multiplier { get; }

    /// <summary>As <see cref="Instrument.MayBeNegative"/>.</summary>
    public bool MayBeNegative { get; }

    /// <summary>When the instrument ends, "never" for most: orders that work end with it, later ones are rejected.</summary>
    public Timestamp Expiry { get; }

    /// <summary>Which of the session's currencies it is paid in.</summary>
    public int CurrencyIndex { get; }

    /// <summary>What was traded in a day; null unless the slippage model asks.</summary>
    public DayVolume? Volume { get; }

    public MarketHours Hours { get; }

    public BarTape Bars { get; } = new();

    /// <summary>What matches orders now; <see cref="MatchSource.Auto"/> until the market showed anything.</summary>
    public MatchSource Driver { get; private set; }

    /// <summary>The book at venue time, once the data has shown one that matches orders; it then drives.</summary>
    public MarketBook? Book { get; private set; }

    /// <summary>How many of our orders work here.</summary>
    public int Working { get; private set; }

    /// <summary>Ask − bid where quotes or a book match and both sides are quoted, else zero.</summary>
    public long Spread => Driver is > MatchSource.Auto and <= MatchSource.Quotes && Bid.Size > 0 && Ask.Size > 0 ? Ask.Price - Bid.Price : 0;

    /// <summary>How many of them may only reduce a position, and how many follow a price in the book.</summary>
    public int ReduceOnly { get; private set; }

    public int Pegs { get; private set; }

    /// <summary>Counts an order in (+1) or out (−1).</summary>
    public void Count(in WorkingOrder order, int change)
    {
        Working += change;
        if (order.IsReduceOnly) ReduceOnly += change;
        if (order.IsPegged) Pegs += change;
        Refresh();
    }

    /// <summary>What a strategy has bought less what it has sold here, in raw units.</summary>
    public long PositionOf(StrategyId strategy) => KnowsPositionOf(strategy) ? _positions[strategy.Index] : 0;

    public bool KnowsPositionOf(StrategyId strategy) => strategy.Index < _positions.Length;

    /// <summary>Makes each position that of after a split, in whole lots.</summary>
    public void SplitPositions(long newUnits, long oldUnits)
    {
        foreach (ref long position in _positions.AsSpan())
        {
            position = (long)((Int128)position * newUnits / oldUnits);
            position -= position % Lot;
        }
    }

    public void AddToPosition(StrategyId strategy, long quantity)
    {
        if (KnowsPositionOf(strategy)) _positions[strategy.Index] += quantity;
    }

    /// <summary>Notes that the market shows this kind of data; the finest kind drives unless the options say which.</summary>
    public void Observe(MatchSource source)
    {
        if (!_isFixed && (Driver == MatchSource.Auto || source < Driver)) Driver = source;
        Refresh();
    }

    /// <summary>Takes a book that matches orders from now on.</summary>
    public MarketBook Open(MarketBook book, MatchSource source)
    {
        // What fills use up of a book is kept level by level, beside it.
        Book = book;
        Bid.Replace(Bid.Price, Bid.Size);
        Ask.Replace(Ask.Price, Ask.Size);
        Observe(source);
        return book;
    }

    /// <summary>
    /// Brings the two touches up to the book; true when one of them is new. While nothing of ours works here they are left behind.
    /// </summary>
    public bool ShowBook()
    {
        if (Book is not { } book) return false;
        ref readonly TopOfBook top = ref book.Depth.Top;
        bool isNewBid = Bid.Show(top.Bid.Raw, top.BidSize.Raw);
        return Ask.Show(top.Ask.Raw, top.AskSize.Raw) || isNewBid;
    }

    /// <summary>Brings the two touches up to the book where nobody asks whether they are new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KeepTouches(in TopOfBook top)
    {
        Bid.Price = top.Bid.Raw;
        Bid.Size = top.BidSize.Raw;
        Ask.Price = top.Ask.Raw;
        Ask.Size = top.AskSize.Raw;
    }

    /// <summary>Brings the sizes of the two touches up to a book whose best prices they show already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KeepSizes(in TopOfBook top)
    {
        Bid.Size = top.BidSize.Raw;
        Ask.Size = top.AskSize.Raw;
    }

    /// <summary>True while an order of ours waits for prices other than in the book: for a market, a trigger, or what it is pegged to.</summary>
    public bool HasFollowers
    {
        // No list is -1, all bits set.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Waiting.Head & BuyStops.Head & SellStops.Head & BuyTouches.Head & SellTouches.Head & Trails.Head) != OrderPool.None || Pegs != 0;
    }

    /// <summary>What a taker of this side meets: the opposite quote, or the last trade.</summary>
    public ref Touch TouchFor(OrderSide side)
    {
        if (Driver == MatchSource.Trades) return ref Last;
        if (side == OrderSide.Buy) return ref Ask;
        return ref Bid;
    }

    /// <summary>True when a taker of this side finds a price that is not stale; never for bars, whose prices are past when they come.</summary>
    public bool HasTouch(OrderSide side, Timestamp now, long staleAfter)
    {
        if (Driver is MatchSource.Auto or MatchSource.Bars || !Hours.IsTrading(now)) return false;
        Timestamp seen = Driver == MatchSource.Trades ? TradeTime : QuoteTime;
        if (seen == Timestamp.MinValue || seen < Hours.FreshSince(now)) return false;
        return TouchFor(side).Size > 0 && (staleAfter == 0 || now - seen <= staleAfter);
    }

    /// <summary>The quantity ahead of an order that joins its own side at <paramref name="limit"/>.</summary>
    public long AheadAt(OrderSide side, long limit, long unknown, Timestamp now)
    {
        if (Book is { } book) return book.IsRebuilding ? QueueModel.UnknownAhead : book.Depth.SizeAt(side, new(limit)).Raw;
        if (Driver != MatchSource.Quotes) return unknown;
        if (QuoteTime == Timestamp.MinValue || QuoteTime < Hours.FreshSince(now)) return QueueModel.UnknownAhead;
        ref Touch own = ref Bid;
        if (side == OrderSide.Sell) own = ref Ask;
        long better = (limit - own.Price) * (side == OrderSide.Buy ? 1 : -1);
        if (own.Size <= 0 || better > 0) return 0;
        return better == 0 ? own.Size : QueueModel.UnknownAhead;
    }

    /// <summary>
    /// The most that can be ahead of an order that rests at <paramref name="limit"/>: what is displayed there, and no bound where the market does not
    /// show that price.
    /// </summary>
    public long MostAhead(OrderSide side, long limit)
    {
        if (Book is { } book)
        {
            if (book.IsRebuilding) return long.MaxValue;
            long displayed = book.Depth.SizeAt(side, new(limit)).Raw;
            return displayed == 0 && book.IsInPart ? long.MaxValue : displayed;
        }

        ref readonly Touch own = ref Bid;
        if (side == OrderSide.Sell) own = ref Ask;
        return Driver == MatchSource.Quotes && own.Size > 0 && own.Price == limit ? own.Size : long.MaxValue;
    }

    /// <summary>
    /// The lists in the order in which mass cancels and expiries go through them: those that wait, buys, sells, stops, if-touched orders,
    /// trailing stops, those for an auction, children.
    /// </summary>
    public ref OrderList ListAt(int number)
    {
        switch (number)
        {
            case 0: return ref Waiting;
            case 1: return ref Buys;
            case 2: return ref Sells;
            case 3: return ref BuyStops;
            case 4: return ref SellStops;
            case 5: return ref BuyTouches;
            case 6: return ref SellTouches;
            case 7: return ref Trails;
            case 8: return ref Auctions;
            case 9: return ref Held;
            default: return ref Released;
        }
    }

    public ref OrderList ListOf(in WorkingOrder order)
    {
        bool isBuy = order.Side == OrderSide.Buy;
        switch (order.Place)
        {
            case OrderPlace.Book when isBuy: return ref Buys;
            case OrderPlace.Book: return ref Sells;
            case OrderPlace.Stop when isBuy: return ref BuyStops;
            case OrderPlace.Stop: return ref SellStops;
            case OrderPlace.Touch when isBuy: return ref BuyTouches;
            case OrderPlace.Touch: return ref SellTouches;
            case OrderPlace.Trail: return ref Trails;
            case OrderPlace.Auction: return ref Auctions;
            case OrderPlace.Held: return ref Held;
            case OrderPlace.Released: return ref Released;
            default: return ref Waiting;
        }
    }

    /// <summary>True for a price at which the instrument can trade; see <see cref="Instrument.MayBeNegative"/>.</summary>
    public bool CanTradeAt(long price) => new Price(price).IsPossible(MayBeNegative);

    /// <summary>True for what one side of a quote can say: nobody, or a size at a price at which the instrument can trade.</summary>
    public bool CanBeQuoted(long price, long size) => QuoteTick.CanShow(new(price), new(size), MayBeNegative);

    /// <summary>
    /// An idle market shows quotes without a look at them. Before the first order meets it, what cannot be is forgotten with the whole quote,
    /// as if none had come yet; true when it was.
    /// </summary>
    public bool ForgetBadQuote()
    {
        if (IdleKind != EventKind.Quote || (CanBeQuoted(Bid.Price, Bid.Size) && CanBeQuoted(Ask.Price, Ask.Size))) return false;
        Bid.Replace(0, 0);
        Ask.Replace(0, 0);
        QuoteTime = Timestamp.MinValue;
        return true;
    }

    /// <summary>The largest multiple of the lot that is not above a quantity.</summary>
    public long FloorToLot(long quantity) => quantity - (quantity % Lot);

    /// <summary>What was shown says nothing any more; the next event shows the market anew.</summary>
    public void Forget()
    {
        Bid.Replace(0, 0);
        Ask.Replace(0, 0);
        Last.Replace(0, 0);
        Bars.Forget();
        Book?.Wake();
        QuoteTime = TradeTime = PreviousTradeTime = SessionLastTime = Timestamp.MinValue;
        Refresh();
    }

    /// <summary>Finds out anew whether the market is idle.</summary>
    public void Refresh() =>
        IdleKind = Working == 0 && Driver == MatchSource.Quotes && Bid.IsFresh && Ask.IsFresh ? EventKind.Quote : NeverIdle;
}
