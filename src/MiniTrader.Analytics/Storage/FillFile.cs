using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary><c>fills.arrow</c>: one row per fill, in the order in which the engine heard of them.</summary>
internal sealed class FillFile : IDisposable
{
    public const string FileName = "fills.arrow";

    private static readonly ColumnSpec<long> _venueTimeSpec = ColumnSpec.Time("venue_time");
    private static readonly ColumnSpec<long> _receivedTimeSpec = ColumnSpec.Time("received_time");
    private static readonly ColumnSpec<long> _clientOrderIdSpec = ColumnSpec.Int64("client_order_id");
    private static readonly ColumnSpec<long> _venueOrderIdSpec = ColumnSpec.Int64("venue_order_id");
    private static readonly ColumnSpec<long> _executionIdSpec = ColumnSpec.Int64("execution_id");
    private static readonly ColumnSpec<int> _sideSpec = ColumnSpec.Word("side");
    private static readonly ColumnSpec<long> _priceSpec = ColumnSpec.FixedPoint("price");
    private static readonly ColumnSpec<long> _quantitySpec = ColumnSpec.FixedPoint("quantity");
    private static readonly ColumnSpec<long> _filledSpec = ColumnSpec.FixedPoint("filled");
    private static readonly ColumnSpec<long> _leavesSpec = ColumnSpec.FixedPoint("leaves");
    private static readonly ColumnSpec<Int128> _feeSpec = ColumnSpec.Amount("fee");
    private static readonly ColumnSpec<int> _currencySpec = ColumnSpec.Word("currency");
    private static readonly ColumnSpec<Int128> _multiplierSpec = ColumnSpec.Amount("multiplier");
    private static readonly ColumnSpec<Int128> _baseRateSpec = ColumnSpec.Amount("base_rate");
    private static readonly ColumnSpec<int> _liquiditySpec = ColumnSpec.Word("liquidity");
    private static readonly ColumnSpec<int> _causeSpec = ColumnSpec.Word("cause");
    private static readonly ColumnSpec<int> _tagSpec = ColumnSpec.Int32("tag");
    private static readonly ColumnSpec<long> _aheadBeforeSpec = ColumnSpec.FixedPoint("ahead_before");
    private static readonly ColumnSpec<long> _aheadAfterSpec = ColumnSpec.FixedPoint("ahead_after");
    private static readonly ColumnSpec<long> _causeIdSpec = ColumnSpec.Int64("cause_id");

    private static readonly ColumnSpec<long> _entryLatencySpec = ColumnSpec.Int64("entry_latency");
    private static readonly ColumnSpec<long> _responseLatencySpec = ColumnSpec.Int64("response_latency");

    private readonly ArrowTable _table;
    private readonly RunNames _names;
    private readonly ArrowColumn<long> _venueTime, _receivedTime, _clientOrderId, _venueOrderId, _executionId;
    private readonly ArrowColumn<long> _price, _quantity, _filled, _leaves, _aheadBefore, _aheadAfter, _causeId, _entryLatency, _responseLatency;
    private readonly ArrowColumn<int> _strategy, _instrument, _side, _currency, _liquidity, _cause, _tag;
    private readonly ArrowColumn<Int128> _fee, _multiplier, _baseRate;

    public FillFile(string directory, RunNames names, int batchRows)
    {
        _names = names;
        _table = new ArrowTable(Path.Combine(directory, FileName), batchRows);
        _venueTime = _table.Column(_venueTimeSpec);
        _receivedTime = _table.Column(_receivedTimeSpec);
        _clientOrderId = _table.Column(_clientOrderIdSpec);
        _venueOrderId = _table.Column(_venueOrderIdSpec);
        _executionId = _table.Column(_executionIdSpec);
        _strategy = _table.Column(RunNames.StrategyColumn, names.Strategies);
        _instrument = _table.Column(RunNames.InstrumentColumn, names.Instruments);
        _side = _table.Column(_sideSpec, WordList.Of<OrderSide>());
        _price = _table.Column(_priceSpec);
        _quantity = _table.Column(_quantitySpec);
        _filled = _table.Column(_filledSpec);
        _leaves = _table.Column(_leavesSpec);
        _fee = _table.Column(_feeSpec);
        _currency = _table.Column(_currencySpec, names.Currencies);
        _multiplier = _table.Column(_multiplierSpec);
        _baseRate = _table.Column(_baseRateSpec);
        _liquidity = _table.Column(_liquiditySpec, WordList.Of<LiquiditySide>());
        _cause = _table.Column(_causeSpec, WordList.Of<FillCause>());
        _tag = _table.Column(_tagSpec);
        _aheadBefore = _table.Column(_aheadBeforeSpec);
        _aheadAfter = _table.Column(_aheadAfterSpec);
        _causeId = _table.Column(_causeIdSpec);
        _entryLatency = _table.Column(_entryLatencySpec);
        _responseLatency = _table.Column(_responseLatencySpec);
    }

    public void Add(in FillRow row)
    {
        _strategy.Add(_names.IndexOf(row.Strategy));
        _instrument.Add(_names.IndexOf(row.Instrument));
        _currency.Add(_names.IndexOf(row.Currency));
        _side.Add(EnumWords<OrderSide>.IndexOf((int)row.Side));
        _liquidity.Add(EnumWords<LiquiditySide>.IndexOf((int)row.Liquidity));
        _cause.Add(EnumWords<FillCause>.IndexOf((int)row.Cause));
        _venueTime.Add(row.VenueTime.Nanoseconds);
        _receivedTime.Add(row.ReceivedTime.Nanoseconds);
        _clientOrderId.Add(row.ClientOrderId.Value);
        _venueOrderId.Add(row.VenueOrderId.Value);
        _executionId.Add(row.ExecutionId.Value);
        _price.Add(row.Price.Raw);
        _quantity.Add(row.Quantity.Raw);
        _filled.Add(row.Filled.Raw);
        _leaves.Add(row.Leaves.Raw);
        _fee.Add(Money128.FromDecimal(row.Fee));
        _multiplier.Add(Money128.FromDecimal(row.Multiplier));
        _baseRate.Add(Money128.FromDecimal(row.BaseRate));
        _tag.Add(row.Tag);
        _aheadBefore.Add(row.AheadBefore.Raw);
        _aheadAfter.Add(row.AheadAfter.Raw);
        _causeId.Add(row.CauseId);
        _entryLatency.Add(row.EntryLatency);
        _responseLatency.Add(row.ResponseLatency);
        _table.EndRow();
    }

    public void Complete() => _table.Complete();

    public void Dispose() => _table.Dispose();

    public static IEnumerable<FillRow> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var venueTime = rows.Column(_venueTimeSpec);
            var receivedTime = rows.Column(_receivedTimeSpec);
            var clientOrderId = rows.Column(_clientOrderIdSpec);
            var venueOrderId = rows.Column(_venueOrderIdSpec);
            var executionId = rows.Column(_executionIdSpec);
            var strategy = rows.Column(RunNames.StrategyColumn);
            var instrument = rows.Column(RunNames.InstrumentColumn);
            var price = rows.Column(_priceSpec);
            var quantity = rows.Column(_quantitySpec);
            var filled = rows.Column(_filledSpec);
            var leaves = rows.Column(_leavesSpec);
            var fee = rows.Column(_feeSpec);
            var multiplier = rows.Column(_multiplierSpec);
            var baseRate = rows.Column(_baseRateSpec);
            var tag = rows.Column(_tagSpec);
            var aheadBefore = rows.Column(_aheadBeforeSpec);
            var aheadAfter = rows.Column(_aheadAfterSpec);
            var causeId = rows.Column(_causeIdSpec);
            var entryLatency = rows.Column(_entryLatencySpec);
            var side = rows.Enums<OrderSide>(_sideSpec);
            var liquidity = rows.Enums<LiquiditySide>(_liquiditySpec);
            var cause = rows.Enums<FillCause>(_causeSpec);
            var currency = rows.Words(_currencySpec, word => Currency.Parse(word));
            for (int i = 0; i < rows.Count; i++)
            {
                yield return new()
                {
                    VenueTime = new(venueTime[i]),
                    ReceivedTime = new(receivedTime[i]),
                    ClientOrderId = new(clientOrderId[i]),
                    VenueOrderId = new(venueOrderId[i]),
                    ExecutionId = new(executionId[i]),
                    Strategy = new((ushort)strategy[i]),
                    Instrument = new(instrument[i]),
                    Side = side[i],
                    Price = new(price[i]),
                    Quantity = new(quantity[i]),
                    Filled = new(filled[i]),
                    Leaves = new(leaves[i]),
                    Fee = Money128.ToDecimal(fee[i]),
                    Currency = currency[i],
                    Multiplier = Money128.ToDecimal(multiplier[i]),
                    BaseRate = Money128.ToDecimal(baseRate[i]),
                    Liquidity = liquidity[i],
                    Cause = cause[i],
                    Tag = tag[i],
                    AheadBefore = new(aheadBefore[i]),
                    AheadAfter = new(aheadAfter[i]),
                    CauseId = causeId[i],
                    EntryLatency = entryLatency[i],
                };
            }
        }
    }
}
