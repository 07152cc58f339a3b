using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniTrader.Analytics;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.Tests.TickStore;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>What a config comes to: seed, latencies, paths, instruments, and the notes on what was not as wished.</summary>
public sealed class RunConfigTests : IDisposable
{
    private static readonly RunConfig _small = new() { Strategies = ["EmaCross"], Data = "generated:seed=3,rows=20000,instruments=1" };

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_config_file_that_says_little_leaves_the_rest_at_its_defaults()
    {
        string path = Path.Combine(_runs.Folder, "little.json");
        File.WriteAllText(path, """{ "strategies": ["EmaCross"] }""");
        Assert.Equal(new RunConfig { Strategies = ["EmaCross"] }.ToJson(), RunConfig.Load(path).ToJson());
    }

    [Fact]
    public void The_text_of_a_config_says_all_of_it_as_a_serializer_would()
    {
        Dictionary<string, string> pairs = new() { ["a"] = "1", ["b \"ü\""] = "2" };
        RunConfig full = new()
        {
            Strategies = ["EmaCross", "My.dll:Own"],
            Settings = pairs,
            Data = "catalog",
            Instruments = ["A", "B"],
            Kinds = ["quotes"],
            From = "2024-01-02",
            To = "2024-01-03",
            Cash = 12.5m,
            Currency = "EUR",
            Rates = new Dictionary<string, decimal> { ["USD"] = 0.9m },
            Venue = pairs,
            Risk = pairs,
            Carry = pairs,
            FeedLatency = "5ms",
            Seed = ulong.MaxValue,
            EquityInterval = "1s",
            Journal = "none",
            Threaded = true,
            Core = 1,
            Verify = true,
            Out = "runs/x",
        };
        RunConfig standard = new();
        foreach (PropertyInfo property in typeof(RunConfig).GetProperties())
            Assert.False(Equals(property.GetValue(full), property.GetValue(standard)), $"This test says nothing of {property.Name}.");
        JsonSerializerOptions camelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        foreach (RunConfig config in (RunConfig[])[full, standard])
            Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(config, camelCase), JsonNode.Parse(config.ToJson())), config.ToJson());
    }

    [Fact]
    public void A_config_that_is_a_folder_or_has_a_key_without_a_value_is_named()
    {
        string path = Path.Combine(_runs.Folder, "null.json");
        File.WriteAllText(path, """{ "venue": { "fees": null } }""");
        Assert.Contains("venue.fees", Assert.Throws<ArgumentException>(() => RunConfig.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<ArgumentException>(() => RunConfig.Load(_runs.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "cahs": 5 }""", "has a key 'cahs', which does not exist. There are: strategies, settings,")]
    [InlineData("""{ "cash": 5, "cash": 6 }""", "has the key 'cash' twice")]
    [InlineData("{ \"seed\": 1,\n \"cash\": \"many\" }", "line 2: the value of 'cash' is of the wrong kind")]
    [InlineData("""{ "venue": 5 }""", "line 1: the value of 'venue' is of the wrong kind")]
    [InlineData("""{ "venue": { "fees": 5 } }""", "the value of 'venue.fees' is of the wrong kind")]
    [InlineData("""{ "seed": -1 }""", "the value of 'seed' is of the wrong kind")]
    [InlineData("""{ "strategies": [null] }""", "has no value for an item of strategies")]
    [InlineData("[]", "is not an object of keys and values")]
    [InlineData("null", "is not an object of keys and values")]
    [InlineData("", "line 1: it is not JSON: ")]
    [InlineData("{ \"cash\": 5,\n", "line 2: it is not JSON: ")]
    public void A_config_file_that_is_wrong_is_told_in_its_own_words(string text, string sentence)
    {
        string path = Path.Combine(_runs.Folder, "wrong.json");
        File.WriteAllText(path, text);
        string told = Assert.Throws<ArgumentException>(() => RunConfig.Load(path)).Message;
        Assert.StartsWith($"The config file {path}", told, StringComparison.Ordinal);
        Assert.Contains(sentence, told, StringComparison.Ordinal);
        foreach (string inner in (string[])["System.", "MiniTrader.Sessions", "Path: $", "LineNumber"]) Assert.DoesNotContain(inner, told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_seed_is_stored_once_and_rules_the_venue()
    {
        RunConfig config = _small with { Seed = 5, Venue = new Dictionary<string, string> { ["latency"] = "0.5ms..2ms" } };
        RunOutcome first = _runs.Run(config);
        RunConfig stored = RunConfig.Load(Path.Combine(first.Folder, "config.json"));
        Assert.Equal(5UL, stored.Seed);
        Assert.DoesNotContain("seed", stored.Venue.Keys);
        Assert.Equal(_runs.Run(config with { Seed = 7 }).Summary.Hash, _runs.Run(stored with { Seed = 7 }).Summary.Hash);
        Assert.NotEqual(first.Summary.Hash, _runs.Run(stored with { Seed = 7 }).Summary.Hash);
    }

    [Fact]
    public void A_seed_among_the_venues_options_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _runs.Run(_small with { Venue = new Dictionary<string, string> { ["Seed"] = "7" } }));
        Assert.Contains("--seed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leg_wins_over_the_latency_of_its_own_layer_wherever_it_stands()
    {
        RunOutcome outcome = _runs.Run(_small with { Venue = new Dictionary<string, string> { ["latency-new"] = "3ms", ["Latency"] = "9ms" } });
        RunConfig stored = RunConfig.Load(Path.Combine(outcome.Folder, "config.json"));
        Assert.Equal(("3ms", "9ms"), (stored.Venue["latency-new"], stored.Venue["latency-cancel"]));
    }

    [Fact]
    public void Paths_are_stored_in_full()
    {
        using TemporaryFolder catalog = new();
        Write(catalog.Path, ("A", TickKind.Quotes));
        string library = typeof(MiniTrader.Samples.EmaCross).Assembly.Location;
        RunOutcome outcome = _runs.Run(new RunConfig
        {
            Strategies = [$"{Path.GetRelativePath(".", library)}:EmaCross"],
            Data = Path.GetRelativePath(".", catalog.Path),
        });
        RunConfig stored = RunConfig.Load(Path.Combine(outcome.Folder, "config.json"));
        Assert.Equal(Path.GetFullPath(catalog.Path), stored.Data);
        Assert.Equal([$"{library}:EmaCross"], stored.Strategies);
    }

    [Theory]
    [InlineData("EmaCross", "EmaCross")]
    [InlineData("/a/my.dlls/B.dll", "/a/my.dlls/B.dll")]
    [InlineData("/a/B.DLL:C", "/a/B.DLL:C")]
    public void A_strategys_full_name_keeps_what_is_full_already(string name, string full) => Assert.Equal(full, StrategyLibrary.FullName(name));

    [Fact]
    public void A_file_that_is_no_assembly_is_named()
    {
        string path = Path.Combine(_runs.Folder, "Mine.dll");
        File.WriteAllText(path, "not an assembly");
        ArgumentException error = Assert.Throws<ArgumentException>(() => Runs.Library.Find(path));
        Assert.Contains("is not a .NET assembly", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_core_that_is_not_there_is_noted()
    {
        RunOutcome outcome = _runs.Run(_small with { Core = 9_999 });
        Assert.Contains(outcome.Notes, n => n.Contains("was not pinned: there is no core 9999", StringComparison.Ordinal));
        Assert.Equal(outcome.Notes, RunFolder.Open(outcome.Folder).Summary.Notes);
        Assert.Contains("there is no core 9999", File.ReadAllText(Path.Combine(outcome.Folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_strategy_is_named_and_the_notes_say_what_is_assumed()
    {
        RunSummary summary = RunFolder.Open(_runs.Run(_small with { Data = "generated:seed=3,rows=2000,instruments=2" }).Folder).Summary;
        Assert.Equal(["EmaCross", "EmaCross"], summary.Strategies);
        Assert.Contains(summary.Notes, n => n.Contains("depth=ladder", StringComparison.Ordinal));
        Assert.DoesNotContain(summary.Notes, n => n.Contains("pinned", StringComparison.Ordinal) || n.Contains("stopped", StringComparison.Ordinal));
        Assert.False(summary.WasCancelled);
    }

    [Fact]
    public void More_instruments_than_charts_are_noted()
    {
        RunOutcome outcome = _runs.Run(_small with { Data = "generated:seed=3,rows=2000,instruments=14" });
        Assert.Contains("The report charts the prices of at most 12 of the 14 instruments.", outcome.Notes);
    }

    [Fact]
    public void Without_samples_the_equity_still_begins_with_the_cash_and_ends_with_the_account()
    {
        RunSummary sampled = _runs.Run(_small).Summary;
        RunSummary plain = _runs.Run(_small with { EquityInterval = "0" }).Summary;
        Assert.Equal(_small.Cash, plain.InitialEquity);
        Assert.Equal(sampled.FinalEquity, plain.FinalEquity);
        Assert.Equal(sampled.NetProfit, plain.NetProfit);
        Assert.NotEqual(0m, plain.NetProfit);
    }

    [Fact]
    public void A_whole_catalog_is_what_it_has_of_the_kinds_but_a_named_instrument_must_have_them()
    {
        using TemporaryFolder catalog = new();
        Write(catalog.Path, ("A", TickKind.Trades), ("B", TickKind.Quotes), ("C", TickKind.Quotes));
        RunConfig config = new() { Strategies = ["EmaCross"], Data = catalog.Path, Kinds = ["quotes"] };
        RunOutcome outcome = _runs.Run(config);
        Assert.Equal(["B.SIM", "C.SIM"], outcome.Summary.Instruments);
        Assert.Contains("The catalog has no quotes of A.SIM; the run is without it.", outcome.Notes);
        Assert.Contains("A.SIM", Assert.Throws<TickDataException>(() => _runs.Run(config with { Instruments = ["A", "B"] })).Message, StringComparison.Ordinal);
        ArgumentException none = Assert.Throws<ArgumentException>(() => _runs.Run(config with { Kinds = ["book"] }));
        Assert.Contains("has no book of any instrument. It has: quotes, trades", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AssetClass.Crypto, AssetClass.PerpetualFuture, 365)]
    [InlineData(AssetClass.Crypto, AssetClass.Equity, 252)]
    public void Coins_trade_every_day_of_the_year(AssetClass first, AssetClass second, double days)
    {
        InstrumentTable instruments = new([Instrument("A", first), Instrument("B", second)]);
        Assert.Equal(days, BacktestSession.TradingDaysPerYear(instruments));
    }

    private static Instrument Instrument(string symbol, AssetClass assetClass = AssetClass.Equity) => new() { Symbol = symbol, Venue = "SIM", AssetClass = assetClass };

    private static void Write(string folder, params (string Symbol, TickKind Kind)[] series)
    {
        using CatalogWriter writer = new(folder, TickFileOptions.Default);
        foreach ((string symbol, TickKind kind) in series) writer.Append(Instrument(symbol), TickData.Events(kind, 50, 1));
        writer.Complete();
    }
}
