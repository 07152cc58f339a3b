using System.CommandLine;
using MiniTrader.Cli;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Cli;

/// <summary>Flags to a config: each option lands in its place, and a flag wins over the file.</summary>
public sealed class BacktestOptionsTests
{
    [Fact]
    public void Without_flags_the_defaults_stand()
    {
        RunConfig config = Parse("EmaCross", "");
        Assert.Equal(["EmaCross"], config.Strategies);
        Assert.Equal(new RunConfig { Strategies = config.Strategies }.ToJson(), config.ToJson());
    }

    [Theory]
    [InlineData("-i ,", "names nothing")]
    [InlineData("--rate EUR=0", "no number above zero")]
    [InlineData("--from soon", "--from: 'soon' is not a time")]
    [InlineData("--to soon", "--to: 'soon' is not a time")]
    [InlineData("--latency fast", "--latency: 'fast' is not a length of time")]
    [InlineData("--latency new=1ms,response=fast", "--latency: 'fast' is not a length of time")]
    [InlineData("--latency new=1ms,2ms", "--latency: '2ms' names no leg")]
    [InlineData("--latency send=1ms", "--latency: 'send=1ms' names no leg. Write entry=, new=, replace=, cancel=, response= or feed=")]
    [InlineData("--feed-latency fast", "--feed-latency: 'fast' is not")]
    [InlineData("--equity-interval often", "--equity-interval: 'often' is not a length of time")]
    [InlineData("--fees cheap", "--fees: 'cheap' is not a fee model")]
    [InlineData("--queue short", "--queue: 'short' is not a queue model")]
    [InlineData("--slippage much", "--slippage: 'much' is not a slippage model")]
    public void A_flag_that_means_nothing_is_refused(string flags, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => Parse("EmaCross", flags)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_flag_lands_in_its_place()
    {
        RunConfig config = Parse(
            null,
            "-s A -s B --data d --instruments X,Y -i Z --kinds quotes,trades --from 2024-01-02 --to 2024-01-03 --set a=1 --set b=x=y --fees fixed=1 --latency 1ms " +
            "--queue risk-averse --slippage ticks=1 --feed-latency 2ms --venue depth=top --cash 5.5 --currency EUR --rate USD=0.9 --risk max-position=7 --out o --seed 9 " +
            "--equity-interval 1s --journal full --threaded --core 1 --verify");
        Assert.Equal(["A", "B"], config.Strategies);
        Assert.Equal("d", config.Data);
        Assert.Equal(["X", "Y", "Z"], config.Instruments);
        Assert.Equal(["quotes", "trades"], config.Kinds);
        Assert.Equal(("2024-01-02", "2024-01-03"), (config.From, config.To));
        Assert.Equal("1", config.Settings["a"]);
        Assert.Equal("x=y", config.Settings["b"]);
        Assert.Equal(["depth=top", "fees=fixed=1", "latency-cancel=1ms", "latency-new=1ms", "latency-replace=1ms", "latency-response=1ms", "queue=risk-averse", "slippage=ticks=1"], config.Venue.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("2ms", config.FeedLatency);
        Assert.Equal((5.5m, "EUR", 0.9m), (config.Cash, config.Currency, config.Rates["USD"]));
        Assert.Equal("7", config.Risk["max-position"]);
        Assert.Equal(("o", 9UL, "1s", "full"), (config.Out, config.Seed, config.EquityInterval, config.Journal));
        Assert.True(config.Threaded && config.Verify);
        Assert.Equal(1, config.Core);
    }

    [Fact]
    public void A_flag_wins_over_the_config_file_and_pairs_are_merged()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new RunConfig
            {
                Strategies = ["A"],
                Cash = 7,
                Out = "old",
                Threaded = true,
                Settings = new Dictionary<string, string> { ["fast"] = "1", ["slow"] = "2" },
                Venue = new Dictionary<string, string> { ["fees"] = "none", ["depth"] = "top" },
            }.ToJson());
            RunConfig config = Parse("Own", $"--config {file} --set FAST=9 --fees fixed=1");
            Assert.Equal(["A"], config.Strategies);
            Assert.Equal(7m, config.Cash);
            Assert.True(config.Threaded);
            Assert.Null(config.Out);
            Assert.Equal(("9", "2"), (config.Settings["fast"], config.Settings["slow"]));
            Assert.Equal(("fixed=1", "top"), (config.Venue["fees"], config.Venue["depth"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--latency 7ms", "7ms 7ms 7ms 7ms")]
    [InlineData("--venue LATENCY=7ms", "7ms 7ms 7ms 7ms")]
    [InlineData("--latency 7ms --venue Latency-New=1ms", "1ms 7ms 7ms 7ms")]
    [InlineData("--venue latency-cancel=1ms", "2ms 3ms 1ms 5ms")]
    [InlineData("", "2ms 3ms 4ms 5ms")]
    public void A_latency_wins_over_the_legs_of_the_config_file(string arguments, string legs)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new RunConfig
            {
                Strategies = ["A"],
                Venue = new Dictionary<string, string> { ["latency-new"] = "2ms", ["latency-replace"] = "3ms", ["latency-cancel"] = "4ms", ["latency-response"] = "5ms" },
            }.ToJson());
            RunConfig config = Parse(null, $"--config {file} {arguments}");
            Assert.Equal(legs, string.Join(' ', new[] { "new", "replace", "cancel", "response" }.Select(leg => config.Venue[$"latency-{leg}"])));
            Assert.Equal(4, config.Venue.Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--set a")]
    [InlineData("--set =1")]
    [InlineData("--risk position")]
    [InlineData("--rate EUR")]
    [InlineData("--rate EUR=much")]
    public void A_pair_that_is_none_is_named(string arguments)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Parse("A", arguments));
        Assert.Contains(arguments.Split('=')[0].Trim(), error.Message, StringComparison.Ordinal);
    }

    private static RunConfig Parse(string? own, string arguments)
    {
        BacktestOptions options = new(own);
        RootCommand command = new();
        foreach (Option option in options.All) command.Options.Add(option);
        ParseResult parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return options.ToConfig(parsed);
    }
}
