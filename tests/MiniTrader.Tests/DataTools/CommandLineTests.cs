using System.Text.Json;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;
using static MiniTrader.Tests.DataTools.Tools;

namespace MiniTrader.Tests.DataTools;

/// <summary>The tools as a person runs them, on catalogs in a temporary folder.</summary>
public sealed class CommandLineTests
{
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

    [Theory]
    [InlineData("ts;b;a", "ts", " Its columns may end at semicolons (--delimiter ';').")]
    [InlineData("ts\tb\ta", "0", " Its columns may end at tabs (--delimiter tab).")]
    [InlineData("ts|b|a", "ts", " Its columns may end at bars (--delimiter '|').")]
    [InlineData("ts,b;a", "time", "")]
    public void A_header_of_one_column_that_looks_like_several_says_how_to_part_them(string header, string column, string hint)
    {
        using TempFolder folder = new();
        string table = folder.Write("t.csv", header + "\n");
        string errors = Run("import", "csv", table, "--catalog", folder.Path("catalog"), "--map", $"time={column},bid=b,ask=a").Errors;
        Assert.Equal(hint.Length > 0, errors.Contains("Its columns may end at", StringComparison.Ordinal));
        Assert.Contains(hint, errors, StringComparison.Ordinal);
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
