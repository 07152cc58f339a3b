using System.CommandLine;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary><c>import lean|binance|dbn|tardis|binance-csv|itch|lobster|csv|parquet</c>.</summary>
internal static class ImportCommands
{
    /// <summary>Files that an import of one day or contract after the other keeps open.</summary>
    private const int FewOpenFiles = 16;

    public static Command Create(ToolConsole console)
    {
        Command command = new("import", "Imports data; all of it, or nothing when a row is bad")
        {
            Lean(console),
            Binance(console),
            Itch(console),
            Lobster(console),
            Dbn(console),
            FeedCsv(console, "tardis", "Tardis.dev's CSV files: incremental_book_L2, book_snapshot_N, quotes, trades", "import tardis ./deribit_incremental_book_L2_2020-04-01_BTC-PERPETUAL.csv.gz --catalog ./catalog"),
            FeedCsv(console, "binance-csv", "Binance's public data: bookTicker, trades, aggTrades, T_DEPTH (.csv, .zip)", "import binance-csv ./BTCUSDT-trades-2024-08-08.zip --catalog ./catalog --currency USDT"),
            Table(console, "csv", "Tables of text (.csv, .gz, .zst, .zip) with a column mapping", (o, run, paths) => new CsvImporter(o).Import(run, paths)),
            Table(console, "parquet", "Parquet files with a column mapping; NautilusTrader's quotes and trades are recognised", (o, run, paths) => new ParquetImporter(o).Import(run, paths)),
        };
        HelpExamples.Add(
            command,
            "import lean ./data/equity/usa --catalog ./catalog",
            "import csv ./quotes.csv --catalog ./catalog --kind quotes --map time=ts,bid=b,ask=a",
            "import csv --help");
        return command;
    }

    private static Command Lean(ToolConsole console)
    {
        Command command = new("lean", "QuantConnect LEAN zips: ticks and bars; what a file holds is read from its path");
        Option<string?> hours = new("--market-hours") { Description = "market-hours-database.json; looked for beside the data when not given" };
        Option<string?> properties = new("--symbol-properties") { Description = "symbol-properties-database.csv; looked for beside the data when not given" };
        Option<LeanHours> which = new("--hours") { HelpName = OptionText.Words<LeanHours>(), Description = "extended: sessions with the hours before and after the regular market; regular: without [default: extended]" };
        Option<bool> suspicious = new("--drop-suspicious") { Description = "Leave out rows that are marked suspicious; they are stored and counted otherwise" };
        Option<string?> size = new("--size") { Description = "Size of both sides of quotes that have none, as FX [default: 1000000]" };
        command.Add(hours);
        command.Add(properties);
        command.Add(which);
        command.Add(suspicious);
        command.Add(size);
        HelpExamples.Add(
            command,
            "import lean ./data/equity/usa --catalog ./catalog",
            "import lean ./data/equity/usa/daily ./data/equity/usa/factor_files --catalog ./catalog --hours regular");
        Complete(command, console, (parsed, files) =>
        {
            LeanOptions options = new() { MarketHours = parsed.GetValue(hours), SymbolProperties = parsed.GetValue(properties), Hours = parsed.GetValue(which), DropSuspicious = parsed.GetValue(suspicious) };
            if (OptionText.Read(parsed, size, t => Quantity.Parse(t)) is { } unsized) options = options with { SizeOfUnsized = unsized };
            return (new LeanImporter(options).Import, files with { MaxOpenFiles = FewOpenFiles });
        });
        return command;
    }

    private static Command Binance(ToolConsole console)
    {
        Command command = new("binance", "Raw captures of Binance's streams: a receive time in nanoseconds, then the message; bookTicker, trade, depth and its snapshots are imported");
        Option<string?> venue = new("--venue") { Description = "The venue's name [default: BINANCE, BINANCE-USDM or BINANCE-COINM by the shape of the messages]" };
        Option<long?> offset = new("--clock-offset") { Description = "Nanoseconds to add to receive times [default: measured where the recorder's clock was behind]" };
        Option<long> latency = new("--base-latency") { Description = "Nanoseconds that the fastest message took, where the clock is corrected [default: 0]" };
        Option<bool> depth = new("--depth-without-snapshot") { Description = "Begin a book empty where no snapshot was captured, and after a hole in its updates" };
        command.Add(venue);
        command.Add(offset);
        command.Add(latency);
        command.Add(depth);
        HelpExamples.Add(command, "import binance ./captures/btcusdt_20240808.gz --catalog ./catalog");
        Complete(command, console, (parsed, files) =>
        {
            if (parsed.GetValue(latency) < 0) throw new ImportException("--base-latency cannot be below zero.");
            BinanceOptions options = new() { Venue = parsed.GetValue(venue), ClockOffset = parsed.GetValue(offset), BaseLatency = parsed.GetValue(latency), DepthWithoutSnapshot = parsed.GetValue(depth) };
            return (new BinanceImporter(options).Import, files);
        });
        return command;
    }

    private static Command Dbn(ToolConsole console)
    {
        Command command = new("dbn", "Databento's DBN files, versions 1 to 3, plain or .zst: orders, depth, quotes, trades, bars, status, definitions");
        Option<string?> venue = new("--venue") { Description = "The venue's name [default: that of the publisher]" };
        command.Add(venue);
        HelpExamples.Add(command, "import dbn ./definitions.dbn.zst ./esh4.mbo.dbn.zst --catalog ./catalog");
        Complete(command, console, (parsed, files) => (new DbnImporter(new() { Venue = parsed.GetValue(venue) }).Import, files));
        return command;
    }

    private static Command FeedCsv(ToolConsole console, string name, string description, string example)
    {
        Command command = new(name, description);
        Option<string?> venue = new("--venue") { Description = "The venue's name [default: the exchange column, else BINANCE]" };
        Option<string?> symbol = new("--symbol") { Description = "The symbol of rows that name none [default: the start of the file's name]" };
        Option<AssetClass> assetClass = new("--asset-class") { HelpName = "CLASS", Description = $"What kind of instruments they are: {OptionText.Words<AssetClass>(", ")} [default: crypto]" };
        Option<string?> currency = new("--currency") { Description = "The currency of prices [default: the end of the symbol, else USD]" };
        Option<bool> depth = new("--depth-without-snapshot") { Description = "Begin a book empty where no snapshot comes first, and after a hole in its updates" };
        foreach (Option option in new Option[] { venue, symbol, assetClass, currency, depth }) command.Add(option);
        HelpExamples.Add(command, example);
        Complete(command, console, (parsed, files) =>
        {
            FeedCsvOptions options = new()
            {
                Venue = parsed.GetValue(venue),
                Symbol = parsed.GetValue(symbol),
                AssetClass = parsed.GetResult(assetClass) is null ? AssetClass.Crypto : parsed.GetValue(assetClass),
                Currency = OptionText.Read(parsed, currency, t => Currency.Parse(t)),
                DepthWithoutSnapshot = parsed.GetValue(depth),
            };
            return (new FeedCsvImporter(options).Import, files);
        });
        return command;
    }

    private static Command Itch(ToolConsole console)
    {
        Command command = new("itch", "NASDAQ TotalView-ITCH 5.0 files, plain or .gz: the book order by order, trades, states");
        Option<string?> date = new("--date") { Description = "The day in New York, such as 2019-01-30 [default: read from the file's name]" };
        Option<string?> symbols = new("--symbols") { Description = "Symbols to import, with commas between [default: all]" };
        Option<string> venue = new("--venue") { Description = "The venue's name", DefaultValueFactory = _ => "XNAS" };
        command.Add(date);
        command.Add(symbols);
        command.Add(venue);
        HelpExamples.Add(command, "import itch ./01302019.NASDAQ_ITCH50.gz --catalog ./catalog --symbols SPY,QQQ --sessions 09:30-16:00@America/New_York");
        Complete(command, console, (parsed, files) =>
        {
            ItchOptions options = new() { Venue = parsed.GetRequiredValue(venue) };
            if (OptionText.Read(parsed, date, t => Timestamp.Parse(t)) is { } day) options = options with { Date = day.Date };
            if (parsed.GetValue(symbols) is { } list) options = options with { Symbols = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
            return (new ItchImporter(options).Import, files with { MaxOpenFiles = 4 * options.StocksPerPass });
        });
        return command;
    }

    private static Command Lobster(ToolConsole console)
    {
        Command command = new("lobster", "LOBSTER's pairs of message and orderbook files; the second checks the book that the first makes, row by row");
        Option<string> venue = new("--venue") { Description = "The venue's name", DefaultValueFactory = _ => "XNAS" };
        command.Add(venue);
        HelpExamples.Add(command, "import lobster ./AAPL_2012-06-21_34200000_57600000_message_10.csv ./AAPL_2012-06-21_34200000_57600000_orderbook_10.csv --catalog ./catalog");
        Complete(command, console, (parsed, files) => (new LobsterImporter(new() { Venue = parsed.GetRequiredValue(venue) }).Import, files with { MaxOpenFiles = FewOpenFiles }));
        return command;
    }

    private static Command Table(ToolConsole console, string name, string description, Action<TableOptions, ImportRun, IReadOnlyList<string>> import)
    {
        Command command = new(name, description);
        TableSettings table = new(command, isText: name == "csv");
        HelpExamples.Add(
            command,
            $"import {name} ./eurusd.{name} --catalog ./catalog --kind quotes --map time=ts,bid=b,ask=a --symbol EURUSD --venue FX --asset-class forex",
            $"import {name} ./spy.{name} --catalog ./catalog --kind bars-1m --map time=date --time-zone America/New_York --sessions 09:30-16:00@America/New_York");
        Complete(command, console, (parsed, files) =>
        {
            TableOptions options = table.Options(parsed).Validated();
            return ((run, paths) => import(options, run, paths), files);
        });
        return command;
    }

    private static void Complete(
        Command command, ToolConsole console, Func<ParseResult, TickFileOptions, (Action<ImportRun, IReadOnlyList<string>> Importer, TickFileOptions Files)> prepare)
    {
        Argument<string[]> paths = new("PATH") { Description = "Files, or folders that are searched", Arity = ArgumentArity.OneOrMore };
        Option<bool> skipBad = new("--skip-bad") { Description = "Leave bad rows out and count them by reason, instead of stopping at the first" };
        command.Add(paths);
        CatalogSettings catalog = new(command);
        SessionSettings sessions = new(command);
        command.Add(skipBad);
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            (Action<ImportRun, IReadOnlyList<string>> importer, TickFileOptions files) = prepare(parsed, catalog.Files(parsed));
            new ImportJob
            {
                Catalog = catalog.Catalog(parsed),
                Paths = parsed.GetRequiredValue(paths),
                FileOptions = files,
                SkipBad = parsed.GetValue(skipBad),
                Calendar = sessions.Calendar(parsed),
                IsContinuous = sessions.IsContinuous(parsed),
                Said = [.. command.Options.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name)],
                Importer = importer,
            }.Run(console);
            return DataToolsCli.Done;
        }));
    }
}
