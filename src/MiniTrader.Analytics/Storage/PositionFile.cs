namespace MiniTrader.Analytics;

/// <summary><c>positions.arrow</c>: one row per fill, the position that it left.</summary>
internal sealed class PositionFile : IDisposable
{
    public const string FileName = "positions.arrow";

    private static readonly ColumnSpec<long> _timeSpec = ColumnSpec.Time("time");
    private static readonly ColumnSpec<long> _quantitySpec = ColumnSpec.FixedPoint("quantity");
    private static readonly ColumnSpec<Int128> _averagePriceSpec = ColumnSpec.Amount("average_price");
    private static readonly ColumnSpec<Int128> _realisedSpec = ColumnSpec.Amount("realised");
    private static readonly ColumnSpec<Int128> _feesSpec = ColumnSpec.Amount("fees");

    private readonly ArrowTable _table;
    private readonly RunNames _names;
    private readonly ArrowColumn<long> _time, _quantity;
    private readonly ArrowColumn<int> _strategy, _instrument;
    private readonly ArrowColumn<Int128> _averagePrice, _realised, _fees;

    public PositionFile(string directory, RunNames names, int batchRows)
    {
        _names = names;
        _table = new ArrowTable(Path.Combine(directory, FileName), batchRows);
        _time = _table.Column(_timeSpec);
        _strategy = _table.Column(RunNames.StrategyColumn, names.Strategies);
        _instrument = _table.Column(RunNames.InstrumentColumn, names.Instruments);
        _quantity = _table.Column(_quantitySpec);
        _averagePrice = _table.Column(_averagePriceSpec);
        _realised = _table.Column(_realisedSpec);
        _fees = _table.Column(_feesSpec);
    }

    public void Add(in PositionRow row)
    {
        _strategy.Add(_names.IndexOf(row.Strategy));
        _instrument.Add(_names.IndexOf(row.Instrument));
        _time.Add(row.Time.Nanoseconds);
        _quantity.Add(row.Quantity.Raw);
        _averagePrice.Add(Money128.FromDecimal(row.AveragePrice));
        _realised.Add(Money128.FromDecimal(row.Realised));
        _fees.Add(Money128.FromDecimal(row.Fees));
        _table.EndRow();
    }

    public void Complete() => _table.Complete();

    public void Dispose() => _table.Dispose();

    public static IEnumerable<PositionRow> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var time = rows.Column(_timeSpec);
            var strategy = rows.Column(RunNames.StrategyColumn);
            var instrument = rows.Column(RunNames.InstrumentColumn);
            var quantity = rows.Column(_quantitySpec);
            var averagePrice = rows.Column(_averagePriceSpec);
            var realised = rows.Column(_realisedSpec);
            var fees = rows.Column(_feesSpec);
            for (int i = 0; i < rows.Count; i++)
            {
                yield return new()
                {
                    Time = new(time[i]),
                    Strategy = new((ushort)strategy[i]),
                    Instrument = new(instrument[i]),
                    Quantity = new(quantity[i]),
                    AveragePrice = Money128.ToDecimal(averagePrice[i]),
                    Realised = Money128.ToDecimal(realised[i]),
                    Fees = Money128.ToDecimal(fees[i]),
                };
            }
        }
    }
}
