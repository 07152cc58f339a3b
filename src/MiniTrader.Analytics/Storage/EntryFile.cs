using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary><c>ledger.arrow</c>: one row for each booking that is not a fill, in the order in which the engine made them.</summary>
internal sealed class EntryFile : IDisposable
{
    public const string FileName = "ledger.arrow";

    private static readonly ColumnSpec<long> _timeSpec = ColumnSpec.Time("time");
    private static readonly ColumnSpec<int> _kindSpec = ColumnSpec.Word("kind");
    private static readonly ColumnSpec<long> _beforeSpec = ColumnSpec.FixedPoint("quantity_before");
    private static readonly ColumnSpec<long> _afterSpec = ColumnSpec.FixedPoint("quantity_after");
    private static readonly ColumnSpec<long> _priceSpec = ColumnSpec.FixedPoint("price");
    private static readonly ColumnSpec<Int128> _amountSpec = ColumnSpec.Amount("amount");
    private static readonly ColumnSpec<int> _currencySpec = ColumnSpec.Word("currency");

    private readonly ArrowTable _table;
    private readonly RunNames _names;
    private readonly ArrowColumn<long> _time, _before, _after, _price;
    private readonly ArrowColumn<int> _strategy, _instrument, _kind, _currency;
    private readonly ArrowColumn<Int128> _amount;

    public EntryFile(string directory, RunNames names, int batchRows)
    {
        _names = names;
        _table = new ArrowTable(Path.Combine(directory, FileName), batchRows);
        _time = _table.Column(_timeSpec);
        _kind = _table.Column(_kindSpec, WordList.Of<LedgerEntryKind>());
        _strategy = _table.Column(RunNames.StrategyColumn, names.Strategies);
        _instrument = _table.Column(RunNames.InstrumentColumn, names.InstrumentsOrNone);
        _before = _table.Column(_beforeSpec);
        _after = _table.Column(_afterSpec);
        _price = _table.Column(_priceSpec);
        _amount = _table.Column(_amountSpec);
        _currency = _table.Column(_currencySpec, names.Currencies);
    }

    public void Add(in EntryRow row)
    {
        _kind.Add(EnumWords<LedgerEntryKind>.IndexOf((int)row.Kind));
        _strategy.Add(_names.IndexOf(row.Strategy));
        _instrument.Add(_names.IndexOfOrNone(row.Instrument));
        _currency.Add(_names.IndexOf(row.Currency));
        _time.Add(row.Time.Nanoseconds);
        _before.Add(row.QuantityBefore.Raw);
        _after.Add(row.QuantityAfter.Raw);
        _price.Add(row.Price.Raw);
        _amount.Add(Money128.FromDecimal(row.Amount));
        _table.EndRow();
    }

    public void Complete() => _table.Complete();

    public void Dispose() => _table.Dispose();

    public static IEnumerable<EntryRow> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var time = rows.Column(_timeSpec);
            var kind = rows.Enums<LedgerEntryKind>(_kindSpec);
            var strategy = rows.Column(RunNames.StrategyColumn);
            var instrument = rows.Column(RunNames.InstrumentColumn);
            int none = rows.Words(RunNames.InstrumentColumn, word => word).Count - 1;
            var before = rows.Column(_beforeSpec);
            var after = rows.Column(_afterSpec);
            var price = rows.Column(_priceSpec);
            var amount = rows.Column(_amountSpec);
            var currency = rows.Words(_currencySpec, word => Currency.Parse(word));
            for (int i = 0; i < rows.Count; i++)
            {
                yield return new()
                {
                    Time = new(time[i]),
                    Kind = kind[i],
                    Strategy = new((ushort)strategy[i]),
                    Instrument = instrument[i] == none ? InstrumentId.None : new(instrument[i]),
                    QuantityBefore = new(before[i]),
                    QuantityAfter = new(after[i]),
                    Price = new(price[i]),
                    Amount = Money128.ToDecimal(amount[i]),
                    Currency = currency[i],
                };
            }
        }
    }
}
