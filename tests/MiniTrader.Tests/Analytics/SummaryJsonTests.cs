using System.Globalization;
using System.Text.Json;
using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>The text of summary.json: its names and order, what is null in it, and that it can be read back.</summary>
public sealed class SummaryJsonTests
{
    private static RunSummary Full() => Sample.Summary(Sample.Statistics(
        Enumerable.Range(0, 60).Select(i => Sample.Equity(Sample.Day(i), 10_000 + (i * 7 % 13), i % 2)),
        [Sample.Buy(1, 10, 0.1m), Sample.Sell(1, 11, 0.2m), Sample.Buy(1, 11), Sample.Sell(1, 10.333m), Sample.Buy(3, 100, instrument: 1)]));

    [Fact]
    public void A_summary_reads_back_to_the_same_text()
    {
        string json = SummaryJson.Write(Full());
        RunSummary read = SummaryJson.Read(json);
        Assert.Equal(json, SummaryJson.Write(read));
        Assert.Equal(Full().Sharpe, read.Sharpe);
        Assert.Equal(Full().MaxDrawdownTrough, read.MaxDrawdownTrough);
        Assert.Equal(Full().PerInstrument, read.PerInstrument);
    }

    [Fact]
    public void A_note_stands_in_it_as_it_is_written()
    {
        RunSummary summary = Full() with { Notes = ["Nobody's place is 'known' – \"yet\""] };
        foreach (string json in (string[])[SummaryJson.Write(summary), SummaryJson.WriteLine(summary)])
        {
            Assert.Contains("Nobody's place is 'known' – \\\"yet\\\"", json, StringComparison.Ordinal);
            Assert.Equal(summary.Notes, SummaryJson.Read(json).Notes);
        }
    }

    [Fact]
    public void It_has_every_figure_by_name_at_the_top_level()
    {
        JsonElement root = JsonDocument.Parse(SummaryJson.Write(Full())).RootElement;
        string[] expected =
        [
            "strategy", "instruments", "from", "to", "events", "hash", "elapsedSeconds", "eventsPerSecond", "allocatedBytesPerEvent", "machine", "finalEquity",
            "totalReturn", "cagr", "volatility", "sharpe", "sortino", "maxDrawdown", "exposure", "trades", "winRate", "profitFactor", "averageWin", "averageLoss",
            "orders", "fills", "denied", "rejected", "fees", "turnover",
        ];
        Assert.All(expected, name => Assert.NotEqual(JsonValueKind.Null, root.GetProperty(name).ValueKind));
        Assert.Equal("strategy", root.EnumerateObject().First().Name);
        Assert.Equal("2024-01-01T15:30:00.123456789Z", root.GetProperty("to").GetString());
        Assert.Equal("day", root.GetProperty("returnPeriod").GetString());
        Assert.Equal("0.3", root.GetProperty("fees").GetRawText());
    }

    [Fact]
    public void What_is_not_defined_is_null_and_comes_back_undefined()
    {
        string json = SummaryJson.Write(Sample.Summary(Sample.Statistics([], [])));
        JsonElement root = JsonDocument.Parse(json).RootElement;
        foreach (string name in (string[])["totalReturn", "cagr", "volatility", "sharpe", "winRate", "profitFactor", "averageTrade", "maxDrawdownPeak"])
            Assert.Equal(JsonValueKind.Null, root.GetProperty(name).ValueKind);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        Assert.True(double.IsNaN(SummaryJson.Read(json).Sharpe));
        Assert.Null(SummaryJson.Read(json).AverageTrade);
    }

    [Fact]
    public void Notes_come_back_and_a_summary_without_any_has_none()
    {
        RunSummary summary = Full() with { Notes = ["It rained.", "Two \"quotes\"."], WasCancelled = true };
        RunSummary read = SummaryJson.Read(SummaryJson.Write(summary));
        Assert.Equal(summary.Notes, read.Notes);
        Assert.True(read.WasCancelled);
        string without = SummaryJson.WriteLine(summary with { Notes = [] }).Replace("\"notes\":[],", "", StringComparison.Ordinal).Replace("\"strategies\":[\"EmaCross\"],", "", StringComparison.Ordinal);
        Assert.DoesNotContain("notes", without, StringComparison.Ordinal);
        Assert.Empty(SummaryJson.Read(without).Notes);
        Assert.Empty(SummaryJson.Read(without).Strategies);
    }

    [Fact]
    public void Infinities_are_null_too() =>
        Assert.Contains("\"eventsPerSecond\": null", SummaryJson.Write(Full() with { EventsPerSecond = double.PositiveInfinity }), StringComparison.Ordinal);

    [Fact]
    public void The_reader_s_language_has_no_say()
    {
        string plain = SummaryJson.Write(Full());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(plain, SummaryJson.Write(Full()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void One_line_for_a_pipe_says_the_same()
    {
        string line = SummaryJson.WriteLine(Full());
        Assert.DoesNotContain('\n', line);
        Assert.Equal(SummaryJson.Write(Full()), SummaryJson.Write(SummaryJson.Read(line)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"strategy\": 5}")]
    [InlineData("[1, 2")]
    public void A_text_that_is_no_summary_is_named(string json)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SummaryJson.Read(json, "runs/1/summary.json"));
        Assert.Contains("runs/1/summary.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_of_another_version_is_named_with_the_member_that_it_lacks_and_what_to_do()
    {
        string json = SummaryJson.Write(Full()).Replace("\"strategy\"", "\"strategyName\"", StringComparison.Ordinal);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SummaryJson.Read(json, "runs/1/summary.json"));
        Assert.StartsWith("runs/1/summary.json is no summary of a run (", e.Message, StringComparison.Ordinal);
        Assert.Contains("strateg", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("'minitrader backtest --config RUN_DIR/config.json'.", e.Message, StringComparison.Ordinal);
    }
}
