using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// Works out the statistics of a run from its records as they come, in memory that grows with the number of instruments and not
/// with the number of records. Owned by one writer or reader of a run and used by one thread. <see cref="Build"/> may be asked at
/// any moment and changes nothing.
/// </summary>
public sealed class StatisticsBuilder
{
    /// <summary>Observed periods from which on a period is long enough to be the one that returns are taken over.</summary>
    public const int MinPeriods = 10;

    /// <summary>Shortest run that has a compound annual growth rate.</summary>
    public const int MinCagrDays = 30;

    /// <summary>Most days from Monday to Friday in a year, about.</summary>
    private const double WeekdaysPerYear = 261;

    private const double YearNanoseconds = 365.25 * Timestamp.NanosecondsPerDay;

    private readonly StatisticsOptions _options;
    private readonly ReturnGrid _minutes = new(Timestamp.NanosecondsPerMinute);
    private readonly ReturnGrid _hours = new(Timestamp.NanosecondsPerHour);
    private readonly ReturnGrid _days = new(Timestamp.NanosecondsPerDay);
    private readonly DrawdownTracker _drawdown = new();
    private readonly TimeWeights _weights = new();
    private readonly RoundTripLedger _ledger = new();
    private readonly TradeTally _trades = new();
    private readonly SortedDictionary<int, InstrumentTally> _instruments = [];
    private readonly SortedDictionary<int, StrategyTally> _strategies = [];
    private readonly long[] _orders = new long[(int)OrderStatus.Rejected + 1];
    private EquityPoint _first, _last;
    private long _points, _fills, _replaces, _weekdays;
    private decimal _fees, _notional;

    public StatisticsBuilder(StatisticsOptions? options = null) => _options = (options ?? new()).Validated();

    /// <summary>Takes an equity point and answers its drawdown, as in <see cref="EquityPoint.Drawdown"/>.</summary>
    /// <exception cref="ArgumentException">The point lies before the one before it.</exception>
    public double Add(in EquityPoint point)
    {
        if (_points++ == 0) _first = point;
        else if (point.Time < _last.Time) throw new ArgumentException($"The equity point of {point.Time} comes after that of {_last.Time}; points must be in order of time.");

        _last = point;
        _minutes.Add(point.Time, point.Equity);
        _hours.Add(point.Time, point.Equity);
        if (_days.Add(point.Time, point.Equity) && point.Time.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) _weekdays++;
        _weights.Add(in point);
        return _drawdown.Add(point.Time, point.Equity);
    }

    /// <summary>Takes a fill.</summary>
    public void Add(in FillRow fill) => Add(in fill, out _);

    /// <summary>Takes a fill; true when it closed a round trip.</summary>
    public bool Add(in FillRow fill, out RoundTrip trip)
    {
        bool closed = _ledger.Add(in fill, out trip);
        decimal notional = fill.Notional * fill.BaseRate;
        decimal fee = fill.Fee * fill.BaseRate;
        _fills++;
        _fees += fee;
        _notional += notional;
        if (!_instruments.TryGetValue(fill.Instrument.Index, out InstrumentTally? tally)) _instruments.Add(fill.Instrument.Index, tally = new());
        tally.Add(in fill, notional, fee);
        StrategyTally strategy = TallyOf(fill.Strategy);
        strategy.Add(in fill, notional, fee);
        if (!closed) return false;
        _trades.Add(in trip);
        tally.Add(in trip);
        strategy.Add(in trip);
        return true;
    }

    /// <summary>Takes a split of a position.</summary>
    public void AddSplit(StrategyId strategy, InstrumentId instrument, Quantity before, Quantity after) => _ledger.Split(strategy, instrument, before, after);

    /// <summary>Takes an order as it ended; each order once.</summary>
    public void Add(in OrderRow order)
    {
        _orders[(int)order.Status]++;
        _replaces += order.Replaces;
        TallyOf(order.Strategy).Add(in order);
    }

    /// <summary>The statistics of all that was added so far.</summary>
    public RunStatistics Build()
    {
        (ReturnPeriod period, ReturnGrid grid) = ChooseGrid();
        ReturnMoments returns = grid.Moments();
        double perYear = _days.Observed > 0 ? _options.TradingDaysPerYear * grid.Observed / TradingDays() : double.NaN;
        return new()
        {
            InitialEquity = _first.Equity,
            FinalEquity = _last.Equity,
            NetProfit = _last.Equity - _first.Equity,
            TotalReturn = _first.Equity > 0 ? (double)((_last.Equity - _first.Equity) / _first.Equity) : double.NaN,
            Cagr = Cagr(),
            Volatility = returns.Deviation * Math.Sqrt(perYear),
            Sharpe = Ratio(returns.Mean - (_options.RiskFreeRate / perYear), returns.Deviation, perYear),
            Sortino = Ratio(returns.Mean, returns.DownsideDeviation, perYear),
            MaxDrawdown = _points == 0 || _drawdown.IsUndefined ? double.NaN : _drawdown.Depth,
            MaxDrawdownAmount = _drawdown.Amount,
            MaxDrawdownPeak = _drawdown.Peak,
            MaxDrawdownTrough = _drawdown.Trough,
            MaxDrawdownRecovery = _drawdown.Recovery,
            LongestDrawdownSeconds = _drawdown.LongestNanoseconds / (double)Timestamp.NanosecondsPerSecond,
            ReturnPeriod = period,
            ReturnCount = returns.Count,
            PeriodsPerYear = perYear,
            Exposure = _weights.Exposure,
            AverageLeverage = _weights.MeanLeverage,
            Trades = _trades.Count,
            OpenTrades = _ledger.OpenCount,
            WinningTrades = _trades.Wins,
            LosingTrades = _trades.Losses,
            WinRate = _trades.WinRate,
            ProfitFactor = _trades.ProfitFactor,
            AverageTrade = _trades.Average,
            AverageWin = _trades.AverageWin,
            AverageLoss = _trades.AverageLoss,
            BestTrade = _trades.Best,
            WorstTrade = _trades.Worst,
            AverageHoldingSeconds = _trades.AverageHoldingSeconds,
            Orders = _orders.Sum(),
            Fills = _fills,
            Denied = _orders[(int)OrderStatus.Denied],
            Rejected = _orders[(int)OrderStatus.Rejected],
            Replaces = _replaces,
            Cancelled = _orders[(int)OrderStatus.Cancelled],
            Expired = _orders[(int)OrderStatus.Expired],
            Fees = _fees,
            TradedNotional = _notional,
            Turnover = Turnover(_notional),
            PerStrategy = [.. _strategies.Select(pair => pair.Value.Build(pair.Key, Turnover(pair.Value.Notional)))],
            PerInstrument = [.. _instruments.Select(pair => pair.Value.Build(pair.Key))],
        };
    }

    private double Turnover(decimal notional) => _weights.MeanEquity > 0 ? (double)notional / _weights.MeanEquity : double.NaN;

    private StrategyTally TallyOf(StrategyId strategy)
    {
        if (!_strategies.TryGetValue(strategy.Index, out StrategyTally? tally)) _strategies.Add(strategy.Index, tally = new());
        return tally;
    }

    private (ReturnPeriod Period, ReturnGrid Grid) ChooseGrid()
    {
        if (_days.Observed >= MinPeriods) return (ReturnPeriod.Day, _days);
        return _hours.Observed >= MinPeriods ? (ReturnPeriod.Hour, _hours) : (ReturnPeriod.Minute, _minutes);
    }

    /// <summary>The observed days that the options' trading days per year speak of: 252 are days of the week, and what trades on Sundays too has more.</summary>
    private long TradingDays() => _options.TradingDaysPerYear <= WeekdaysPerYear && _weekdays > 0 ? _weekdays : _days.Observed;

    private double Cagr()
    {
        double elapsed = _last.Time - _first.Time;
        if (_first.Equity <= 0 || elapsed < MinCagrDays * (double)Timestamp.NanosecondsPerDay) return double.NaN;
        if (_last.Equity <= 0) return -1;
        return Math.Pow((double)(_last.Equity / _first.Equity), YearNanoseconds / elapsed) - 1;
    }

    private static double Ratio(double mean, double deviation, double perYear) =>
        deviation > 0 ? mean / deviation * Math.Sqrt(perYear) : double.NaN;
}
