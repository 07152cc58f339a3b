using System.Text.Json;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>The tools as a person runs them, on catalogs in a temporary folder.</summary>
public sealed class CommandLineTests
{
    private static (int Code, string Output, string Errors) Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        int code = DataToolsCli.Run(args, new(output, errors, false));
        return (code, output.ToString(), errors.ToString());
    }

    private static void Works(params string[] args)
    {
        (int code, string output, string errors) = Run(args);
        Assert.True(code == 0, $"{string.Join(' ', args)} → {code}\n{output}\n{errors}");
    }

    private static MarketEvent[] Rows(string directory, string series)
    {
        TickCatalog catalog = TickCatalog.Open(directory);
        using CatalogFeed feed = CatalogFeed.OpenSeries(catalog, catalog.Series.Single(s => s.ToString() == series), new(0), new());
        List<MarketEvent> rows = [];
        MarketEvent[] batch = new MarketEvent[1000];
        while (!feed.IsFinished) rows.AddRange(batch[..feed.Fill(batch)]);
        return [.. rows];
    }

    [Fact]
    public void Generated_markets_are_written_listed_and_healthy()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "generated:seed=7", "--rows", "70k", "--instruments", "3", "--days", "40", "--catalog", catalog, "--compression", "lz4");
        (int code, string output, _) = Run("info", "--catalog", catalog, "--json");
        Assert.Equal(0, code);
        JsonElement[] series = [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
        Assert.Equal(6, series.Length);
        Assert.Equal(70_000, series.Sum(s => s.GetProperty("rows").GetInt64()));
        Assert.All(series, s => Assert.Equal((40, "lz4"), (s.GetProperty("files").GetInt32(), s.GetProperty("compression").GetString())));
        (code, output, _) = Run("doctor", "--catalog", catalog, "--json");
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, 0L, 70_000L), (code, report.GetProperty("errors").GetInt64(), report.GetProperty("rows").GetInt64()));
        Assert.Equal((0, 2), (Run("head", "--catalog", catalog, "--kind", "trades", "--rows", "2").Code, Run("generate", "--rows", "1k", "--catalog", catalog).Code));
    }

    [Fact]
    public void A_job_that_is_stopped_says_so_and_leaves_nothing()
    {
        using TempFolder folder = new();
        using StringWriter output = new(), errors = new();
        string catalog = folder.Path("catalog");
        int code = DataToolsCli.Run(["generate", "--rows", "1M", "--catalog", catalog], new(output, errors, false, new CancellationToken(canceled: true)));
        Assert.Equal(130, code);
        Assert.Contains("Stopped by a signal", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(catalog));
    }

    [Fact]
    public void The_doctor_names_the_batch_that_a_row_lies_in()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Instrument share = new() { Symbol = "ABC", Venue = "X" };
        using (CatalogWriter writer = new(catalog, new() { BatchRows = 4 }))
        {
            MarketEvent[] quotes = new MarketEvent[10];
            for (int i = 0; i < quotes.Length; i++)
            {
                Timestamp time = Timestamp.Parse("2024-01-02T14:30") + (i * Timestamp.NanosecondsPerSecond);
                quotes[i].Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Quote, Flags = EventFlags.ForBoth };
                (quotes[i].Quote.Bid, quotes[i].Quote.Ask) = (Price.Parse(i == 8 ? "12" : "10"), Price.Parse("11"));
                (quotes[i].Quote.BidSize, quotes[i].Quote.AskSize) = (Quantity.FromUnits(1), Quantity.FromUnits(i + 1));
            }

            writer.Append(share, quotes);
            writer.Complete();
        }

        (int code, string output, string errors) = Run("doctor", "--catalog", catalog, "--json");
        Assert.True(code == 0, errors);
        JsonElement finding = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("check").GetString() == "crossed");
        JsonElement example = finding.GetProperty("examples")[0];
        Assert.Equal((2, 8), (example.GetProperty("batch").GetInt32(), example.GetProperty("row").GetInt32()));
    }

    [Fact]
    public void The_doctor_names_files_that_a_killed_writer_left()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "1k", "--catalog", catalog);
        string left = Path.Combine(Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).First() + ".tmp");
        File.WriteAllBytes(left, new byte[2048]);
        (int code, string output, string errors) = Run("doctor", "--catalog", catalog);
        Assert.Equal(0, code);
        Assert.Contains("unfinished", output, StringComparison.Ordinal);
        Assert.Contains("1 unfinished file (2.0 KiB)", errors, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(left), errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The value of --catalog is empty. Give it one, or leave the option out.", "info", "--catalog", "")]
    [InlineData("The value of PATH is empty. Give it one.", "import", "csv", "", "--catalog", "c")]
    [InlineData("There is no command 'leen' of import. There are: lean, binance,", "import", "leen", "t.zip", "--catalog", "c")]
    [InlineData("There is no command 'impart'. There are: import, generate, info, head, doctor, export.", "impart")]
    [InlineData("A command of export is missing. There are: csv, parquet.", "export")]
    [InlineData("--rows cannot be 'x'; it takes a whole number.", "head", "--catalog", "c", "--rows", "x")]
    [InlineData("--gap-minutes cannot be 'x'; it takes a number such as 0.5.", "doctor", "--catalog", "c", "--gap-minutes", "x")]
    [InlineData("--compression cannot be 'zip'; it takes one of none, lz4.", "generate", "--catalog", "c", "--compression", "zip")]
    [InlineData("--format: Argument 'xml' not recognized. Must be one of: 'catalog' 'itch'", "generate", "--catalog", "c", "--format", "xml")]
    [InlineData("--tick: 'x' is not a decimal number.", "import", "csv", "t.csv", "--catalog", "c", "--tick", "x")]
    [InlineData("--multiplier: 'x' is not a number. Write it like 100 or 0.01.", "import", "csv", "t.csv", "--catalog", "c", "--multiplier", "x")]
    [InlineData("--date: 'x' is not a time.", "import", "itch", "t.itch", "--catalog", "c", "--date", "x")]
    [InlineData("--from: 'x' is not a time.", "head", "--catalog", "c", "--from", "x")]
    public void A_wrong_option_is_named_in_the_first_line(string sentence, params string[] args)
    {
        (int code, string output, string errors) = Run(args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(sentence, errors.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void No_arguments_at_all_show_the_help()
    {
        (int code, string output, string errors) = Run();
        Assert.Equal((2, ""), (code, errors));
        Assert.Contains("doctor", output, StringComparison.Ordinal);
        Assert.Equal(0, Run("--help").Code);
    }

    [Fact]
    public void A_file_in_the_place_of_a_catalog_is_named()
    {
        using TempFolder folder = new();
        string file = folder.Write("file", "text");
        foreach (string[] args in (string[][])[["info", "--catalog", file], ["generate", "--rows", "10", "--catalog", file]])
        {
            (int code, _, string errors) = Run(args);
            Assert.Equal(2, code);
            Assert.StartsWith($"{file} is a file", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1960-01-02T10:00:00Z", "2 ", "dated before 1970")]
    [InlineData("2150-01-02T10:00:00Z", "1 ", "dated in the future")]
    public void Far_dates_are_imported_and_said_by_importer_and_doctor(string far, string count, string said)
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        bool isPast = far[0] == '1';
        string[] times = isPast ? [far, far.Replace("02T", "03T", StringComparison.Ordinal), "2024-01-02T10:00:00Z"] : ["2024-01-02T10:00:00Z", far];
        string table = folder.Write("t.csv", "time,bid,ask\n" + string.Concat(times.Select(t => $"{t},10,11\n")));
        (int code, string output, string errors) = Run("import", "csv", table, "--catalog", catalog);
        Assert.True(code == 0, errors);
        Assert.Contains(output.Split('\n'), l => l.Contains(count, StringComparison.Ordinal) && l.Contains(said, StringComparison.Ordinal));
        (_, output, _) = Run("doctor", "--catalog", catalog);
        Assert.Contains(output.Split('\n'), l => l.Contains("far-time", StringComparison.Ordinal) && l.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "There is no row in")]
    [InlineData("time,bid,ask\n", "There is no row in")]
    [InlineData("time,bid,ask\n\n\n", "None of the 2 rows in")]
    [InlineData("time,bid,ask\nnever,10,11\n", "The only row in")]
    public void An_import_that_stores_nothing_fails_and_says_so(string text, string sentence)
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder.Path("tables"));
        folder.Write("tables/t.csv", text);
        (int code, _, string errors) = Run("import", "csv", folder.Path("tables"), "--catalog", folder.Path("catalog"), "--skip-bad", "--time-format", "iso");
        Assert.Equal(2, code);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path("catalog")));
    }

    [Fact]
    public void A_folder_that_was_there_stays_when_an_import_fails()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder.Path("catalog"));
        folder.Write("t.csv", "time,bid,ask\nnever,10,11\n");
        Assert.Equal(2, Run("import", "csv", folder.Path("t.csv"), "--catalog", folder.Path("catalog"), "--time-format", "iso").Code);
        Assert.True(Directory.Exists(folder.Path("catalog")));
    }

    [Theory]
    [InlineData("info --catalog ./catalog")]
    [InlineData("head --catalog ./catalog", "head")]
    [InlineData("doctor --catalog ./catalog", "doctor")]
    [InlineData("generate --format itch", "generate")]
    public void Help_ends_with_examples_and_says_a_default_once(string example, params string[] command)
    {
        (int code, string output, _) = Run([.. command, "--help"]);
        Assert.Equal(0, code);
        Assert.Contains("  minitrader-data " + example, output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\((\S+)\) \[default: \1\]", output);
    }

    [Fact]
    public void One_file_is_no_files()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "time,bid,ask\n2024-01-02T15:00:00Z,10,11\n");
        (int code, string output, _) = Run("import", "csv", folder.Path("t.csv"), "--catalog", folder.Path("catalog"));
        Assert.Equal(0, code);
        Assert.Contains("\n1 file, 1 row = 1 stored + 0 refused", output, StringComparison.Ordinal);
        Assert.Contains("wrote 1 event in 1 file,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_columns_of_one_name_none_is_guessed()
    {
        using TempFolder folder = new();
        string table = folder.Write("t.csv", "time,bid,ask,Bid\n2024-01-02T10:00:00Z,10,11,9\n");
        (int code, _, string errors) = Run("import", "csv", table, "--catalog", folder.Path("catalog"));
        Assert.Equal(2, code);
        Assert.Contains("2 columns are named 'bid', at places 1 and 3 from 0. Say which with --map bid=1", errors, StringComparison.Ordinal);
        Works("import", "csv", table, "--catalog", folder.Path("catalog"), "--map", "bid=3");
        Assert.Equal("9", Rows(folder.Path("catalog"), "quotes of T.CSV")[0].Quote.Bid.ToString());
    }

    [Fact]
    public void A_folder_in_the_place_of_a_series_only_file_is_told_by_the_doctor()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "100", "--instruments", "1", "--catalog", catalog);
        string file = Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).First();
        File.Delete(file);
        Directory.CreateDirectory(file);
        (int code, string output, _) = Run("doctor", "--catalog", catalog);
        Assert.Equal(1, code);
        Assert.Contains("a folder where a tick file should be", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_finishes_an_import_that_was_cut_off()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "1k", "--catalog", catalog);
        string placed = Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Move(placed, placed + ".tmp");
        string name = Path.GetRelativePath(catalog, placed).Replace('\\', '/');
        File.WriteAllText(Path.Combine(catalog, "import.journal"), $$"""[ { "from": "{{name}}.tmp", "to": "{{name}}", "bytes": {{new FileInfo(placed + ".tmp").Length}} } ]""");
        (int code, _, string errors) = Run("info", "--catalog", catalog);
        Assert.Equal(2, code);
        Assert.Contains("was cut off", errors, StringComparison.Ordinal);
        (code, string output, errors) = Run("doctor", "--catalog", catalog);
        Assert.Equal(0, code);
        Assert.Contains("cut-off", output, StringComparison.Ordinal);
        Assert.Contains("all 1 are there now", errors, StringComparison.Ordinal);
        Assert.True(File.Exists(placed));
        Works("info", "--catalog", catalog);
    }

    [Theory]
    [InlineData("2024-01-02T10:00:01Z,10,5,11,5", false)]
    [InlineData("2024-01-02T10:00:01Z,10,11,", true)]
    [InlineData("2024-01-02T10:00:01Z,10,11", true)]
    public void A_row_with_more_cells_than_its_header_is_refused(string row, bool isTaken)
    {
        using TempFolder folder = new();
        string table = folder.Path("quotes.csv");
        File.WriteAllText(table, $"ts,b,a\n{row}\n");
        (int code, _, string errors) = Run("import", "csv", table, "--catalog", folder.Path("catalog"), "--kind", "quotes", "--map", "time=ts,bid=b,ask=a", "--symbol", "X", "--venue", "V");
        Assert.Equal(isTaken ? 0 : 2, code);
        if (!isTaken) Assert.Contains("it has 5 columns under a header of 3", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "quotes")]
    [InlineData("csv", "trades")]
    [InlineData("parquet", "quotes")]
    [InlineData("parquet", "trades")]
    public void What_is_exported_imports_back_to_the_same_rows(string format, string kind)
    {
        using TempFolder folder = new();
        string before = folder.Path("before"), after = folder.Path("after"), tables = folder.Path("tables");
        Works("generate", "--rows", "20k", "--instruments", "2", "--catalog", before);
        Works("export", format, "--catalog", before, "--kind", kind, "--out", tables);
        Works("import", format, tables, "--kind", kind, "--venue", "XGEN", "--catalog", after);
        foreach (string symbol in new[] { "GEN1", "GEN2" })
            Assert.Equal(Rows(before, $"{kind} of {symbol}.XGEN"), Rows(after, $"{kind} of {symbol}.XGEN"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Real_rows_with_two_clocks_ids_one_sided_quotes_and_bars_come_back_too(string format)
    {
        using TempFolder folder = new();
        string before = folder.Path("before"), after = folder.Path("after"), tables = folder.Path("tables");
        Works("import", "binance", SharedData.Path("binance-raw/coinm_btcusd_perp_20240808.gz"), "--catalog", before);
        Works("import", "lean", SharedData.Path("lean/equity/usa/tick/ibm/20131007_quote.zip"), SharedData.Path("lean/equity/usa/minute/spy/20131007_quote.zip"), SharedData.Path("lean/equity/usa/daily/spy.zip"), "--catalog", before);
        Works("export", format, "--catalog", before, "--out", tables);
        TickCatalog catalog = TickCatalog.Open(before);
        foreach (TickSeries series in catalog.Series.Where(s => s.Kind != TickKind.Book))
        {
            Works("import", format, Path.Combine(tables, $"{series.Instrument.Name}-{series.Kind}.{format}"), "--kind", series.Kind.ToString(), "--venue", series.Instrument.Venue, "--catalog", after);
            Assert.Equal(Rows(before, series.ToString()), Rows(after, series.ToString()));
        }

        Assert.Equal(7, catalog.Series.Count);
    }

    [Fact]
    public void A_bad_row_leaves_nothing_behind()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        string zip = folder.Zip("lean/equity/usa/tick/abc/20240105_trade.zip", "a.csv", string.Concat(Enumerable.Repeat("1000,10000,1\n", 300_000)) + "oops\n");
        (int code, _, string errors) = Run("import", "lean", zip, "--catalog", catalog);
        Assert.Equal(2, code);
        Assert.Contains("20240105_trade.zip!a.csv, line 300001: ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(catalog));

        (code, string output, _) = Run("import", "lean", zip, "--catalog", catalog, "--skip-bad");
        Assert.Equal(0, code);
        Assert.Contains("300,001 rows = 300,000 stored + 1 refused + 0 left out", output, StringComparison.Ordinal);
        Assert.Equal(300_000, Rows(catalog, "trades of ABC.USA").Length);
    }

    [Fact]
    public void Importing_twice_is_an_error_unless_overwriting()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog"), csv = folder.Write("abc.csv", "time,price,size\n1704448800,1,1\n");
        string[] import = ["import", "csv", csv, "--kind", "trades", "--catalog", catalog];
        Works(import);
        Assert.Equal(2, Run(import).Code);
        Works([.. import, "--overwrite"]);
        Works("import", "csv", folder.Write("more/abc.csv", "time,price,size\n1704548800,1.25,1\n"), "--kind", "trades", "--catalog", catalog);
        Assert.Equal("1", TickCatalog.Open(catalog).Instruments[0].TickSize.ToString());
    }

    [Fact]
    public void A_flipped_byte_is_found_and_fails_the_doctor()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "20k", "--catalog", catalog);
        string file = Directory.GetFiles(Path.Combine(catalog, "kind=quotes"), "*.arrow", SearchOption.AllDirectories)[0];
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        (int code, string output, _) = Run("doctor", "--catalog", catalog, "--json");
        Assert.Equal(1, code);
        JsonElement finding = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().First();
        Assert.Equal(("error", "damage"), (finding.GetProperty("severity").GetString(), finding.GetProperty("check").GetString()));
        Assert.Equal(file, finding.GetProperty("examples")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void The_doctor_names_check_file_row_and_time()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        string quotes = folder.Write("abc.csv", """
            time,bid,ask,bid_size,ask_size
            2024-01-05T14:00:00Z,10.00,10.01,1,1
            2024-01-05T14:00:01Z,10.02,10.01,1,1
            2024-01-05T14:00:02Z,10.01,10.01,1,1
            2024-01-05T14:00:02Z,10.01,10.01,1,1
            2024-01-05T14:00:03Z,20.00,20.01,1,1
            2024-01-05T14:20:00Z,20.00,20.01,0,0
            2024-01-05T20:00:00Z,20.00,20.01,1,1
            """);
        Works("import", "csv", quotes, "--catalog", catalog);
        (int code, string output, _) = Run("doctor", "--catalog", catalog, "--json");
        Assert.Equal(0, code);
        Dictionary<string, (long Count, long Row, string Time)> findings = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().ToDictionary(
            f => f.GetProperty("check").GetString()!,
            f => (f.GetProperty("count").GetInt64(), f.GetProperty("examples")[0].GetProperty("row").GetInt64(), f.GetProperty("examples")[0].GetProperty("time").GetString()!));
        Assert.Equal((1, 1, "2024-01-05T14:00:01Z"), findings["crossed"]);
        Assert.Equal((2, 2, "2024-01-05T14:00:02Z"), findings["locked"]);
        Assert.Equal((1, 3, "2024-01-05T14:00:02Z"), findings["duplicate"]);
        Assert.Equal((1, 4, "2024-01-05T14:00:03Z"), findings["outlier"]);
        Assert.Equal((1, 5, "2024-01-05T14:20:00Z"), findings["gap"]);
        Assert.Equal((1, 5, "2024-01-05T14:20:00Z"), findings["zero-size"]);
        Assert.Equal((1, 6, "2024-01-05T20:00:00Z"), findings["session-break"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("import lean")]
    [InlineData("import lean /nowhere/at/all --catalog CATALOG")]
    [InlineData("import csv /nowhere.csv --catalog CATALOG --kind candles")]
    [InlineData("import csv /nowhere.csv --catalog CATALOG --map bid")]
    [InlineData("import csv /nowhere.csv --catalog CATALOG --delimiter abc")]
    [InlineData("generate --catalog CATALOG --rows many")]
    [InlineData("generate --catalog CATALOG --nonsense 1")]
    [InlineData("info --catalog /nowhere/at/all")]
    [InlineData("head --catalog /nowhere/at/all")]
    [InlineData("doctor --catalog /nowhere/at/all")]
    [InlineData("export csv --catalog /nowhere/at/all --out /tmp")]
    public void Bad_usage_is_exit_code_2_and_a_sentence(string line)
    {
        using TempFolder folder = new();
        (int code, _, string errors) = Run(line.Replace("CATALOG", folder.Path("catalog"), StringComparison.Ordinal).Split(' '));
        Assert.Equal(2, code);
        Assert.NotEqual("", errors);
    }

    [Fact]
    public void Help_is_no_error() => Assert.Contains("import", Run("--help").Output, StringComparison.Ordinal);

    [Fact]
    public void Nautilus_quotes_are_recognised()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("import", "parquet", SharedData.Path("parquet/nautilus_quotes.parquet"), "--catalog", catalog);
        MarketEvent[] rows = Rows(catalog, "quotes of EUR/USD.SIM");

        // The footer's statistics give 9,500 rows; the first is 0x1A1ADF6E00 = 112.12 against 112.172, ten million a side.
        Assert.Equal(9_500, rows.Length);
        Assert.Equal((0x1A1ADF6E00, "112.172", "10000000"), (rows[0].Quote.Bid.Raw, rows[0].Quote.Ask.ToString(), rows[0].Quote.BidSize.ToString()));
        Assert.Equal(1_577_898_000_000_000_065, rows[0].Header.VenueTime.Nanoseconds);
    }
}
