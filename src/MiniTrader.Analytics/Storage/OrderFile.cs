using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary><c>orders.arrow</c>: one row per order, in the order in which they ended.</summary>
internal sealed class OrderFile : IDisposable
{
    public const string FileName = "orders.arrow";

    private static readonly ColumnSpec<long> _clientOrderIdSpec = ColumnSpec.Int64("client_order_id");
    private static readonly ColumnSpec<long> _submittedTimeSpec = ColumnSpec.Time("submitted_time");
    private static readonly ColumnSpec<long> _lastTimeSpec = ColumnSpec.Time("last_time");
    private static readonly ColumnSpec<int> _sideSpec = ColumnSpec.Word("side");
    private static readonly ColumnSpec<int> _typeSpec = ColumnSpec.Word("type");
    private static readonly ColumnSpec<int> _timeInForceSpec = ColumnSpec.Word("time_in_force");
    private static readonly ColumnSpec<byte> _flagsSpec = ColumnSpec.Flags("flags");
    private static readonly ColumnSpec<long> _quantitySpec = ColumnSpec.FixedPoint("quantity");
    private static readonly ColumnSpec<long> _limitPriceSpec = ColumnSpec.FixedPoint("limit_price");
    private static readonly ColumnSpec<long> _stopPriceSpec = ColumnSpec.FixedPoint("stop_price");
    private static readonly ColumnSpec<long> _decisionPriceSpec = ColumnSpec.FixedPoint("decision_price");
    private static readonly ColumnSpec<int> _tagSpec = ColumnSpec.Int32("tag");
    private static readonly ColumnSpec<int> _statusSpec = ColumnSpec.Word("status");
    private static readonly ColumnSpec<int> _reasonSpec = ColumnSpec.Word("reason");
    private static readonly ColumnSpec<int> _replacesSpec = ColumnSpec.Int32("replaces");
    private static readonly ColumnSpec<long> _filledSpec = ColumnSpec.FixedPoint("filled");
    private static readonly ColumnSpec<Int128> _averagePriceSpec = ColumnSpec.Amount("average_price");

    private readonly ArrowTable _table;
    private readonly RunNames _names;
    private readonly ArrowColumn<long> _clientOrderId, _submittedTime, _lastTime, _quantity, _limitPrice, _stopPrice, _decisionPrice, _filled;
    private readonly ArrowColumn<int> _strategy, _instrument, _side, _type, _timeInForce, _tag, _status, _reason, _replaces;
    private readonly ArrowColumn<byte> _flags;
    private readonly ArrowColumn<Int128> _averagePrice;

    public OrderFile(string directory, RunNames names, int batchRows)
    {
        _names = names;
        _table = new ArrowTable(Path.Combine(directory, FileName), batchRows);
        _clientOrderId = _table.Column(_clientOrderIdSpec);
        _strategy = _table.Column(RunNames.StrategyColumn, names.Strategies);
        _instrument = _table.Column(RunNames.InstrumentColumn, names.InstrumentsOrNone);
        _submittedTime = _table.Column(_submittedTimeSpec);
        _lastTime = _table.Column(_lastTimeSpec);
        _side = _table.Column(_sideSpec, WordList.Of<OrderSide>());
        _type = _table.Column(_typeSpec, WordList.Of<OrderType>());
        _timeInForce = _table.Column(_timeInForceSpec, WordList.Of<TimeInForce>());
        _flags = _table.Column(_flagsSpec);
        _quantity = _table.Column(_quantitySpec);
        _limitPrice = _table.Column(_limitPriceSpec);
        _stopPrice = _table.Column(_stopPriceSpec);
        _decisionPrice = _table.Column(_decisionPriceSpec);
        _tag = _table.Column(_tagSpec);
        _status = _table.Column(_statusSpec, WordList.Of<OrderStatus>());
        _reason = _table.Column(_reasonSpec, WordList.Of<ReasonCode>());
        _replaces = _table.Column(_replacesSpec);
        _filled = _table.Column(_filledSpec);
        _averagePrice = _table.Column(_averagePriceSpec);
    }

    public void Add(in OrderRow row)
    {
        _strategy.Add(_names.IndexOf(row.Strategy));
        _instrument.Add(_names.IndexOfOrNone(row.Instrument));
        _side.Add(EnumWords<OrderSide>.IndexOf((int)row.Side));
        _type.Add(EnumWords<OrderType>.IndexOf((int)row.Type));
        _timeInForce.Add(EnumWords<TimeInForce>.IndexOf((int)row.TimeInForce));
        _status.Add(EnumWords<OrderStatus>.IndexOf((int)row.Status));
        _reason.Add(EnumWords<ReasonCode>.IndexOf((int)row.Reason));
        _clientOrderId.Add(row.ClientOrderId.Value);
        _submittedTime.Add(row.SubmittedTime.Nanoseconds);
        _lastTime.Add(row.LastTime.Nanoseconds);
        _flags.Add((byte)row.Flags);
        _quantity.Add(row.Quantity.Raw);
        _limitPrice.Add(row.LimitPrice.Raw);
        _stopPrice.Add(row.StopPrice.Raw);
        _decisionPrice.Add(row.DecisionPrice.Raw);
        _tag.Add(row.Tag);
        _replaces.Add(row.Replaces);
        _filled.Add(row.Filled.Raw);
        _averagePrice.Add(Money128.FromDecimal(row.AveragePrice));
        _table.EndRow();
    }

    public void Complete() => _table.Complete();

    public void Dispose() => _table.Dispose();

    public static IEnumerable<OrderRow> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var clientOrderId = rows.Column(_clientOrderIdSpec);
            var strategy = rows.Column(RunNames.StrategyColumn);
            var instrument = rows.Column(RunNames.InstrumentColumn);
            var submittedTime = rows.Column(_submittedTimeSpec);
            var lastTime = rows.Column(_lastTimeSpec);
            var flags = rows.Column(_flagsSpec);
            var quantity = rows.Column(_quantitySpec);
            var limitPrice = rows.Column(_limitPriceSpec);
            var stopPrice = rows.Column(_stopPriceSpec);
            var decisionPrice = rows.Column(_decisionPriceSpec);
            var tag = rows.Column(_tagSpec);
            var replaces = rows.Column(_replacesSpec);
            var filled = rows.Column(_filledSpec);
            var averagePrice = rows.Column(_averagePriceSpec);
            int none = rows.Words(RunNames.InstrumentColumn, word => word).Count - 1;
            var side = rows.Enums<OrderSide>(_sideSpec);
            var type = rows.Enums<OrderType>(_typeSpec);
            var timeInForce = rows.Enums<TimeInForce>(_timeInForceSpec);
            var status = rows.Enums<OrderStatus>(_statusSpec);
            var reason = rows.Enums<ReasonCode>(_reasonSpec);
            for (int i = 0; i < rows.Count; i++)
            {
                yield return new()
                {
                    ClientOrderId = new(clientOrderId[i]),
                    Strategy = new((ushort)strategy[i]),
                    Instrument = instrument[i] == none ? InstrumentId.None : new(instrument[i]),
                    Side = side[i],
                    Type = type[i],
                    TimeInForce = timeInForce[i],
                    Flags = (OrderFlags)flags[i],
                    Quantity = new(quantity[i]),
                    LimitPrice = new(limitPrice[i]),
                    StopPrice = new(stopPrice[i]),
                    SubmittedTime = new(submittedTime[i]),
                    LastTime = new(lastTime[i]),
                    Tag = tag[i],
                    DecisionPrice = new(decisionPrice[i]),
                    Status = status[i],
                    Reason = reason[i],
                    Replaces = replaces[i],
                    Filled = new(filled[i]),
                    AveragePrice = Money128.ToDecimal(averagePrice[i]),
                };
            }
        }
    }
}
