using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// Tells when the account is worth less than its positions need, and which orders would mend it: the largest position first, each reduced
/// by no more than is missing, rounded up to whole lots, strategy by strategy. Of strategies that hold against each other only those on the side of
/// the account's position are reduced, and together by no more than it. Engine thread only; nothing is allocated after the constructor.
/// </summary>
public sealed class MarginRule
{
    private readonly Ledger _ledger;
    private readonly MarginOptions _options;
    private readonly bool[] _isPlanned;

    /// <exception cref="ArgumentException">A fraction is out of range; the sentence names it.</exception>
    public MarginRule(Ledger ledger, MarginOptions options)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        _ledger = ledger;
        _options = options.Validated();
        _isPlanned = new bool[ledger.Instruments.Count];
    }

    /// <summary>True below the maintenance margin.</summary>
    /// <param name="missing">What the account lacks to the initial margin, in its base currency; zero when it is not called.</param>
    public bool IsCalled(out decimal missing)
    {
        missing = 0;
        if (!_options.IsOn) return false;
        AccountSnapshot account = _ledger.Account.Snapshot();
        if (account.Equity >= _options.Maintenance * account.GrossExposure) return false;
        missing = (_options.Initial * account.GrossExposure) - account.Equity;
        return true;
    }

    /// <summary>Writes market orders, without names, that bring the exposure down to equity ÷ initial margin; answers how many.</summary>
    /// <param name="orders">Where they go; what has no room waits for the next look.</param>
    public int Plan(Span<OrderCommand> orders)
    {
        AccountSnapshot account = _ledger.Account.Snapshot();
        decimal excess = account.GrossExposure - (Math.Max(0, account.Equity) / _options.Initial);
        Array.Clear(_isPlanned);
        int count = 0;
        while (excess > 0 && Largest() is int instrument and >= 0)
        {
            _isPlanned[instrument] = true;
            decimal unit = UnitWorth(instrument);
            ref readonly Position total = ref _ledger.Total[new(instrument)];
            Quantity open = total.Quantity.Abs();
            for (int s = 0; s < _ledger.StrategyCount && excess > 0 && open.IsPositive && count < orders.Length; s++)
            {
                ref readonly Position position = ref _ledger.BookOf(new((ushort)s))[new(instrument)];
                if (position.IsFlat || position.IsLong != total.IsLong) continue;
                Quantity quantity = Needed(excess / unit, Quantity.Min(position.Quantity.Abs(), open), _ledger.Instruments[instrument].LotSize);
                excess -= quantity.ToDecimal() * unit;
                open -= quantity;
                ref OrderCommand order = ref orders[count++];
                order = default;
                order.Kind = CommandKind.New;
                order.Instrument = new(instrument);
                order.Strategy = new((ushort)s);
                order.Side = position.IsLong ? OrderSide.Sell : OrderSide.Buy;
                order.Quantity = quantity;
            }
        }

        return count;
    }

    /// <summary>The instrument whose position is worth most and that is not planned yet; equal worth by index. −1 when none is left.</summary>
    private int Largest()
    {
        int found = -1;
        decimal most = 0;
        for (int i = 0; i < _isPlanned.Length; i++)
        {
            if (_isPlanned[i]) continue;
            decimal worth = _ledger.Total[new(i)].Quantity.Abs().ToDecimal() * UnitWorth(i);
            if (worth <= most) continue;
            most = worth;
            found = i;
        }

        return found;
    }

    private decimal UnitWorth(int instrument)
    {
        InstrumentId id = new(instrument);
        ref readonly Mark mark = ref _ledger.Marks[id];
        return mark.IsKnown ? Math.Abs(mark.Value.ToDecimal()) * _ledger.Account.MultiplierOf(id) * _ledger.Account.RateOf(id) : 0m;
    }

    private static Quantity Needed(decimal units, Quantity held, Quantity lot)
    {
        if (units >= held.ToDecimal()) return held;
        long raw = (long)Math.Ceiling(units * FixedPoint.One);
        long up = (raw + lot.Raw - 1) / lot.Raw * lot.Raw;
        return Quantity.Min(new(up), held);
    }
}
