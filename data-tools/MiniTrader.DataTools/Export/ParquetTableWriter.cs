using MiniTrader.Model;
using MiniTrader.TickStore;
using Parquet;
using Parquet.Schema;

namespace MiniTrader.DataTools;

/// <summary>
/// Parquet with row groups of 256 Ki rows: times are whole nanoseconds since 1970 (nothing finer than 100 ns survives the usual
/// timestamp types here), prices and sizes exact decimals with nine places. The instrument and kind stand in the metadata.
/// </summary>
public sealed class ParquetTableWriter : ITableWriter
{
    private const int GroupRows = 1 << 18;
    private const int Precision = 19;

    private readonly MarketEvent[] _events = new MarketEvent[GroupRows];
    private readonly List<(DataField Field, Func<ParquetRowGroupWriter, DataField, ReadOnlyMemory<MarketEvent>, Task> Write)> _columns = [];
    private readonly ParquetWriter _writer;
    private int _count;

    public ParquetTableWriter(Stream stream, TickSeries series, TickColumns present)
    {
        ArgumentNullException.ThrowIfNull(series);
        Text("symbol", series.Instrument.Symbol);
        Whole(series.Kind.Event == EventKind.Bar ? "end_time" : "time", e => e.Header.VenueTime.Nanoseconds);
        if ((present & TickColumns.ReceivedTime) != 0) Whole("received", e => e.Header.ReceivedTime.Nanoseconds);
        switch (series.Kind.Event)
        {
            case EventKind.Quote: AddQuote(); break;
            case EventKind.Trade: AddTrade((present & TickColumns.TradeId) != 0, (present & TickColumns.Condition) != 0); break;
            case EventKind.Bar: AddBar(); break;
            case EventKind.BookDelta: AddBook((present & TickColumns.Flags) != 0); break;
            case EventKind.Status: Words("status", e => e.Status.Status.ToString().ToLowerInvariant()); break;
            case EventKind.CorporateAction: AddAction(); break;
            default: throw new ImportException($"Series of kind '{series.Kind}' cannot be exported as tables; quotes, trades, bars, book, status and actions can.");
        }

        // The sequence stands at one place in quotes, trades and book deltas.
        if ((present & TickColumns.Sequence) != 0) Whole("sequence", e => e.Quote.Sequence);
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_columns.Select(c => c.Field)), stream).GetAwaiter().GetResult();
        _writer.CustomMetadata = new Dictionary<string, string> { ["instrument"] = series.Instrument.Name, ["kind"] = series.Kind.ToString() };
    }

    public void Write(ReadOnlySpan<MarketEvent> events)
    {
        while (!events.IsEmpty)
        {
            int count = Math.Min(events.Length, GroupRows - _count);
            events[..count].CopyTo(_events.AsSpan(_count));
            _count += count;
            events = events[count..];
            if (_count == GroupRows) WriteGroup();
        }
    }

    public void Complete()
    {
        if (_count > 0) WriteGroup();
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
    }

    private void WriteGroup()
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        foreach ((DataField field, Func<ParquetRowGroupWriter, DataField, ReadOnlyMemory<MarketEvent>, Task> write) in _columns)
            write(group, field, _events.AsMemory(0, _count)).GetAwaiter().GetResult();
        group.CompleteValidate();
        _count = 0;
    }

    private void AddQuote()
    {
        Optional("bid", e => e.Quote.Bid.Raw, e => e.Quote.Bid.IsZero && e.Quote.BidSize.IsZero);
        Optional("bid_size", e => e.Quote.BidSize.Raw, e => e.Quote.Bid.IsZero && e.Quote.BidSize.IsZero);
        Optional("ask", e => e.Quote.Ask.Raw, e => e.Quote.Ask.IsZero && e.Quote.AskSize.IsZero);
        Optional("ask_size", e => e.Quote.AskSize.Raw, e => e.Quote.Ask.IsZero && e.Quote.AskSize.IsZero);
    }

    private void AddTrade(bool hasId, bool hasCondition)
    {
        Number("price", e => e.Trade.Price.Raw);
        Number("size", e => e.Trade.Size.Raw);
        Words("side", e => e.Trade.Aggressor switch { AggressorSide.Buyer => "buy", AggressorSide.Seller => "sell", _ => "" });
        if (hasId) Whole("id", e => e.Trade.TradeId);
        if (hasCondition) Words("condition", e => ConditionText.Of(e.Trade.Condition));
    }

    private void AddBar()
    {
        Number("open", e => e.Bar.Open.Raw);
        Number("high", e => e.Bar.High.Raw);
        Number("low", e => e.Bar.Low.Raw);
        Number("close", e => e.Bar.Close.Raw);
        Number("volume", e => e.Bar.Volume.Raw);
    }

    private void AddBook(bool hasFlags)
    {
        Words("action", e => e.BookDelta.Action.ToString().ToLowerInvariant());
        Words("side", e => SideText.Of(e.BookDelta.Side));
        Number("price", e => e.BookDelta.Price.Raw);
        Number("size", e => e.BookDelta.Size.Raw);
        Whole("order_id", e => e.BookDelta.OrderId);
        if (hasFlags) Words("flags", e => SideText.Of(e.Header.Flags));
    }

    private void AddAction()
    {
        Words("action", e => e.Action.Kind.ToString().ToLowerInvariant());
        Number("amount", e => e.Action.Amount.Raw);
        Number("price", e => e.Action.Price.Raw);
        Whole("new_units", e => e.Action.NewUnits);
        Whole("old_units", e => e.Action.OldUnits);
    }

    private void Text(string name, string text) => Words(name, _ => text);

    private void Words(string name, Func<MarketEvent, string> of) =>
        _columns.Add((new DataField<string>(name), (group, field, events) => group.WriteAsync(field, Values(events, of))));

    private void Whole(string name, Func<MarketEvent, long> of) =>
        _columns.Add((new DataField<long>(name), (group, field, events) => group.WriteAsync<long>(field, Values(events, of))));

    private void Number(string name, Func<MarketEvent, long> of) =>
        _columns.Add((new DecimalDataField(name, Precision, FixedPoint.Decimals), (group, field, events) => group.WriteAsync<decimal>(field, Values(events, e => ToDecimal(of(e))))));

    private void Optional(string name, Func<MarketEvent, long> of, Func<MarketEvent, bool> isEmpty) =>
        _columns.Add((new DecimalDataField(name, Precision, FixedPoint.Decimals, isNullable: true),
            (group, field, events) => group.WriteAsync<decimal>(field, Values<decimal?>(events, e => isEmpty(e) ? null : ToDecimal(of(e))))));

    private static decimal ToDecimal(long raw) => new decimal(raw) / FixedPoint.One;

    private static T[] Values<T>(ReadOnlyMemory<MarketEvent> events, Func<MarketEvent, T> of)
    {
        ReadOnlySpan<MarketEvent> span = events.Span;
        T[] values = new T[span.Length];
        for (int i = 0; i < values.Length; i++) values[i] = of(span[i]);
        return values;
    }
}
