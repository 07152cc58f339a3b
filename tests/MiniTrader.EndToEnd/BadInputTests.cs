using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>Whatever a user gets wrong is answered with one sentence on the error stream, exit code 2, and no run folder.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("No strategy called 'Nonsense' is in this program. There are: EmaCross", "--strategy", "Nonsense")]
    [InlineData("No strategy is named", "--data", "generated")]
    [InlineData("The data folder nowhere does not exist", "--strategy", "EmaCross", "--data", "nowhere")]
    [InlineData("No strategy has a setting 'pace'", "--strategy", "EmaCross", "--set", "pace=3")]
    [InlineData("setting 'fast': 'many' is not a whole number.", "--strategy", "EmaCross", "--set", "fast=many")]
    [InlineData("must be below the slow one", "--strategy", "EmaCross", "--set", "fast=30")]
    [InlineData("'--set fast' is not a pair", "--strategy", "EmaCross", "--set", "fast")]
    [InlineData("No instrument is called 'SPY'", "--strategy", "EmaCross", "--data", "generated", "--instruments", "SPY")]
    [InlineData("it must begin before it ends", "--strategy", "EmaCross", "--from", "2024-02-01", "--to", "2024-01-01")]
    [InlineData("'soon' is not a time", "--strategy", "EmaCross", "--from", "soon")]
    [InlineData("The venue has no option 'speed'", "--strategy", "EmaCross", "--venue", "speed=9")]
    [InlineData("fees", "--strategy", "EmaCross", "--fees", "cheap")]
    [InlineData("latency", "--strategy", "EmaCross", "--latency", "fast")]
    [InlineData("'loud' is not a journal level", "--strategy", "EmaCross", "--journal", "loud")]
    [InlineData("'--cash much' is not a number", "--strategy", "EmaCross", "--cash", "much")]
    [InlineData("'--cash 1000,50' is not a number", "--strategy", "EmaCross", "--cash", "1000,50")]
    [InlineData("The cash at the start is -5; it cannot be below zero", "--strategy", "EmaCross", "--cash", "-5")]
    [InlineData("Give it too, as in margin-initial=0.5", "--strategy", "EmaCross", "--carry", "margin-maintenance=0.25")]
    [InlineData("and for margin: margin-maintenance, margin-initial", "--strategy", "EmaCross", "--carry", "margin=1")]
    [InlineData("'--rate EUR=x' has no number", "--strategy", "EmaCross", "--rate", "EUR=x")]
    [InlineData("'--frobnicate' is no option of backtest", "--strategy", "EmaCross", "--frobnicate")]
    [InlineData("'extra' stands behind no option of backtest", "--strategy", "EmaCross", "extra")]
    [InlineData("'Mine.cs' is source code. A program of one file runs by itself, as in dotnet run Mine.cs -- backtest", "--strategy", "Mine.cs")]
    [InlineData("The config file missing.json does not exist", "--config", "missing.json")]
    [InlineData("The value of --out is empty", "--strategy", "EmaCross", "--out", "")]
    [InlineData("The value of --strategy is empty", "--strategy", " ")]
    [InlineData("--from: 'soon' is not a time", "--strategy", "EmaCross", "--from", "soon")]
    [InlineData("--equity-interval: 'often' is not a length of time", "--strategy", "EmaCross", "--equity-interval", "often")]
    [InlineData("'--core x' is not a number that fits: it takes the number of a core", "--strategy", "EmaCross", "--core", "x")]
    [InlineData("The strategy file Mine.dll does not exist", "--strategy", "Mine.dll")]
    public void A_wrong_option_is_named(string sentence, params string[] arguments) =>
        Refused(MiniTraderProcess.Run(_folder, ["backtest", .. arguments]), sentence);

    [Fact]
    public void A_key_that_a_config_does_not_have_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "run.json"), """{ "strategies": ["EmaCross"], "cahs": 5 }""");
        Refused(MiniTraderProcess.Run(_folder, "backtest", "--config", "run.json"), "The config file run.json has a key 'cahs', which does not exist. There are: strategies, settings, data");
    }

    [Fact]
    public void A_run_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "taken"), "a file");
        Refused(MiniTraderProcess.Run(_folder, "backtest", "--strategy", "EmaCross", "--data", "generated:rows=1000", "--out", "taken/run"), "taken/run.part cannot be made: a part of its path is a file");
    }

    [Fact]
    public void A_verb_that_does_not_exist_is_named() => Refused(MiniTraderProcess.Run(_folder, "frobnicate"), "There is no verb 'frobnicate'");

    [Theory]
    [InlineData("report", "'runs/b' is one too many: report takes one RUN_DIR.")]
    [InlineData("journal", "'runs/b' is one too many: journal takes one RUN_DIR|FILE.")]
    public void A_second_run_is_one_too_many(string verb, string sentence) => Refused(MiniTraderProcess.Run(_folder, verb, "runs/a", "runs/b"), sentence);

    [Fact]
    public void A_library_of_strategies_to_list_is_there_and_has_some()
    {
        Refused(MiniTraderProcess.Run(_folder, "strategies", "Mine.dll"), "The strategy file Mine.dll does not exist");
        Refused(MiniTraderProcess.Run(_folder, "strategies", Path.Combine(AppContext.BaseDirectory, "MiniTrader.Model.dll")), "MiniTrader.Model.dll has no strategies. A strategy is a public class");
    }

    [Fact]
    public void A_folder_that_is_no_run_is_named() => Refused(MiniTraderProcess.Run(_folder, "report", "."), "no summary.json");

    [Fact]
    public void No_arguments_at_all_show_the_help()
    {
        Finished run = MiniTraderProcess.Run(_folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("backtest", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_has_examples()
    {
        Finished run = MiniTraderProcess.Run(_folder, "backtest", "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains("minitrader backtest --strategy EmaCross", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_needs_none_of_a_verbs_arguments()
    {
        Finished run = MiniTraderProcess.Run(_folder, "report", "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.Contains("minitrader report runs/NAME", run.Output, StringComparison.Ordinal);
    }

    private void Refused(Finished run, string sentence)
    {
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "runs")), "A run folder was left behind.");
    }
}
