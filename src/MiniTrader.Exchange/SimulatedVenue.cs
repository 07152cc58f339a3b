using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// A venue that exists only here: commands travel to it, meet the market that the data shows, and reports travel back, each after
/// its latency. Never re-entrant: <see cref="Submit"/> and <see cref="OnMarket"/> only change the venue's state; what follows comes
/// out of <see cref="TryTake"/>. Allocates nothing after its constructor. Owned by a session, engine thread only.
/// The conditions under which an order fills stand side by side in this project's README.
/// </summary>
public sealed class SimulatedVenue
{
    /// <summary>Strategies whose positions the venue knows where nothing else is said.</summary>
    public const int DefaultStrategies = 64;

    private readonly Floor _floor;
    private readonly Market[] _markets;
    private readonly CommandQueue _commands;
    private readonly ReportQueue _reports;
    private readonly ExpiryList _expiries;
    private readonly OrderEntry _entry;
    private readonly QuoteMatching _quotes;
    private readonly TradeMatching _trades;
    private readonly BarMatching _bars;
    private readonly CorporateActions _actions;

    // Instruments that end, soonest first.
    private readonly int[] _ending;
    private int _nextEnding;
    private readonly BookMatching _books;
    private Timestamp _nextDue = Timestamp.MaxValue;

    /// <param name="instruments">What trades here.</param>
    /// <param name="options">How the venue behaves.</param>
    /// <param name="strategies">Strategies whose positions it knows, from the first; the reduce-only orders of others are rejected (<see cref="ReasonCode.VenueCapacity"/>).</param>
    /// <exception cref="ArgumentException">An option is out of range; the sentence names its key.</exception>
    public SimulatedVenue(InstrumentTable instruments, VenueOptions options, int strategies = DefaultStrategies)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(strategies);
        ArgumentNullException.ThrowIfNull(instruments);
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Validated();
        Currency[] currencies = [.. instruments.Select(i => i.Currency).Distinct()];
        _floor = new Floor(options, currencies.Length);
        _reports = _floor.Reports;
        _expiries = _floor.Expiries;
        _commands = new CommandQueue(options);
        _markets = new Market[instruments.Count];
        for (int i = 0; i < _markets.Length; i++) _markets[i] = new Market(new(i), instruments[i], options, Array.IndexOf(currencies, instruments[i].Currency), strategies);
        TakerMatching takers = new(_floor);
        Followers followers = new(_floor, takers);
        AuctionMatching auctions = new(_floor);
        _quotes = new QuoteMatching(_floor, followers);
        _trades = new TradeMatching(_floor, followers, auctions);
        _bars = new BarMatching(_floor, takers, auctions);
        Books = new MarketBooks(instruments, new BookOptions { LevelCapacity = options.BookLevelCapacity, OrderCapacity = options.BookOrderCapacity });
        _books = new BookMatching(_floor, followers, Books);
        _actions = new CorporateActions(_floor);
        _ending = [.. Enumerable.Range(0, _markets.Length).Where(i => _markets[i].Expiry < Timestamp.MaxValue).OrderBy(i => _markets[i].Expiry).ThenBy(i => i)];
        _nextDue = NextEnd;
        _entry = new OrderEntry(_floor, _markets, new OrderJudge(_floor, _markets, takers), takers, _bars, followers, auctions);
    }

    public VenueOptions Options { get; }

    /// <summary>
    /// The books at venue time. Whoever sees each event at the same instant as the venue, and after it, may read these instead of keeping
    /// books of his own, where <see cref="KeepsAllBooks"/>.
    /// </summary>
    public MarketBooks Books { get; }

    /// <summary>True when the venue keeps a book of all data that has one; false when the options say that other data matches orders.</summary>
    public bool KeepsAllBooks => Options.Match == MatchSource.Auto;

    /// <summary>See <see cref="IVenue.NextDue"/>: a field, because the engine asks before every event.</summary>
    public Timestamp NextDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _nextDue;
    }

    /// <summary>
    /// Quotes, trades and bars that cannot be, which changed nothing: a size below zero, a price that the instrument cannot have, a bar whose prices are
    /// not within its range. Counted where they meet an order of ours: a quote of an idle market is shown unseen, and the first order that comes
    /// then finds such a one, counts it, and meets a market that shows nothing until the next quote. What book deltas get wrong is counted by
    /// <see cref="BookOf"/>.
    /// </summary>
    public long BadEvents => _floor.BadEvents;

    /// <summary>Orders that work at the venue now.</summary>
    public int WorkingOrders => _floor.Pool.Count;

    /// <summary>
    /// See <see cref="IVenue.Submit"/>. A new order or a replace is refused when three quarters of <see cref="VenueOptions.CommandCapacity"/>
    /// are used, or half of <see cref="VenueOptions.ReportCapacity"/> is by reports and the answers to come; a cancel only when the
    /// whole of one of them is, but for one report for each order that works or is on its way.
    /// </summary>
    public bool Submit(in OrderCommand command)
    {
        bool isCancel = command.Kind is CommandKind.Cancel or CommandKind.CancelAll;
        if (!_reports.HasRoom(_commands.Count, _floor.Pool.Count, isCancel) || !_commands.TryAdd(command, isCancel)) return false;
        _nextDue = Timestamp.Min(_nextDue, Timestamp.Min(_commands.NextDue, _commands.NextLost));
        return true;
    }

    /// <summary>
    /// See <see cref="IVenue.TryTake"/>. At one instant orders expire first, then commands arrive, then reports are heard: a session
    /// that closes at t is closed at t.
    /// </summary>
    public bool TryTake(Timestamp now, out ExecutionReport report)
    {
        while (_nextDue <= now && _nextDue != Timestamp.MaxValue)
        {
            Timestamp due = _nextDue;
            if (NextEnd == due)
            {
                _floor.Advance(due);
                _reports.Hurry(due);
                _entry.ExpireInstrument(_markets[_ending[_nextEnding++]]);
            }
            else if (_expiries.NextDue == due)
            {
                ExpireFirst(due);
            }
            else if (_commands.NextDue == due)
            {
                ref readonly OrderCommand command = ref _commands.Take(out _);
                _floor.Advance(due);
                _entry.OnArrival(command, _commands.HasMoreOf(command, due));
            }
            else if (_commands.NextLost == due)
            {
                _floor.Advance(due);
                _floor.RefuseLost(_commands.TakeLost());
            }
            else
            {
                _reports.Take(out report);
                FindNextDue();
                return true;
            }

            FindNextDue();
        }

        report = default;
        return false;
    }

    /// <summary>See <see cref="IVenue.OnMarket"/>. Matched at the event's due time; all that was due before it has been taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnMarket(in MarketEvent marketEvent)
    {
        Market market = _markets[marketEvent.Header.Instrument.Index];
        _floor.EventSequence++;
        if (marketEvent.Header.Kind == EventKind.BookDelta) return OnBook(market, marketEvent.BookDelta);
        if (marketEvent.Header.Kind == market.IdleKind)
        {
            ShowIdle(market, marketEvent, marketEvent.Header.DueTime);
            return false;
        }

        return OnMarketWithOrders(market, marketEvent);
    }

    /// <summary>See <see cref="IVenue.IsIdle"/>: nothing of ours works in the instrument and nothing that it shows is used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsIdle(InstrumentId instrument) => _markets[instrument.Index].IdleKind == EventKind.Quote;

    /// <summary>See <see cref="IVenue.OnQuietQuotes"/>.</summary>
    public void OnQuietQuotes(in MarketEvent last, int count)
    {
        _floor.EventSequence += count;
        ShowIdle(_markets[last.Header.Instrument.Index], last, last.Header.DueTime);
    }

    /// <summary>See <see cref="IVenue.TryQuietQuote"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuietQuote(in MarketEvent quote)
    {
        Market market = _markets[quote.Header.Instrument.Index];
        if (market.IdleKind != EventKind.Quote) return false;
        ShowIdle(market, quote, quote.Header.ReceivedTime);
        return true;
    }

    /// <summary>See <see cref="IVenue.IsQuietBook"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsQuietBook(InstrumentId instrument) => _markets[instrument.Index].Book is { Quiet: not null };

    /// <summary>See <see cref="IVenue.TryQuietBook"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuietBook(in BookDelta delta)
    {
        if (!_books.TryQuiet(_markets[delta.Header.Instrument.Index], delta)) return false;
        _floor.EventSequence++;
        return true;
    }

    /// <summary>See <see cref="IVenue.OnEnd"/>. Every order that works expires; commands still on their way are served, then expire.</summary>
    public void OnEnd(Timestamp time)
    {
        _floor.Advance(time);
        _entry.IsEnded = true;
        _entry.ExpireAll();
        FindNextDue();
    }

    /// <summary>
    /// The public quantity ahead of one of our resting orders at its price, by the queue model; own orders are not counted.
    /// <see cref="Quantity.MaxValue"/> when nobody has displayed that price yet. False when the order does not rest. This is the
    /// venue's knowledge now, without latency.
    /// </summary>
    public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead)
    {
        int index = _floor.Pool.Find(id);
        bool isResting = index != OrderPool.None && _floor.Pool[index].Place == OrderPlace.Book;
        ahead = isResting ? new(Floor.AheadOf(_markets[_floor.Pool[index].Instrument.Index], _floor.Pool[index])) : Quantity.Zero;
        return isResting;
    }

    /// <summary>Takes the memory of an instrument's book before its data begins; else its first delta does.</summary>
    public void OpenBook(InstrumentId instrument, bool isByOrder) => _books.Open(_markets[instrument.Index], isByOrder);

    /// <summary>The book that the venue keeps of an instrument, with what it counted; null until the data shows one. Only to be read.</summary>
    public DepthBook? BookOf(InstrumentId instrument) => _markets[instrument.Index].Book?.Depth;

    /// <summary>An instrument's market and our orders in it as lines of text, the highest price first. Allocates; for people and tests.</summary>
    public string Draw(InstrumentId instrument) => BookPicture.Draw(_markets[instrument.Index], _floor.Pool);

    /// <summary>Nothing of ours works and nothing is used up: the touches are all there is to keep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShowIdle(Market market, in MarketEvent quote, Timestamp time)
    {
        // The order of a quote's payload is bid, ask and their sizes; a side's price and size lie together here.
        Vector256<long> sides = Vector256.Shuffle(Unsafe.As<Price, Vector256<long>>(ref Unsafe.AsRef(in quote.Quote.Bid)), Vector256.Create(0L, 2, 1, 3));
        Unsafe.As<long, Vector128<long>>(ref market.Bid.Price) = sides.GetLower();
        Unsafe.As<long, Vector128<long>>(ref market.Ask.Price) = sides.GetUpper();
        market.QuoteTime = time;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool OnMarketWithOrders(Market market, in MarketEvent marketEvent)
    {
        if (!marketEvent.IsPossible(market.MayBeNegative))
        {
            _floor.BadEvents++;
            return false;
        }

        _floor.Advance(marketEvent.Header.DueTime);
        if (marketEvent.Header.Kind == EventKind.Quote && market.Working == 0)
        {
            // It brings back what our fills used up, and nothing can follow from it.
            _quotes.OnQuote(market, marketEvent.Quote);
            return false;
        }

        switch (marketEvent.Header.Kind)
        {
            case EventKind.Quote:
                _quotes.OnQuote(market, marketEvent.Quote);
                market.Refresh();
                break;
            case EventKind.Trade:
                _trades.OnTrade(market, marketEvent.Trade);
                market.Volume?.Add(_floor.Now, marketEvent.Trade.Size.Raw);
                break;
            case EventKind.Bar: _bars.OnBar(market, marketEvent.Bar); break;
            case EventKind.CorporateAction:
                _reports.Hurry(_floor.Now);
                _actions.OnAction(market, marketEvent.Action);
                break;
            case EventKind.Status: OnStatus(market, marketEvent.Status.Status); break;
            default: return false;
        }

        _entry.ReleaseChildren(market);
        FindNextDue();
        return true;
    }

    private bool OnBook(Market market, in BookDelta delta) => _books.OnDelta(market, delta) && AfterBook(market, delta);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AfterBook(Market market, in BookDelta delta)
    {
        // A book that is emptied, but not to be told anew, is a session's end, unless the sessions say otherwise: day orders go with it.
        bool isBreak = delta.Action == BookAction.Clear && delta.Side == OrderSide.None && (delta.Header.Flags & EventFlags.Snapshot) == 0
            && !market.Hours.IsKnownOpen(_floor.Now);
        if (isBreak) _entry.ExpireDay(market);
        else _entry.ReleaseChildren(market);
        FindNextDue();
        return true;
    }

    private void OnStatus(Market market, MarketStatus status)
    {
        market.Hours.Enter(status, _floor.Now);
        if (status == MarketStatus.Closed) _entry.ExpireDay(market);
    }

    private void ExpireFirst(Timestamp due)
    {
        int index = _expiries.Head;
        ref WorkingOrder order = ref _floor.Pool[index];
        Market market = _markets[order.Instrument.Index];

        // A bar that ends with the order's time is matched first, and with daily bars that may be hours later.
        if (order.Expiry == order.Deadline && market.Driver is MatchSource.Bars or MatchSource.Auto)
        {
            _expiries.Remove(index);
            order.Expiry = order.Deadline + Math.Max(1, market.Bars.Interval);
            _expiries.Add(index);
            return;
        }

        _floor.Advance(due);
        _entry.Expire(market, index);
    }

    private Timestamp NextEnd => _nextEnding < _ending.Length ? _markets[_ending[_nextEnding]].Expiry : Timestamp.MaxValue;

    private void FindNextDue() =>
        _nextDue = Timestamp.Min(NextEnd, Timestamp.Min(Timestamp.Min(_expiries.NextDue, _commands.NextDue), Timestamp.Min(_commands.NextLost, _reports.NextDue)));
}
