using MiniTrader.DataTools;
using Xunit;
using static MiniTrader.Tests.DataTools.Tools;

namespace MiniTrader.Tests.DataTools;

/// <summary>What a job that fails or is stopped says and leaves behind.</summary>
public sealed class FailedImportTests
{
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
    public void Folders_that_were_made_for_a_failed_import_go_with_it_and_no_others()
    {
        using TempFolder folder = new();
        string bad = folder.Write("bad.csv", "time,bid,ask\nnever,10,11\n"), good = folder.Write("good.csv", "time,bid,ask\n2024-01-05T15:00:00,10,11\n"), half = folder.Write("half.csv", "time,bid,ask\n2024-01-05T15:00:00,10,11\nnever,10,11\n");
        string catalog = Path.Combine(folder.Root, "new", "deep", "catalog");
        Assert.Equal(2, Run("import", "csv", bad, "--symbol", "A", "--catalog", catalog, "--time-format", "iso").Code);
        Assert.Equal(2, Run("import", "csv", half, "--symbol", "A", "--catalog", catalog + "/", "--time-format", "iso").Code);
        Assert.False(Directory.Exists(Path.Combine(folder.Root, "new")));

        // Into a catalog that is there, a failed import of another symbol brings no folder of that.
        Works("import", "csv", good, "--symbol", "A", "--catalog", catalog, "--time-format", "iso");
        string[] before = Directory.GetFileSystemEntries(catalog, "*", SearchOption.AllDirectories);
        Assert.Equal(2, Run("import", "csv", half, "--symbol", "B", "--catalog", catalog, "--time-format", "iso").Code);
        Assert.Equal(before, Directory.GetFileSystemEntries(catalog, "*", SearchOption.AllDirectories));
    }
}
