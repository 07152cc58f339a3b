namespace MiniTrader.Analytics;

/// <summary>Counts and sums over closed round trips.</summary>
internal sealed class TradeTally
{
    private decimal _won, _lost, _holdingSeconds;

    public long Count { get; private set; }

    public long Wins { get; private set; }

    public long Losses { get; private set; }

    public decimal? Best { get; private set; }

    public decimal? Worst { get; private set; }

    public double WinRate => Count > 0 ? (double)Wins / Count : double.NaN;

    public double ProfitFactor => _lost < 0 ? (double)(_won / -_lost) : double.NaN;

    public decimal Profit => _won + _lost;

    public decimal? Average => Mean(Profit, Count);

    public decimal? AverageWin => Mean(_won, Wins);

    public decimal? AverageLoss => Mean(_lost, Losses);

    public double AverageHoldingSeconds => Count > 0 ? (double)(_holdingSeconds / Count) : double.NaN;

    public void Add(in RoundTrip trip)
    {
        Count++;
        _holdingSeconds += (decimal)trip.HoldingSeconds;
        Best = Best is { } best ? Math.Max(best, trip.Profit) : trip.Profit;
        Worst = Worst is { } worst ? Math.Min(worst, trip.Profit) : trip.Profit;
        if (trip.Profit > 0)
        {
            Wins++;
            _won += trip.Profit;
        }
        else if (trip.Profit < 0)
        {
            Losses++;
            _lost += trip.Profit;
        }
    }

    private static decimal? Mean(decimal sum, long count) => count > 0 ? sum / count : null;
}
