using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary><c>denials.arrow</c>: one row for each command that was denied, in the order in which they were.</summary>
internal sealed class DenialFile : IDisposable
{
    public const string FileName = "denials.arrow";

    private static readonly ColumnSpec<long> _timeSpec = ColumnSpec.Time("time");
    private static readonly ColumnSpec<long> _clientOrderIdSpec = ColumnSpec.Int64("client_order_id");
    private static readonly ColumnSpec<int> _commandSpec = ColumnSpec.Word("command");
    private static readonly ColumnSpec<int> _reasonSpec = ColumnSpec.Word("reason");
    private static readonly ColumnSpec<Int128> _limitSpec = ColumnSpec.Amount("limit");
    private static readonly ColumnSpec<Int128> _valueSpec = ColumnSpec.Amount("value");

    private readonly ArrowTable _table;
    private readonly RunNames _names;
    private readonly ArrowColumn<long> _time, _clientOrderId;
    private readonly ArrowColumn<int> _strategy, _instrument, _command, _reason;
    private readonly ArrowColumn<Int128> _limit, _value;

    public DenialFile(string directory, RunNames names, int batchRows)
    {
        _names = names;
        _table = new ArrowTable(Path.Combine(directory, FileName), batchRows);
        _time = _table.Column(_timeSpec);
        _clientOrderId = _table.Column(_clientOrderIdSpec);
        _strategy = _table.Column(RunNames.StrategyColumn, names.Strategies);
        _instrument = _table.Column(RunNames.InstrumentColumn, names.InstrumentsOrNone);
        _command = _table.Column(_commandSpec, WordList.Of<CommandKind>());
        _reason = _table.Column(_reasonSpec, WordList.Of<ReasonCode>());
        _limit = _table.Column(_limitSpec);
        _value = _table.Column(_valueSpec);
    }

    public void Add(in DenialRow row)
    {
        _strategy.Add(_names.IndexOf(row.Strategy));
        _instrument.Add(_names.IndexOfOrNone(row.Instrument));
        _command.Add(EnumWords<CommandKind>.IndexOf((int)row.Command));
        _reason.Add(EnumWords<ReasonCode>.IndexOf((int)row.Reason));
        _time.Add(row.Time.Nanoseconds);
        _clientOrderId.Add(row.ClientOrderId.Value);
        _limit.Add(Money128.FromDecimal(row.Limit));
        _value.Add(Money128.FromDecimal(row.Value));
        _table.EndRow();
    }

    public void Complete() => _table.Complete();

    public void Dispose() => _table.Dispose();

    public static IEnumerable<DenialRow> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var time = rows.Column(_timeSpec);
            var clientOrderId = rows.Column(_clientOrderIdSpec);
            var strategy = rows.Column(RunNames.StrategyColumn);
            var instrument = rows.Column(RunNames.InstrumentColumn);
            int none = rows.Words(RunNames.InstrumentColumn, word => word).Count - 1;
            var command = rows.Enums<CommandKind>(_commandSpec);
            var reason = rows.Enums<ReasonCode>(_reasonSpec);
            var limit = rows.Column(_limitSpec);
            var value = rows.Column(_valueSpec);
            for (int i = 0; i < rows.Count; i++)
            {
                yield return new()
                {
                    Time = new(time[i]),
                    ClientOrderId = new(clientOrderId[i]),
                    Strategy = new((ushort)strategy[i]),
                    Instrument = instrument[i] == none ? InstrumentId.None : new(instrument[i]),
                    Command = command[i],
                    Reason = reason[i],
                    Limit = Money128.ToDecimal(limit[i]),
                    Value = Money128.ToDecimal(value[i]),
                };
            }
        }
    }
}
