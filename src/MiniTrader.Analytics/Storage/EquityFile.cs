namespace MiniTrader.Analytics;

/// <summary><c>equity.arrow</c>: the account over time, in its base currency.</summary>
internal sealed class EquityFile : IDisposable
{
    public const string FileName = "equity.arrow";

    private static readonly ColumnSpec<long> _timeSpec = ColumnSpec.Time("time");
    private static readonly ColumnSpec<Int128> _equitySpec = ColumnSpec.Amount("equity");
    private static readonly ColumnSpec<Int128> _cashSpec = ColumnSpec.Amount("cash");
    private static readonly ColumnSpec<Int128> _unrealisedSpec = ColumnSpec.Amount("unrealised");
    private static readonly ColumnSpec<Int128> _realisedSpec = ColumnSpec.Amount("realised");
    private static readonly ColumnSpec<Int128> _feesSpec = ColumnSpec.Amount("fees");
    private static readonly ColumnSpec<Int128> _grossExposureSpec = ColumnSpec.Amount("gross_exposure");
    private static readonly ColumnSpec<Int128> _netExposureSpec = ColumnSpec.Amount("net_exposure");
    private static readonly ColumnSpec<Int128> _incomeSpec = ColumnSpec.Amount("income");
    private static readonly ColumnSpec<double> _drawdownSpec = ColumnSpec.Number("drawdown");

    private readonly ArrowTable _table;
    private readonly ArrowColumn<long> _time;
    private readonly ArrowColumn<Int128> _equity, _cash, _unrealised, _realised, _fees, _grossExposure, _netExposure, _income;
    private readonly ArrowColumn<double> _drawdown;

    public EquityFile(string directory, int batchRows)
    {
        _table = new ArrowTable(Path.Combine(directory, FileName), batchRows);
        _time = _table.Column(_timeSpec);
        _equity = _table.Column(_equitySpec);
        _cash = _table.Column(_cashSpec);
        _unrealised = _table.Column(_unrealisedSpec);
        _realised = _table.Column(_realisedSpec);
        _fees = _table.Column(_feesSpec);
        _grossExposure = _table.Column(_grossExposureSpec);
        _netExposure = _table.Column(_netExposureSpec);
        _income = _table.Column(_incomeSpec);
        _drawdown = _table.Column(_drawdownSpec);
    }

    public void Add(in EquityPoint row, double drawdown)
    {
        _time.Add(row.Time.Nanoseconds);
        _equity.Add(Money128.FromDecimal(row.Equity));
        _cash.Add(Money128.FromDecimal(row.Cash));
        _unrealised.Add(Money128.FromDecimal(row.Unrealised));
        _realised.Add(Money128.FromDecimal(row.Realised));
        _fees.Add(Money128.FromDecimal(row.Fees));
        _grossExposure.Add(Money128.FromDecimal(row.GrossExposure));
        _netExposure.Add(Money128.FromDecimal(row.NetExposure));
        _income.Add(Money128.FromDecimal(row.Income));
        _drawdown.Add(drawdown);
        _table.EndRow();
    }

    public void Complete() => _table.Complete();

    public void Dispose() => _table.Dispose();

    public static IEnumerable<EquityPoint> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var time = rows.Column(_timeSpec);
            var equity = rows.Column(_equitySpec);
            var cash = rows.Column(_cashSpec);
            var unrealised = rows.Column(_unrealisedSpec);
            var realised = rows.Column(_realisedSpec);
            var fees = rows.Column(_feesSpec);
            var grossExposure = rows.Column(_grossExposureSpec);
            var netExposure = rows.Column(_netExposureSpec);
            var income = rows.Column(_incomeSpec);
            var drawdown = rows.Column(_drawdownSpec);
            for (int i = 0; i < rows.Count; i++)
            {
                yield return new()
                {
                    Time = new(time[i]),
                    Equity = Money128.ToDecimal(equity[i]),
                    Cash = Money128.ToDecimal(cash[i]),
                    Unrealised = Money128.ToDecimal(unrealised[i]),
                    Realised = Money128.ToDecimal(realised[i]),
                    Fees = Money128.ToDecimal(fees[i]),
                    GrossExposure = Money128.ToDecimal(grossExposure[i]),
                    NetExposure = Money128.ToDecimal(netExposure[i]),
                    Income = Money128.ToDecimal(income[i]),
                    Drawdown = drawdown[i],
                };
            }
        }
    }
}
