using System.Diagnostics;
using MiniTrader.DataTools;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>A pipe in the place of a file is refused by name; opening it would wait for ever, and so would these tests.</summary>
public sealed class PipeTests
{
    [Theory]
    [InlineData("quotes.csv", "csv")]
    [InlineData("quotes.csv.gz", "csv")]
    [InlineData("quotes.parquet", "parquet")]
    [InlineData("day.dbn.zst", "dbn")]
    [InlineData("01302019.NASDAQ_ITCH50.gz", "itch")]
    [InlineData("capture.gz", "binance")]
    [InlineData("BTCUSDT_trades.csv", "tardis")]
    public void An_importer_refuses_a_pipe(string name, string format)
    {
        using TempFolder folder = new();
        string pipe = Pipe(folder.Path(name));
        string link = folder.Path("link-" + name);
        File.CreateSymbolicLink(link, pipe);
        foreach (string path in new[] { pipe, link })
        {
            (int code, string errors) = Run("import", format, path, "--catalog", folder.Path("catalog"));
            Assert.Equal(2, code);
            Assert.StartsWith($"{path} has no bytes: it is empty, or a pipe or a device.", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_pipe_in_a_catalog_is_named_by_readers_and_by_the_doctor()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Assert.Equal(0, Run("generate", "--rows", "1k", "--instruments", "1", "--catalog", catalog).Code);
        string file = Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).First();
        string pipe = Pipe(Path.Combine(Path.GetDirectoryName(file)!, "2030-01-01.arrow"));
        TickCatalog opened = TickCatalog.Open(catalog);
        TickSeries series = opened.Series.First(s => TickCatalog.PathsOf(s).Contains(pipe));
        Assert.StartsWith($"{pipe}: it has no bytes", Assert.Throws<TickFileException>(() => opened.FilesOf(series)).Message, StringComparison.Ordinal);
        Assert.Equal(1, Run("doctor", "--catalog", catalog).Code);
    }

    private static string Pipe(string path)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo") || File.Exists("/bin/mkfifo"), "This system has no mkfifo.");
        using Process make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        return path;
    }

    private static (int Code, string Errors) Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        return (DataToolsCli.Run(args, new(output, errors, false)), errors.ToString());
    }
}
