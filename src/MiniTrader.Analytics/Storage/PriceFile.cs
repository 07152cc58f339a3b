using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// <c>prices.arrow</c>: the thinned-out prices of the report's price charts, so that the report can be written again without the market
/// data. A few thousand rows at most.
/// </summary>
internal static class PriceFile
{
    public const string FileName = "prices.arrow";

    private static readonly ColumnSpec<long> _timeSpec = ColumnSpec.Time("time");
    private static readonly ColumnSpec<long> _priceSpec = ColumnSpec.FixedPoint("price");

    public static void Write(string directory, RunNames names, IReadOnlyList<PricePoint> points)
    {
        using ArrowTable table = new(Path.Combine(directory, FileName), Math.Max(1, points.Count));
        ArrowColumn<long> time = table.Column(_timeSpec);
        ArrowColumn<int> instrument = table.Column(RunNames.InstrumentColumn, names.Instruments);
        ArrowColumn<long> price = table.Column(_priceSpec);
        foreach (PricePoint point in points)
        {
            time.Add(point.Time.Nanoseconds);
            instrument.Add(names.IndexOf(point.Instrument));
            price.Add(point.Price.Raw);
            table.EndRow();
        }

        table.Complete();
    }

    public static IEnumerable<PricePoint> Read(string directory)
    {
        using ArrowRows rows = new(Path.Combine(directory, FileName));
        while (rows.NextBatch())
        {
            var time = rows.Column(_timeSpec);
            var instrument = rows.Column(RunNames.InstrumentColumn);
            var price = rows.Column(_priceSpec);
            for (int i = 0; i < rows.Count; i++)
                yield return new() { Time = new(time[i]), Instrument = new InstrumentId(instrument[i]), Price = new(price[i]) };
        }
    }
}
