using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MiniTrader.Model;

namespace MiniTrader.Tests.TickStore;

/// <summary>Quote files as Apache.Arrow writes them, sound or wrong in one way.</summary>
internal sealed record ForeignQuotes
{
    public int Rows { get; init; } = 100;

    public int BatchRows { get; init; } = 40;

    public bool IsLz4 { get; init; }

    public TimeUnit Unit { get; init; } = TimeUnit.Nanosecond;

    public int? PriceScale { get; init; } = 4;

    public string? LeftOut { get; init; }

    public bool HasNote { get; init; }

    public int? NullBid { get; init; }

    public int? EarlyRow { get; init; }

    public long BidFactor { get; init; } = 1;

    public bool HasDoubleBid { get; init; }

    public long Time(int row) => 1_709_562_600_000_000L + (row == EarlyRow ? -1000 : row);

    public void Write(string path)
    {
        List<Field> fields =
        [
            new("venue_time", new TimestampType(Unit, "UTC"), true),
            new("bid", HasDoubleBid ? DoubleType.Default : Int64Type.Default, true),
            new("ask", Int64Type.Default, true),
            new("bid_size", Int64Type.Default, true),
            new("ask_size", Int64Type.Default, true),
        ];
        if (HasNote) fields.Insert(1, new Field("note", StringType.Default, true));
        fields.RemoveAll(f => f.Name == LeftOut);
        Dictionary<string, string> metadata = new() { ["size_scale"] = "0" };
        if (PriceScale is { } scale) metadata["price_scale"] = $"{scale}";
        Schema schema = new(fields, metadata);
        IpcOptions options = new() { CompressionCodecFactory = new CompressionCodecFactory(), CompressionCodec = IsLz4 ? CompressionCodecType.Lz4Frame : null };
        using FileStream stream = File.Create(path);
        using ArrowFileWriter writer = new(stream, schema, leaveOpen: false, options);
        for (int from = 0; from < Rows; from += BatchRows)
        {
            // The batch lives until it is written: its native memory must not be finalized under the writer.
            using RecordBatch batch = new(schema, fields.Select(f => Column(f, from, Math.Min(BatchRows, Rows - from))), Math.Min(BatchRows, Rows - from));
            writer.WriteRecordBatch(batch);
        }

        writer.WriteEnd();
    }

    private IArrowArray Column(Field field, int from, int count)
    {
        IEnumerable<int> rows = Enumerable.Range(from, count);
        switch (field.Name)
        {
            case "venue_time":
                // Times are whole microseconds, and the unit divides them.
                long factor = Unit == TimeUnit.Nanosecond ? 1000 : 1;
                using (Int64Array values = new Int64Array.Builder().AppendRange(rows.Select(i => Time(i) * factor)).Build())
                    return new TimestampArray(new ArrayData(field.DataType, count, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(values.ValueBuffer.Span.ToArray())]));
            case "note":
                return new StringArray.Builder().AppendRange(rows.Select(i => $"row {i}")).Build();
            case "bid" when HasDoubleBid:
                return new DoubleArray.Builder().AppendRange(rows.Select(i => (double)i)).Build();
            case "bid":
                Int64Array.Builder bids = new();
                foreach (int i in rows)
                {
                    if (i == NullBid) bids.AppendNull();
                    else bids.Append((1000 + i) * BidFactor);
                }

                return bids.Build();
            case "ask":
                return new Int64Array.Builder().AppendRange(rows.Select(i => 1001L + i)).Build();
            default:
                return new Int64Array.Builder().AppendRange(rows.Select(i => (long)(i % 9))).Build();
        }
    }

    public MarketEvent[] Expected()
    {
        MarketEvent[] events = new MarketEvent[Rows];
        for (int i = 0; i < Rows; i++)
        {
            Timestamp time = new(Time(i) * 1000);
            events[i].Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Quote, Flags = EventFlags.ForBoth };
            long factor = FixedPoint.PowerOfTen(9 - (PriceScale ?? 9));
            events[i].Quote.Bid = new((1000 + i) * BidFactor * factor);
            events[i].Quote.Ask = new((1001 + i) * factor);
            events[i].Quote.BidSize = Quantity.FromUnits(i % 9);
            events[i].Quote.AskSize = Quantity.FromUnits(i % 9);
        }

        return events;
    }
}
