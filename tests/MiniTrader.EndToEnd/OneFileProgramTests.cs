using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>A strategy in one file of its own, run with nothing but the SDK.</summary>
public sealed class OneFileProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_standalone_sample_runs_as_it_stands_and_gives_what_the_sample_by_name_gives()
    {
        string program = Path.Combine(Repository.Root(), "src", "MiniTrader.Samples", "Standalone", "EmaCross.cs");
        string[] arguments = ["backtest", "--data", "generated:rows=20000", "--json"];
        Finished own = MiniTraderProcess.Dotnet(_folder, ["run", program, "--", .. arguments, "--out", "own"]);
        Finished byName = MiniTraderProcess.Run(_folder, [.. arguments, "--strategy", "EmaCross", "--out", "named"]);

        Assert.True(own.ExitCode == 0, own.Output + own.Error);
        Assert.Equal(byName.Json.GetProperty("hash").GetString(), own.Json.GetProperty("hash").GetString());
    }

    [Fact]
    public void A_program_brings_its_own_models_of_the_venue_and_runs_its_config_again()
    {
        string program = Path.Combine(Repository.Root(), "src", "MiniTrader.Samples", "Standalone", "OwnCosts.cs");
        Finished first = MiniTraderProcess.Dotnet(_folder, ["run", program, "--", "backtest", "--data", "generated:rows=20000", "--json", "--out", "first"]);
        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        string config = Path.Combine(_folder, "first", "config.json");
        string text = File.ReadAllText(config);
        foreach (string model in (string[])["custom(CappedFees)", "custom(SizeSlippage)", "custom(BusyOpen)", "custom(HalfTheQueue)"]) Assert.Contains(model, text, StringComparison.Ordinal);

        Finished again = MiniTraderProcess.Dotnet(_folder, ["run", program, "--", "backtest", "--config", config, "--json", "--out", "again"]);
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Equal(first.Json.GetProperty("hash").GetString(), again.Json.GetProperty("hash").GetString());
        Assert.NotEqual(0, first.Json.GetProperty("fills").GetInt64());

        Finished without = MiniTraderProcess.Run(_folder, ["backtest", "--config", config, "--strategy", "EmaCross"]);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("a model of a program's own code", without.Error, StringComparison.Ordinal);
    }
}
