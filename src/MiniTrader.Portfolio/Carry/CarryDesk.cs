using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// Books what time and corporate actions do to positions: dividends, splits, funding, a day's interest, expiry. Each step works on one
/// instrument and leaves its bookings in <see cref="Entries"/>, one or two for each strategy that holds it, for the engine to tell. Part
/// of the ledger; engine thread only, nothing is allocated after the constructor.
/// </summary>
public sealed class CarryDesk
{
    private readonly Ledger _ledger;
    private readonly InstrumentTable _instruments;
    private readonly Book _total;
    private readonly Book[] _books;
    private readonly Account _account;
    private readonly Marks _marks;
    private readonly CarryOptions _options;
    private readonly LedgerEntry[] _entries;

    // By instrument: interest of a day on the value of a long and of a short position.
    private readonly decimal[] _longDay, _shortDay;
    private readonly LedgerEntryKind[] _dayKind;
    private readonly int[] _underlying, _nextContract;

    // Instruments that expire, soonest first.
    private readonly int[] _expiring;
    private int _nextExpiring;
    private int _dayCursor;
    private bool _hasInterest;
    private Timestamp _nextDay = Timestamp.MaxValue;
    private int _count;

    internal CarryDesk(Ledger ledger, Book[] books, CarryOptions options)
    {
        _ledger = ledger;
        _instruments = ledger.Instruments;
        _total = ledger.Total;
        _books = books;
        _account = ledger.Account;
        _marks = ledger.Marks;
        _options = options;
        _entries = new LedgerEntry[2 * Math.Max(1, books.Length)];
        int count = _instruments.Count;
        _longDay = new decimal[count];
        _shortDay = new decimal[count];
        _dayKind = new LedgerEntryKind[count];
        _underlying = new int[count];
        _nextContract = new int[count];
        for (int i = 0; i < count; i++) Prepare(i);
        _expiring = options.SettleFromData ? [] : [.. Enumerable.Range(0, count).Where(i => _instruments[i].Expiry is not null).OrderBy(i => _instruments[i].Expiry).ThenBy(i => i)];
    }

    /// <summary>What the latest call booked, in the order of strategies.</summary>
    public ReadOnlySpan<LedgerEntry> Entries => _entries.AsSpan(0, _count);

    /// <summary>When <see cref="TryStep"/> has something to do, "never" when nothing will come.</summary>
    public Timestamp NextDue => Timestamp.Min(_nextDay, NextExpiry);

    private Timestamp NextExpiry => _nextExpiring < _expiring.Length ? _instruments[_expiring[_nextExpiring]].Expiry!.Value : Timestamp.MaxValue;

    /// <summary>The session begins: days end from here on, and what has expired before is left alone.</summary>
    public void Start(Timestamp time)
    {
        while (NextExpiry < time) _nextExpiring++;
        if (!_hasInterest) return;
        _nextDay = (time - _options.DayEnd).FloorTo(Timestamp.NanosecondsPerDay) + Timestamp.NanosecondsPerDay + _options.DayEnd;
    }

    /// <summary>Does the first thing that is due, for one instrument; false when nothing is due by now.</summary>
    public bool TryStep(Timestamp now)
    {
        _count = 0;
        if (NextDue > now) return false;
        if (_nextDay <= NextExpiry) ChargeNext(_nextDay);
        else Expire(_expiring[_nextExpiring++]);
        return true;
    }

    /// <summary>Books a corporate action that the session has received.</summary>
    public void OnAction(in CorporateAction action, Timestamp now)
    {
        _count = 0;
        switch (action.Kind)
        {
            case CorporateActionKind.Dividend: PayAll(action.Instrument, now, LedgerEntryKind.Dividend, action.Amount, action.Amount.ToDecimal()); break;
            case CorporateActionKind.Funding:
                Price price = action.Price.Raw > 0 ? action.Price : MarkOf(action.Instrument.Index);
                PayAll(action.Instrument, now, LedgerEntryKind.Funding, price, -action.Amount.ToDecimal() * price.ToDecimal());
                break;
            case CorporateActionKind.Settlement:
                Price final = action.Price.Raw != 0 ? action.Price : MarkOf(action.Instrument.Index);
                CloseAll(action.Instrument.Index, now, LedgerEntryKind.Settlement, final);
                break;
            case CorporateActionKind.Split when action.IsSplit: Split(action, now); break;
        }
    }

    private void Prepare(int i)
    {
        Instrument instrument = _instruments[i];
        if (instrument.AssetClass is AssetClass.Equity or AssetClass.Bond)
        {
            _shortDay[i] = _options.RateOf("borrow", _options.Borrow, instrument) / CarryOptions.DaysPerYear;
            _dayKind[i] = LedgerEntryKind.Borrow;
        }
        else if (instrument.AssetClass == AssetClass.Forex)
        {
            _longDay[i] = _options.RateOf("rollover-long", _options.RolloverLong, instrument) / CarryOptions.DaysPerYear;
            _shortDay[i] = _options.RateOf("rollover-short", _options.RolloverShort, instrument) / CarryOptions.DaysPerYear;
            _dayKind[i] = LedgerEntryKind.Rollover;
        }

        _hasInterest |= _longDay[i] != 0 || _shortDay[i] != 0;
        _underlying[i] = instrument.Underlying is { } name && _instruments.TryFind(name, out InstrumentId found) ? found.Index : -1;
        _nextContract[i] = -1;
        if (!_options.Roll || instrument.AssetClass != AssetClass.Future || instrument.Expiry is null || instrument.Underlying is null) return;
        for (int j = 0; j < _instruments.Count; j++)
        {
            Instrument other = _instruments[j];
            bool isLater = other.AssetClass == AssetClass.Future && other.Underlying == instrument.Underlying && other.Expiry > instrument.Expiry;
            if (isLater && (_nextContract[i] < 0 || other.Expiry < _instruments[_nextContract[i]].Expiry)) _nextContract[i] = j;
        }
    }

    private Price MarkOf(int instrument)
    {
        ref readonly Mark mark = ref _marks[new InstrumentId(instrument)];
        return mark.IsKnown ? mark.Value : Price.Zero;
    }

    /// <summary>The day's interest of the next instrument that is held; the day is over behind the last.</summary>
    private void ChargeNext(Timestamp day)
    {
        while (_dayCursor < _instruments.Count)
        {
            int i = _dayCursor++;
            if (_longDay[i] == 0 && _shortDay[i] == 0) continue;
            Price mark = MarkOf(i);
            for (int s = 0; s < _books.Length; s++)
            {
                ref Position position = ref _books[s].PositionAt(i);
                decimal rate = position.IsLong ? _longDay[i] : _shortDay[i];
                if (position.IsFlat || rate == 0) continue;
                decimal value = mark.Raw != 0 ? position.MarketValue(mark, _account.MultiplierOf(new(i))) : position.Cost;
                Pay(s, i, day, _dayKind[i], mark, -Math.Round(Math.Abs(value) * rate, FixedPoint.Decimals));
            }

            if (_count > 0) return;
        }

        _dayCursor = 0;
        _nextDay += Timestamp.NanosecondsPerDay;
    }

    private void PayAll(InstrumentId instrument, Timestamp now, LedgerEntryKind kind, Price price, decimal perUnit)
    {
        for (int s = 0; s < _books.Length; s++)
        {
            ref Position position = ref _books[s].PositionAt(instrument.Index);
            if (position.IsFlat) continue;
            decimal amount = position.Quantity.ToDecimal() * _account.MultiplierOf(instrument) * perUnit;
            Pay(s, instrument.Index, now, kind, price, Math.Round(amount, FixedPoint.Decimals));
        }
    }

    private void Pay(int strategy, int instrument, Timestamp time, LedgerEntryKind kind, Price price, decimal amount)
    {
        ref Position position = ref _books[strategy].PositionAt(instrument);
        position.Income += amount;
        _total.PositionAt(instrument).Income += amount;
        _account.Pay(new(instrument), amount);
        _ledger.CountPaid();
        Write(strategy, instrument, time, kind, position.Quantity, position.Quantity, price, amount);
    }

    /// <summary>Whole lots at the new count; what is left over is paid in cash at the mark of after the split.</summary>
    private void Split(in CorporateAction action, Timestamp now)
    {
        int i = action.Instrument.Index;
        _marks.Split(action.Instrument, action.NewUnits, action.OldUnits);
        Price mark = MarkOf(i);
        long lot = _instruments[i].LotSize.Raw;
        long sum = 0;
        for (int s = 0; s < _books.Length; s++)
        {
            ref Position position = ref _books[s].PositionAt(i);
            if (position.IsFlat) continue;
            Quantity before = position.Quantity;
            Int128 exact = (Int128)before.Raw * action.NewUnits;
            long units = ToUnits(exact / action.OldUnits, i);
            Quantity after = new(units - (units % lot));
            decimal left = (((decimal)before.Raw * action.NewUnits / action.OldUnits) - after.Raw) / FixedPoint.One;
            decimal cash = Math.Round(left * mark.ToDecimal() * _account.MultiplierOf(action.Instrument), FixedPoint.Decimals);
            position.Split(after);
            position.Income += cash;
            _total.PositionAt(i).Income += cash;
            _account.Pay(action.Instrument, cash);
            _ledger.CountBooked(new((ushort)s), action.Instrument, after - before);
            sum += after.Raw;
            Write(s, i, now, LedgerEntryKind.Split, before, after, mark, cash);
        }

        if (_count == 0) return;
        ref Position total = ref _total.PositionAt(i);
        decimal realised = total.Realised;
        total.Split(new(sum));

        // Of what is settled daily nothing had been paid: the result of a position that is all left over is cash now.
        _entries[_count - 1].Amount += _account.Settle(action.Instrument, OrderSide.None, 0m, total.Realised - realised);
    }

    private long ToUnits(Int128 units, int i) => Int128.Abs(units) <= long.MaxValue / 2 ? (long)units : throw new InvalidOperationException(
        $"A split makes a position in {_instruments[i].Name} larger than can be counted. Look at the split in the data, or leave it out with --kinds no-actions.");

    private void Expire(int i)
    {
        Instrument instrument = _instruments[i];
        Timestamp time = instrument.Expiry!.Value;
        if (instrument.AssetClass != AssetClass.Option || instrument.Strike is not { } strike || instrument.Right == OptionRight.None || _underlying[i] < 0 || MarkOf(_underlying[i]).Raw == 0)
        {
            CloseAll(i, time, LedgerEntryKind.Settlement, MarkOf(i));
            return;
        }

        Price spot = MarkOf(_underlying[i]);
        long value = instrument.Right == OptionRight.Call ? spot.Raw - strike.Raw : strike.Raw - spot.Raw;
        if (value <= 0) CloseAll(i, time, LedgerEntryKind.Worthless, Price.Zero);
        else if (!_options.DeliverUnderlying) CloseAll(i, time, LedgerEntryKind.Exercise, new(value));
        else Deliver(i, time, strike);
    }

    /// <summary>Ends every position at a price. A future that is rolled asks for the same in the next contract.</summary>
    private void CloseAll(int i, Timestamp time, LedgerEntryKind kind, Price price)
    {
        for (int s = 0; s < _books.Length; s++)
        {
            Quantity before = _books[s].PositionAt(i).Quantity;
            if (before.IsZero) continue;

            // Where no price was ever seen it ends at what it cost.
            bool isUnknown = kind == LedgerEntryKind.Settlement && price.Raw == 0 && !_marks[new InstrumentId(i)].IsKnown;
            Trade(s, i, time, kind, -before, isUnknown ? _books[s].PositionAt(i).AveragePrice(_account.MultiplierOf(new(i))) : price);
            if (_nextContract[i] >= 0) Write(s, _nextContract[i], time, LedgerEntryKind.Roll, Quantity.Zero, before, Price.Zero, 0);
        }
    }

    /// <summary>Long calls and short puts receive the underlying at the strike, short calls and long puts deliver it.</summary>
    private void Deliver(int i, Timestamp time, Price strike)
    {
        int underlying = _underlying[i];
        decimal units = _account.MultiplierOf(new(i)) / _account.MultiplierOf(new(underlying));
        if (_instruments[i].Right == OptionRight.Put) units = -units;
        for (int s = 0; s < _books.Length; s++)
        {
            Quantity held = _books[s].PositionAt(i).Quantity;
            if (held.IsZero) continue;
            Trade(s, i, time, LedgerEntryKind.Exercise, -held, Price.Zero);
            Trade(s, underlying, time, LedgerEntryKind.Delivery, Quantity.FromDecimal(held.ToDecimal() * units), strike);
        }
    }

    /// <summary>Books a change of quantity at a price, without fee, as a fill would be.</summary>
    private void Trade(int strategy, int instrument, Timestamp time, LedgerEntryKind kind, Quantity change, Price price)
    {
        ref Position position = ref _books[strategy].PositionAt(instrument);
        Quantity before = position.Quantity;
        OrderSide side = change.IsPositive ? OrderSide.Buy : OrderSide.Sell;
        decimal value = price.Times(change.Abs()) * _account.MultiplierOf(new(instrument));
        position.ApplyWithoutTrade(side, change.Abs(), value);
        decimal realised = _total.PositionAt(instrument).ApplyWithoutTrade(side, change.Abs(), value);
        decimal moved = _account.Settle(new(instrument), side, value, realised);
        _ledger.CountBooked(new((ushort)strategy), new(instrument), change);
        Write(strategy, instrument, time, kind, before, position.Quantity, price, moved);
    }

    private void Write(int strategy, int instrument, Timestamp time, LedgerEntryKind kind, Quantity before, Quantity after, Price price, decimal amount)
    {
        ref LedgerEntry entry = ref _entries[_count++];
        entry = default;
        entry.Time = time;
        entry.Instrument = new(instrument);
        entry.Strategy = new((ushort)strategy);
        entry.Kind = kind;
        entry.QuantityBefore = before;
        entry.QuantityAfter = after;
        entry.Price = price;
        entry.Amount = amount;
    }
}
