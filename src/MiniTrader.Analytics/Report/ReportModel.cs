using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>One line of the run's settings, as the report shows it.</summary>
public sealed record ReportSetting(string Name, string Value);

/// <summary>A fill as the price chart marks it.</summary>
public readonly record struct FillMark(Timestamp Time, OrderSide Side, Price Price, Quantity Quantity);

/// <summary>An instrument's price with the fills on it.</summary>
public sealed record PriceChart
{
    /// <summary>The instrument's place in the run's list of instruments.</summary>
    public required int Instrument { get; init; }

    /// <summary>Empty when no prices were supplied; the fills' own prices are drawn then.</summary>
    public required IReadOnlyList<ChartPoint> Prices { get; init; }

    public required IReadOnlyList<FillMark> Fills { get; init; }

    /// <summary>Every how manieth fill is marked.</summary>
    public required long FillStride { get; init; }
}

/// <summary>All that <c>report.html</c> shows, thinned out to what a page holds. Immutable; made by a <see cref="ReportBuilder"/>.</summary>
public sealed record ReportModel
{
    public required RunSummary Summary { get; init; }

    public IReadOnlyList<ReportSetting> Settings { get; init; } = [];

    /// <summary>Equity in the base currency.</summary>
    public IReadOnlyList<ChartPoint> Equity { get; init; } = [];

    /// <summary>Drawdown as a share of the peak, positive below it.</summary>
    public IReadOnlyList<ChartPoint> Drawdown { get; init; } = [];

    public IReadOnlyList<ChartPoint> GrossExposure { get; init; } = [];

    public IReadOnlyList<ChartPoint> NetExposure { get; init; } = [];

    /// <summary>The first closed round trips; <see cref="RunStatistics.Trades"/> says how many there are.</summary>
    public IReadOnlyList<RoundTrip> Trades { get; init; } = [];

    public IReadOnlyList<PriceChart> PriceCharts { get; init; } = [];

    /// <summary>Instruments that traded but have no chart because there are too many.</summary>
    public int ChartsLeftOut { get; init; }
}
