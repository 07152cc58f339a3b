using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Bars whose interval nobody said, or said wrongly.</summary>
public sealed class BarKindTests
{
    private const string Hourly = "time,open,high,low,close\n2024-01-01T00:00:00Z,1,2,1,2\n2024-01-01T01:00:00Z,1,2,1,2\n2024-01-01T02:00:00Z,1,2,1,2\n2024-01-01T09:00:00Z,1,2,1,2\n";

    private static (MemorySink Sink, ImportRun Run) Import(string text, TableOptions options, bool skipBad = false)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new CsvImporter(options).Import(run, [folder.Write("x.csv", text)]);
        return (sink, run);
    }

    [Fact]
    public void Without_a_kind_bars_have_the_step_of_their_rows_and_it_is_said()
    {
        (MemorySink sink, ImportRun run) = Import(Hourly, new() { InfersKind = true });
        Assert.Equal(4, sink.Of("X.CSV", "bars-1h").Length);
        Assert.Contains(run.Remarks, r => r.EndsWith("no --kind was said; by its columns and the step of its rows it holds bars-1h", StringComparison.Ordinal));
        Assert.Contains("X.CSV: no currency was said; prices are taken to be in USD (--currency sets it)", run.Remarks);
    }

    [Fact]
    public void A_currency_that_is_given_is_not_remarked()
    {
        (_, ImportRun run) = Import(Hourly, new() { InfersKind = true, Currency = Currency.Eur });
        Assert.DoesNotContain(run.Remarks, r => r.Contains("no currency", StringComparison.Ordinal));
    }

    [Fact]
    public void An_interval_longer_than_the_step_of_the_rows_is_refused()
    {
        TableOptions daily = new() { Kind = TickKind.Bars(BarInterval.Create(1, BarUnit.Day)) };
        string sentence = Assert.Throws<ImportException>(() => Import(Hourly, daily)).Message;
        Assert.Contains("line 3: the bar starts 1 h after the one above, within its 1d; say the true interval with --kind", sentence, StringComparison.Ordinal);
        (_, ImportRun run) = Import(Hourly, daily, true);
        Assert.Equal((1, 3), (run.Accounts[0].Stored, run.Accounts[0].RefusedRows));
    }

    [Theory]
    [InlineData("2024-01-31", "2024-02-29", "29 d")]
    [InlineData("2024-01-01", "2024-01-01", "too few rows")]
    public void A_step_that_is_no_interval_is_asked_for(string first, string second, string part)
    {
        string text = $"time,open,high,low,close\n{first},1,2,1,2\n{second},1,2,1,2\n";
        Assert.Contains(part, Assert.Throws<ImportException>(() => Import(text, new() { InfersKind = true })).Message, StringComparison.Ordinal);
    }
}
