using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// Cash by currency, and the equity that follows from it and the positions. A fill of a share, pair or coin moves its whole
/// value; a fill of a future moves only fees and what it realised. Engine thread only.
/// </summary>
public sealed class Account
{
    private readonly decimal[] _cash;
    private readonly decimal[] _rates;
    private readonly int[] _currencyOf;
    private readonly decimal[] _multipliers;
    private readonly bool[] _isMultiplied;
    private readonly bool[] _marginSettled;
    private readonly Currency[] _currencies;
    private readonly Book _book;
    private readonly Marks _marks;

    internal Account(InstrumentTable instruments, AccountOptions options, Book book, Marks marks)
    {
        _book = book;
        _marks = marks;
        BaseCurrency = options.BaseCurrency;
        InitialCash = options.InitialCash;
        _currencies = instruments.Select(i => i.Currency).Prepend(options.BaseCurrency).Distinct().ToArray();
        _cash = new decimal[_currencies.Length];
        _cash[0] = options.InitialCash;
        _rates = _currencies.Select(options.RateOf).ToArray();
        _currencyOf = instruments.Select(i => Array.IndexOf(_currencies, i.Currency)).ToArray();
        _multipliers = instruments.Select(i => i.Multiplier).ToArray();
        _isMultiplied = instruments.Select(i => i.Multiplier != 1m).ToArray();
        _marginSettled = instruments.Select(i => i.IsMarginSettled).ToArray();
    }

    public Currency BaseCurrency { get; }

    public decimal InitialCash { get; }

    /// <summary>Currencies held, the base currency first.</summary>
    public ReadOnlySpan<Currency> Currencies => _currencies;

    /// <summary>Cash of the currency at <paramref name="index"/> of <see cref="Currencies"/>.</summary>
    public decimal CashAt(int index) => _cash[index];

    /// <summary>Worth of one unit of an instrument's currency in the base currency.</summary>
    public decimal RateOf(InstrumentId instrument) => _rates[_currencyOf[instrument.Index]];

    /// <summary>The place of an instrument's currency among <see cref="Currencies"/>.</summary>
    internal int CurrencyIndexOf(InstrumentId instrument) => _currencyOf[instrument.Index];

    /// <summary>Cash in an instrument's own currency.</summary>
    public decimal CashOf(InstrumentId instrument) => _cash[_currencyOf[instrument.Index]];

    /// <summary>True when both are paid from the same cash.</summary>
    public bool ShareCurrency(InstrumentId instrument, InstrumentId other) => _currencyOf[instrument.Index] == _currencyOf[other.Index];

    /// <summary>True for an instrument of which only results move cash.</summary>
    public bool IsMarginSettled(InstrumentId instrument) => _marginSettled[instrument.Index];

    public decimal MultiplierOf(InstrumentId instrument) => _multipliers[instrument.Index];

    /// <summary>True when the multiplier is not one: asked first, because decimals are slow to compare and to multiply.</summary>
    internal bool IsMultiplied(InstrumentId instrument) => _isMultiplied[instrument.Index];

    /// <summary>All cash in the base currency.</summary>
    public decimal Cash
    {
        get
        {
            decimal sum = 0m;
            for (int i = 0; i < _cash.Length; i++) sum += _cash[i] * _rates[i];
            return sum;
        }
    }

    /// <summary>The account's worth now, at the latest marks; one pass over the instruments.</summary>
    public AccountSnapshot Snapshot()
    {
        AccountSnapshot snapshot = default;
        for (int i = 0; i < _multipliers.Length; i++)
        {
            ref readonly Position position = ref _book[new InstrumentId(i)];
            // A position whose every trade was taken back may have been paid income while it stood.
            if (position.Fills == 0 && position.Income == 0m) continue;
            decimal rate = _rates[_currencyOf[i]];
            snapshot.Realised += position.Realised * rate;
            snapshot.Fees += position.Fees * rate;
            snapshot.Income += position.Income * rate;
            if (position.IsFlat) continue;
            ref readonly Mark mark = ref _marks[new InstrumentId(i)];
            decimal value = (mark.IsKnown ? position.MarketValue(mark.Value, _multipliers[i]) : position.Cost) * rate;
            snapshot.Unrealised += value - (position.Cost * rate);
            snapshot.NetExposure += value;
            snapshot.GrossExposure += Math.Abs(value);
        }

        snapshot.Cash = Cash;
        snapshot.Equity = InitialCash + snapshot.Realised + snapshot.Unrealised + snapshot.Income - snapshot.Fees;
        return snapshot;
    }

    /// <summary>Moves the cash of a fill: its value, or of a future what it realised, and its fee.</summary>
    internal void Apply(in ExecutionReport fill, in decimal value, in decimal realised)
    {
        ref decimal cash = ref _cash[_currencyOf[fill.Instrument.Index]];
        if (_marginSettled[fill.Instrument.Index]) DecimalSum.Add(ref cash, in realised);
        else if (fill.Side == OrderSide.Sell) DecimalSum.Add(ref cash, in value);
        else DecimalSum.Subtract(ref cash, in value);
        if (!DecimalSum.IsZero(in fill.Fee)) Pay(fill.Instrument, -fill.Fee);
    }

    /// <summary>Moves the cash of something bought or sold and answers how much: its value, or of a future what it realised. For what no fill moved.</summary>
    internal decimal Settle(InstrumentId instrument, OrderSide side, decimal value, decimal realised)
    {
        decimal moved = _marginSettled[instrument.Index] ? realised : side == OrderSide.Sell ? value : -value;
        Pay(instrument, moved);
        return moved;
    }

    /// <summary>Moves cash of an instrument's currency.</summary>
    internal void Pay(InstrumentId instrument, decimal amount) => _cash[_currencyOf[instrument.Index]] += amount;
}
