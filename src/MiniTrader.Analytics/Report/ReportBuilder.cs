using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// Gathers what a report shows from a run's records as they come, in bounded memory. Owned by one writer or reader of a run and used
/// by one thread.
/// </summary>
public sealed class ReportBuilder
{
    /// <summary>Trades that the report lists.</summary>
    public const int MaxTrades = 200;

    /// <summary>Instruments that get a price chart: the first that trade or have prices.</summary>
    public const int MaxPriceCharts = 12;

    /// <summary>Fills that one price chart marks.</summary>
    public const int MaxFillMarks = 250;

    private readonly SeriesSampler _equity = new(), _drawdown = new(), _gross = new(), _net = new();
    private readonly List<RoundTrip> _trades = [];
    private readonly SortedDictionary<int, InstrumentSeries> _instruments = [];
    private readonly HashSet<int> _leftOut = [];

    /// <summary>Takes an equity point with the drawdown that <see cref="StatisticsBuilder"/> answered.</summary>
    public void Add(in EquityPoint point, double drawdown)
    {
        _equity.Add(point.Time, (double)point.Equity);
        _drawdown.Add(point.Time, drawdown);
        _gross.Add(point.Time, (double)point.GrossExposure);
        _net.Add(point.Time, (double)point.NetExposure);
    }

    public void Add(in FillRow fill) =>
        Series(fill.Instrument)?.Fills.Add(new(fill.VenueTime, fill.Side, fill.Price, fill.Quantity));

    public void Add(in RoundTrip trip)
    {
        if (_trades.Count < MaxTrades) _trades.Add(trip);
    }

    public void Add(in PricePoint point) => Series(point.Instrument)?.Prices.Add(point.Time, point.Price.ToDouble());

    /// <summary>The prices that were kept, by instrument and time.</summary>
    public IReadOnlyList<PricePoint> Prices() =>
    [
        .. from pair in _instruments
           from point in pair.Value.Prices.Points()
           select new PricePoint { Time = point.Time, Instrument = new InstrumentId(pair.Key), Price = Price.FromDouble(point.Value) },
    ];

    public ReportModel Build(RunSummary summary, IReadOnlyList<ReportSetting> settings) => new()
    {
        Summary = summary,
        Settings = settings,
        Equity = _equity.Points(),
        Drawdown = _drawdown.Points(),
        GrossExposure = _gross.Points(),
        NetExposure = _net.Points(),
        Trades = [.. _trades],
        PriceCharts = [.. _instruments.Select(pair => pair.Value.Build(pair.Key))],
        ChartsLeftOut = _leftOut.Count,
    };

    private InstrumentSeries? Series(InstrumentId instrument)
    {
        if (_instruments.TryGetValue(instrument.Index, out InstrumentSeries? series)) return series;
        if (_instruments.Count == MaxPriceCharts)
        {
            _leftOut.Add(instrument.Index);
            return null;
        }

        _instruments.Add(instrument.Index, series = new());
        return series;
    }

    private sealed class InstrumentSeries
    {
        public SeriesSampler Prices { get; } = new();

        public ThinnedList<FillMark> Fills { get; } = new(MaxFillMarks);

        public PriceChart Build(int instrument) => new()
        {
            Instrument = instrument,
            Prices = Prices.Points(),
            Fills = [.. Fills.Items],
            FillStride = Fills.Stride,
        };
    }
}
