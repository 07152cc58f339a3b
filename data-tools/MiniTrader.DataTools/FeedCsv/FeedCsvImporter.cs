using System.Text;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports the CSV files of Tardis.dev (incremental_book_L2, book_snapshot_N, quotes, trades) and of Binance's public data
/// (bookTicker, trades, aggTrades, T_DEPTH), recognised by their columns. A book goes on from one file to the next of an import, so
/// that a snapshot may be a file of its own.
/// </summary>
public sealed class FeedCsvImporter(FeedCsvOptions options)
{
    private const int ProbeRows = 2_000;

    private static readonly string[] _currencies = ["USDT", "USDC", "FDUSD", "BUSD", "USD", "EUR", "BTC", "ETH", "BNB"];

    private readonly Dictionary<string, FeedCsvSeries> _series = new(StringComparer.Ordinal);

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (string path in InputFiles.Find(paths, ".csv", ".csv.gz", ".csv.zst", ".zip"))
        {
            FileAccount account = run.Begin(path);
            foreach (FeedCsvSeries series in _series.Values) series.Account = account;
            foreach (SourcePart part in SourceFile.Parts(path, run)) ImportPart(run, part, account);
            foreach (FeedCsvSeries series in _series.Values) series.Flush();
            run.End(account);
        }
    }

    private void ImportPart(ImportRun run, SourcePart part, FileAccount account)
    {
        LineReader lines = new(part.Stream, part.Name);
        List<byte[]> probe = [];
        while (probe.Count < ProbeRows && lines.TryRead(out ReadOnlySpan<byte> line)) probe.Add(line.ToArray());
        if (probe.Count == 0)
        {
            run.Remark($"{part.Name} has no rows");
            return;
        }

        FeedCsvLayout layout = FeedCsvLayout.Of(Cells(probe[0]), part.Name);
        int at = layout.HasHeader ? 1 : 0;
        FeedCsvReader reader = new(layout, account);
        (int priceDecimals, int sizeDecimals) = Finest(probe.Skip(at), reader, layout);
        string fileSymbol = options.Symbol ?? part.Entry.Split('.', '-', '_')[0].ToUpperInvariant();
        long number = at;
        foreach (byte[] line in probe.Skip(at)) Count(line);
        while (lines.TryRead(out ReadOnlySpan<byte> line)) Count(line);
        account.IsLastLineOpen |= lines.IsOpen;

        void Count(ReadOnlySpan<byte> line) => account.Count(line.IsEmpty ? RowOutcome.LeftOut("blank line") : Store(line), part.Name, ++number, line);

        RowOutcome Store(ReadOnlySpan<byte> line)
        {
            if (reader.Split(line) is { } wrong) return RowOutcome.Refused(wrong);
            string symbol = layout.Symbol >= 0 ? Encoding.UTF8.GetString(reader.Cell(line, layout.Symbol)) : fileSymbol;
            if (symbol.Length == 0) return RowOutcome.Refused("the symbol is empty");
            if (reader.Read(line, out FeedCsvRow row) is { } reason) return RowOutcome.Refused(reason);
            string venue = options.Venue ?? (layout.Exchange >= 0 ? Encoding.UTF8.GetString(reader.Cell(line, layout.Exchange)).ToUpperInvariant() : "BINANCE");
            if (venue.Length == 0) return RowOutcome.Refused("the exchange is empty");
            string name = $"{symbol}.{venue}";
            if (!_series.TryGetValue(name, out FeedCsvSeries? series)) _series[name] = series = new(run.Sink, Make(run, symbol, venue, priceDecimals, sizeDecimals), account, options);
            return series.Store(row, layout.Kind);
        }
    }

    private Instrument Make(ImportRun run, string symbol, string venue, int priceDecimals, int sizeDecimals)
    {
        string pair = symbol.Replace("-PERPETUAL", "", StringComparison.OrdinalIgnoreCase).Split('_')[0];
        string? end = _currencies.FirstOrDefault(c => pair.Length > c.Length && pair.EndsWith(c, StringComparison.OrdinalIgnoreCase));
        Instrument made = new Instrument
        {
            Symbol = symbol,
            Venue = venue,
            AssetClass = options.AssetClass,
            Currency = options.Currency ?? (end is null ? Currency.Usd : Currency.Parse(end)),
            TickSize = new(FixedPoint.PowerOfTen(FixedPoint.Decimals - priceDecimals)),
            LotSize = new(FixedPoint.PowerOfTen(FixedPoint.Decimals - sizeDecimals)),
        }.Validated();
        run.Sink.Register(made);
        run.Remark(
            $"{made.Name}: class {made.AssetClass} (--asset-class), currency {made.Currency} ({(options.Currency is not null ? "as given" : end is null ? "assumed" : "the end of the symbol")};"
            + $" --currency sets it), tick {made.TickSize} and lot {made.LotSize} (the finest steps in the first rows)");
        return made;
    }

    /// <summary>Decimals of the finest price and size in the first rows.</summary>
    private static (int Price, int Size) Finest(IEnumerable<byte[]> rows, FeedCsvReader reader, FeedCsvLayout layout)
    {
        (int price, int size) = (0, 0);
        int[] prices = [layout.Price, layout.Bid, layout.Ask, .. layout.Levels.SelectMany(l => (int[])[l.BidPrice, l.AskPrice])];
        int[] sizes = [layout.Size, layout.BidSize, layout.AskSize, .. layout.Levels.SelectMany(l => (int[])[l.BidSize, l.AskSize])];
        foreach (byte[] row in rows)
        {
            if (reader.Split(row) is not null) continue;
            foreach (int place in prices) price = Math.Max(price, NumberText.DecimalsOf(reader.Cell(row, place)));
            foreach (int place in sizes) size = Math.Max(size, NumberText.DecimalsOf(reader.Cell(row, place)));
        }

        return (Math.Min(price, FixedPoint.Decimals), Math.Min(size, FixedPoint.Decimals));
    }

    private static List<string> Cells(ReadOnlySpan<byte> line)
    {
        RowFields fields = new();
        List<string> cells = [];
        if (!fields.TrySplit(line)) return cells;
        for (int i = 0; i < fields.Count; i++) cells.Add(NumberText.Show(fields.Of(line, i)));
        return cells;
    }
}
