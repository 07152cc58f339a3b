using System.IO.Compression;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Splits and dividends from LEAN's factor and map files: made here by their public description, and the real ones beside the repository.</summary>
public sealed class LeanFactorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Close 100 on Friday 2020-06-05 and a dividend of 0.50: 1 − 0.995/1 = 0.005 of 100. Close 400 on Tuesday 2021-03-09 before a 4-for-1 split and a dividend of 1:
    /// 1 − 0.992512.../0.995 is 1/400. Close 12 on 2022-02-01 before a 1-for-8 reverse split. The name was OLD until 2021-01-04.
    /// </summary>
    [Fact]
    public void A_made_up_history_is_what_it_was_made_of()
    {
        decimal third = 0.995m, second = third * (1 - (1m / 400)), first = second * (1 - (0.5m / 100));
        string file = Write(
            $"20180102,{first:0.0000000},2.0,1",
            $"20200605,{first:0.0000000},2.0,100",
            $"20210309,{second:0.0000000},2.0,400",
            $"20220201,{third:0.0000000},8.0,12",
            $"20501231,{third:0.0000000},1.0,0");
        File.WriteAllText(Path.Combine(_folder.Root, "equity", "usa", "map_files", "new.csv"), "20180102,old,Q\n20210104,old,Q\n20501231,new,Q\n");
        (MemorySink sink, ImportRun run) = Import(file);

        Assert.Equal(["2020-06-08T07:00 Dividend 0.5"], Lines(sink, "OLD.USA"));
        Assert.Equal(["2021-03-10T08:00 Dividend 1", "2021-03-10T08:00 Split 4:1", "2022-02-02T08:00 Split 1:8"], Lines(sink, "NEW.USA"));
        Assert.Contains(run.Remarks, r => r.Contains("OLD until 2021-01-04, then NEW", StringComparison.Ordinal));
        FileAccount account = Assert.Single(run.Accounts);
        Assert.Equal((5L, 3L, 4L, 2L), (account.Rows, account.Stored, account.Events, account.LeftOutRows));
    }

    /// <summary>Prices alone are right too, but a split is then a fall of the price: whoever imports them hears of the file beside them.</summary>
    [Fact]
    public void Factor_files_beside_the_prices_that_nobody_named_are_told_of()
    {
        string factors = Write("20180102,1,0.25,1", "20501231,1,1,0");
        string prices = Path.Combine(_folder.Root, "equity", "usa", "daily", "new.zip");
        Directory.CreateDirectory(Path.GetDirectoryName(prices)!);
        using (ZipArchive zip = ZipFile.Open(prices, ZipArchiveMode.Create))
        using (StreamWriter rows = new(zip.CreateEntry("new.csv").Open()))
            rows.Write("20180103 00:00,1000000,1100000,900000,1000000,10\n");

        bool IsTold(params string[] paths) => Import(paths).Run.Remarks.Any(r => r.StartsWith("splits and dividends are not imported: new.csv in ", StringComparison.Ordinal));
        Assert.True(IsTold(prices));
        Assert.True(IsTold(Path.GetDirectoryName(prices)!));
        Assert.False(IsTold(prices, factors));
        Assert.False(IsTold(Path.Combine(_folder.Root, "equity")));
    }

    [Theory]
    [InlineData("20200101,1,1,1", "20190101,1,1,1")]
    [InlineData("20200101,1,1,1", "20210101,0,1,1")]
    [InlineData("20200101,1,1,1", "20210101,1,-2,1")]
    [InlineData("20200101,1,1,1", "20210101,1,1")]
    [InlineData("20200101,1,1,1", "someday,1,1,1")]
    [InlineData("20200101,1,0.5123999,10", "20210101,1,1,1")]
    [InlineData("20200101,1,1,10", "20210101,0.5,1,1")]
    [InlineData("20200101,1,1,10", "20210101,1e30,1,1")]
    public void A_wrong_line_is_refused_and_counted(params string[] lines)
    {
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad: true);
        new LeanImporter(new()).Import(run, [Write(lines)]);
        FileAccount account = Assert.Single(run.Accounts);
        Assert.Equal(1, account.RefusedRows);
        Assert.Equal(account.Rows, account.RefusedRows + account.LeftOutRows + account.Stored);
        Assert.Throws<ImportException>(() => new LeanImporter(new()).Import(new ImportRun(new MemorySink()), [Write(lines)]));
    }

    [Fact]
    public void A_map_file_that_is_none_is_named()
    {
        string file = Write("20200101,1,1,1");
        File.WriteAllText(Path.Combine(_folder.Root, "equity", "usa", "map_files", "new.csv"), "what,is,this\n");
        Assert.Contains("new.csv, line 1", Assert.Throws<ImportException>(() => Import(file)).Message, StringComparison.Ordinal);
    }

    /// <summary>From public records: AAPL split 2:1 on 2000-06-21 and 2005-02-28 and 7:1 on 2014-06-09, and paid 2.65 on 2012-08-09; IBM split 2:1 on 1999-05-27.</summary>
    [Fact]
    public void Real_histories_have_the_splits_and_dividends_that_happened()
    {
        (MemorySink sink, ImportRun run) = Import(SharedData.Path("lean/equity/usa/factor_files"));
        string[] apple = Lines(sink, "AAPL.USA"), ibm = Lines(sink, "IBM.USA"), spy = Lines(sink, "SPY.USA");
        Assert.Equal(["2000-06-21T07:00 Split 2:1", "2005-02-28T08:00 Split 2:1", "2014-06-09T07:00 Split 7:1"], apple.Where(l => l.Contains("Split", StringComparison.Ordinal)).Take(3));
        Assert.Contains("2012-08-09T07:00 Dividend 2.65", apple);
        Assert.Equal("1999-05-27T07:00 Split 2:1", Assert.Single(ibm, l => l.Contains("Split", StringComparison.Ordinal)));
        Assert.DoesNotContain(spy, l => l.Contains("Split", StringComparison.Ordinal));
        Assert.True(spy.Length > 60, $"{spy.Length} dividends of SPY.");
        Assert.All(run.Accounts, a => Assert.Equal(0, a.RefusedRows));
        Assert.All(run.Accounts, a => Assert.Equal(a.Rows, a.Stored + a.LeftOutRows));
    }

    /// <summary>Through the command line into a catalog and out again as a table.</summary>
    [Fact]
    public void Actions_go_into_a_catalog_and_out_as_tables()
    {
        string file = Write("20180102,0.995,0.5,1", "20200605,0.995,0.5,100", "20501231,1,1,0");
        string catalog = Path.Combine(_folder.Root, "catalog"), tables = Path.Combine(_folder.Root, "tables");
        Assert.Equal(0, DataToolsCli.Run(["import", "lean", file, "--catalog", catalog]));
        Assert.Equal(0, DataToolsCli.Run(["export", "csv", "--catalog", catalog, "--out", tables]));
        Assert.Equal(
            ["symbol,time,action,amount,price,new_units,old_units", "NEW,2020-06-08T07:00:00Z,dividend,0.5,0,0,0", "NEW,2020-06-08T07:00:00Z,split,0,0,2,1"],
            File.ReadAllLines(Path.Combine(tables, "NEW.USA-actions.csv")));
        Assert.Equal(0, DataToolsCli.Run(["export", "parquet", "--catalog", catalog, "--out", tables]));
        Assert.True(new FileInfo(Path.Combine(tables, "NEW.USA-actions.parquet")).Length > 100);
    }

    private static string[] Lines(MemorySink sink, string instrument) => [.. sink.Of(instrument, "CorporateAction").Select(e =>
    {
        string time = e.Header.VenueTime.ToString()[..16];
        return e.Action.Kind == CorporateActionKind.Split ? $"{time} Split {e.Action.NewUnits}:{e.Action.OldUnits}" : $"{time} Dividend {e.Action.Amount}";
    })];

    private static (MemorySink Sink, ImportRun Run) Import(params string[] paths)
    {
        MemorySink sink = new();
        ImportRun run = new(sink);
        new LeanImporter(new()).Import(run, paths);
        return (sink, run);
    }

    private string Write(params string[] lines)
    {
        string folder = Path.Combine(_folder.Root, "equity", "usa", "factor_files");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Combine(_folder.Root, "equity", "usa", "map_files"));
        string path = Path.Combine(folder, "new.csv");
        File.WriteAllLines(path, lines);
        return path;
    }
}
