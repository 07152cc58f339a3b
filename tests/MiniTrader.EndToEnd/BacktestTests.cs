using System.Text.Json;
using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>A backtest from the command line to the run folder.</summary>
public sealed class BacktestTests : IDisposable
{
    private const string Data = "generated:rows=20000,seed=3";

    /// <summary>What a run on quotes and trades assumes.</summary>
    private const string Assumed = "Nobody's place in a queue is in the data: it is estimated (queue=risk-averse)";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_prints_the_summary_as_the_only_line_and_leaves_a_complete_run_folder()
    {
        Finished run = MiniTraderProcess.Run(_folder, "backtest", "--strategy", "EmaCross", "--data", Data, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("Error", run.Error, StringComparison.Ordinal);
        Assert.Contains(Assumed, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        JsonElement json = run.Json;
        Assert.Equal(20_000, json.GetProperty("events").GetInt64());
        Assert.True(json.GetProperty("fills").GetInt64() > 0);
        foreach (string name in (string[])["orders", "denied", "hash", "finalEquity", "fees", "eventsPerSecond", "allocatedBytesPerEvent", "elapsedSeconds", "sharpe"])
            Assert.True(json.TryGetProperty(name, out _), $"The summary has no '{name}'.");

        string runFolder = json.GetProperty("folder").GetString()!;
        Assert.StartsWith("EmaCross-", Path.GetFileName(runFolder), StringComparison.Ordinal);
        foreach (string file in (string[])["summary.json", "config.json", "orders.arrow", "fills.arrow", "positions.arrow", "equity.arrow", "report.html"])
            Assert.True(new FileInfo(Path.Combine(runFolder, file)) is { Exists: true, Length: > 0 }, $"The run folder has no {file}.");
        Assert.True(Directory.Exists(Path.Combine(runFolder, "journal")));
        Assert.Equal(json.GetProperty("hash").GetString(), HashOf(File.ReadAllText(Path.Combine(runFolder, "summary.json"))));
    }

    [Fact]
    public void The_journal_of_a_run_is_printed_as_lines_and_as_json()
    {
        Finished run = MiniTraderProcess.Run(_folder, "backtest", "--strategy", "EmaCross", "--data", Data, "--json", "--out", "run");
        Finished lines = MiniTraderProcess.Run(_folder, "journal", "run");
        Finished json = MiniTraderProcess.Run(_folder, "journal", Path.Combine("run", "journal", "journal.bin"), "--json");
        Assert.True(lines.ExitCode == 0 && json.ExitCode == 0, lines.Error + json.Error);
        Assert.Equal(run.Json.GetProperty("fills").GetInt64(), lines.Output.Split('\n').Count(l => l.Contains(" report=fill ", StringComparison.Ordinal)));
        JsonElement[] entries = [.. json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(run.Json.GetProperty("orders").GetInt64(), entries.Count(e => e.TryGetProperty("command", out JsonElement c) && c.GetString() == "new"));

        File.WriteAllText(Path.Combine(_folder, "text.bin"), "no journal");
        Finished wrong = MiniTraderProcess.Run(_folder, "journal", "text.bin");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Equal("text.bin is no journal: it does not begin as one does.", wrong.Error.Trim());
    }

    [Theory]
    [InlineData("EmaCross")]
    [InlineData("MeanReversion")]
    [InlineData("MarketMaker")]
    [InlineData("PairTrade")]
    public void Every_sample_trades_on_generated_data_and_gives_one_hash_inline_threaded_and_again(string strategy)
    {
        string[] arguments = ["backtest", "--strategy", strategy, "--data", "generated:rows=100000", "--json"];
        Finished inline = MiniTraderProcess.Run(_folder, arguments);
        Finished again = MiniTraderProcess.Run(_folder, arguments);
        Finished threaded = MiniTraderProcess.Run(_folder, [.. arguments, "--threaded"]);

        Assert.True(inline.ExitCode == 0, inline.Error);
        Assert.True(inline.Json.GetProperty("fills").GetInt64() > 0, "The sample never traded.");
        Assert.Equal(HashOf(inline.LastLine), HashOf(again.LastLine));
        Assert.Equal(HashOf(inline.LastLine), HashOf(threaded.LastLine));
    }

    [Fact]
    public void A_pipe_gets_plain_lines_and_the_places_of_folder_and_report_at_the_end()
    {
        Finished run = MiniTraderProcess.Run(_folder, "backtest", "--strategy", "EmaCross", "--data", Data, "--out", "out");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("Net profit", run.Output, StringComparison.Ordinal);

        // What it assumes stands at the start, once.
        int assumed = run.Output.IndexOf($"Note: {Assumed}", StringComparison.Ordinal);
        Assert.True(assumed >= 0 && assumed < run.Output.IndexOf("EmaCross on GEN", StringComparison.Ordinal), run.Output);
        Assert.Equal(assumed, run.Output.LastIndexOf($"Note: {Assumed}", StringComparison.Ordinal));
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string report = lines[^1]["Report:".Length..].Trim();
        Assert.StartsWith("Run folder: ", lines[^2], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, report)), $"{report} does not exist.");
    }

    [Fact]
    public void The_stored_config_runs_again_to_the_same_hash_and_a_flag_overrides_it()
    {
        Finished first = MiniTraderProcess.Run(
            _folder, "backtest", "--strategy", "EmaCross", "--data", Data, "--set", "fast=5", "--fees", "per-share=0.01", "--risk", "max-position=10", "--json", "--out", "first");
        Assert.True(first.ExitCode == 0, first.Error);
        string config = Path.Combine(_folder, "first", "config.json");
        Finished second = MiniTraderProcess.Run(_folder, "backtest", "--config", config, "--json", "--out", "second");
        Finished slower = MiniTraderProcess.Run(_folder, "backtest", "--config", config, "--set", "fast=20", "--json", "--out", "slower");

        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal(HashOf(first.LastLine), HashOf(second.LastLine));
        Assert.True(second.Json.GetProperty("fees").GetDecimal() > 0);
        Assert.NotEqual(HashOf(first.LastLine), HashOf(slower.LastLine));
    }

    [Fact]
    public void Report_shows_a_finished_run_and_draws_its_page_again()
    {
        Finished run = MiniTraderProcess.Run(_folder, "backtest", "--strategy", "EmaCross", "--data", Data, "--out", "run", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        string page = Path.Combine(_folder, "run", "report.html");
        File.Delete(page);
        Finished report = MiniTraderProcess.Run(_folder, "report", "run", "--json");

        Assert.True(report.ExitCode == 0, report.Error);
        Assert.True(File.Exists(page));
        Assert.Equal(HashOf(run.LastLine), HashOf(report.LastLine));
        Assert.Contains(Assumed, report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strategies_of_a_library_are_listed_like_the_programs_own()
    {
        Finished own = MiniTraderProcess.Run(_folder, "strategies"), file = MiniTraderProcess.Run(_folder, "strategies", Path.Combine(AppContext.BaseDirectory, "MiniTrader.Samples.dll"));
        Assert.Equal(0, file.ExitCode);
        Assert.Equal(own.Output, file.Output);
    }

    [Fact]
    public void Strategies_lists_the_samples_with_their_settings()
    {
        Finished list = MiniTraderProcess.Run(_folder, "strategies");
        Assert.Equal(0, list.ExitCode);
        foreach (string expected in (string[])["EmaCross", "MeanReversion", "MarketMaker", "PairTrade", "--set fast=12", "--set size=LOT", "Long while the fast average"])
            Assert.Contains(expected, list.Output, StringComparison.Ordinal);
    }

    private static string HashOf(string json) => JsonDocument.Parse(json).RootElement.GetProperty("hash").GetString()!;
}
