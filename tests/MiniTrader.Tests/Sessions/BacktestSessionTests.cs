using System.Runtime.InteropServices;
using MiniTrader.Analytics;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Sessions;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>What a session leaves, what it refuses, and that its journal is complete.</summary>
public sealed class BacktestSessionTests : IDisposable
{
    private static readonly RunConfig _small = new() { Strategies = ["EmaCross"], Data = "generated:seed=3,rows=20000,instruments=1" };

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void The_run_folder_agrees_with_the_summary()
    {
        RunOutcome outcome = _runs.Run(_small);
        RunFolder folder = RunFolder.Open(outcome.Folder);
        Assert.Equal(outcome.Summary.Hash, folder.Summary.Hash);
        Assert.Equal(20_000, outcome.Summary.Events);
        Assert.Equal(outcome.Summary.Orders, folder.Orders().LongCount());
        Assert.Equal(outcome.Summary.Fills, folder.Fills().LongCount());
        Assert.Equal(outcome.Summary.FinalEquity, folder.Equity().Last().Equity);
        Assert.True(outcome.Summary.Fills > 100, "The strategy hardly traded.");
        decimal cash = _small.Cash + folder.Fills().Sum(f => -(f.Side.Sign() * f.Notional) - f.Fee);
        Assert.Equal(cash, folder.Equity().Last().Cash);
        Assert.True(File.Exists(Path.Combine(outcome.Folder, "report.html")));
    }

    [Fact]
    public void The_stored_config_runs_the_same_again()
    {
        RunConfig config = _small with
        {
            Settings = new Dictionary<string, string> { ["fast"] = "5", ["EmaCross.slow"] = "9" },
            Venue = new Dictionary<string, string> { ["latency"] = "0.5ms..2ms", ["fees"] = "maker=-0.0001,taker=0.0003" },
            Risk = new Dictionary<string, string> { ["max-position"] = "10" },
            Seed = 42,
        };
        RunOutcome first = _runs.Run(config);
        RunConfig stored = RunConfig.Load(Path.Combine(first.Folder, "config.json"));
        Assert.Equal(first.Summary.Hash, _runs.Run(stored).Summary.Hash);
        Assert.NotEqual(first.Summary.Hash, _runs.Run(stored with { Seed = 43 }).Summary.Hash);
    }

    [Fact]
    public void A_strategy_with_one_instrument_is_made_once_for_each()
    {
        RunOutcome outcome = _runs.Run(_small with { Data = "generated:seed=3,rows=20000,instruments=3" });
        int[] strategies = RunFolder.Open(outcome.Folder).Fills().Select(f => (int)f.Strategy.Index).Distinct().Order().ToArray();
        Assert.Equal([0, 1, 2], strategies);
    }

    [Fact]
    public void A_full_journal_replays_to_the_same_hash()
    {
        RunOutcome outcome = _runs.Run(_small with { Journal = "full" });
        JournalSlot[] slots = ReadJournal(outcome.Folder);
        MarketEvent[] events = MarketEventsOf(slots);
        Assert.Equal(20_000, events.Length);

        InstrumentTable instruments = new([new Instrument { Symbol = "GEN1", Venue = "XGEN" }]);
        Ledger ledger = new(instruments, 1, new AccountOptions());
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = new(
            new EngineOptions(),
            ledger,
            new RiskGate(ledger, new RiskLimits()),
            [new StrategySeat(new EmaCross(new(0), Quantity.FromUnits(1)), [new(0)])],
            new SimulatedVenuePort(new SimulatedVenue(instruments, new VenueOptions { Seed = 1 })),
            default);
        engine.Process(events);
        engine.Finish();
        Assert.Equal(outcome.Summary.Hash, engine.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("orders", true)]
    public void The_journal_level_says_what_is_kept(string level, bool exists)
    {
        RunOutcome outcome = _runs.Run(_small with { Journal = level });
        string path = Path.Combine(outcome.Folder, "journal", "journal.bin");
        Assert.Equal(exists, File.Exists(path));
        if (exists) Assert.Empty(MarketEventsOf(ReadJournal(outcome.Folder)));
    }

    [Fact]
    public void A_strategy_without_a_name_is_told_and_leaves_no_folder()
    {
        string path = Path.Combine(_runs.Folder, "nameless");
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => _runs.Run(_small with { Strategies = ["Nameless"], Out = path }, Runs.Library.With(typeof(Nameless))));
        Assert.Equal("The strategy Nameless has no name: its Name is null.", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_runs.Folder, "nameless*"));
    }

    [Fact]
    public void A_strategy_that_throws_stops_the_run_with_its_words_and_leaves_nothing()
    {
        StrategyLibrary library = Runs.Library.With(typeof(Throwing));
        SessionFaultException fault = Assert.Throws<SessionFaultException>(() => _runs.Run(_small with { Strategies = ["Throwing"] }, library));
        Assert.Contains("the dog ate it", fault.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(fault.InnerException);
        Assert.Empty(Directory.GetFileSystemEntries(_runs.Folder));
    }

    [Fact]
    public void A_cancelled_run_writes_what_there_is_and_says_so()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        RunOutcome outcome = BacktestSession.Run(_small with { Out = Path.Combine(_runs.Folder, "cancelled") }, Runs.Library, cancellation: source.Token);
        Assert.Equal(0, outcome.Summary.Events);
        Assert.Contains("The run was stopped before its first event, so nothing was traded.", outcome.Notes);
        RunSummary stored = RunFolder.Open(outcome.Folder).Summary;
        Assert.True(stored.WasCancelled);
        Assert.Equal(outcome.Notes, stored.Notes);
        Assert.Equal((_small.Cash, _small.Cash, 0m), (stored.InitialEquity, stored.FinalEquity, stored.NetProfit));
    }

    [Theory]
    [InlineData("No strategy called 'Nobody' is in this program. There are: EmaCross", "Nobody", null, null, null)]
    [InlineData("No strategy has a setting 'speed'", "EmaCross", "speed=1", null, null)]
    [InlineData("Strategy EmaCross, setting 'fast': 'ten' is not a whole number.", "EmaCross", "fast=ten", null, null)]
    [InlineData("'9999999999' is too large or too small.", "EmaCross", "fast=9999999999", null, null)]
    [InlineData("setting 'halfSpread': 'wide' is not a number such as 0.5.", "MarketMaker", "halfSpread=wide", null, null)]
    [InlineData("setting 'halfSpread': '0,5' is not a number such as 0.5.", "MarketMaker", "halfSpread=0,5", null, null)]
    [InlineData("--set size=1.5 is no multiple of the lot of GEN1.XGEN, which is 1.", "EmaCross", "size=1.5", null, null)]
    [InlineData("--set MarketMaker.Size=0.1 is no multiple of the lot of GEN1.XGEN, which is 1.", "MarketMaker", "MarketMaker.Size=0.1", null, null)]
    [InlineData("setting 'size': 'much' is not", "EmaCross", "size=much", null, null)]
    [InlineData("The fast period (30) must be below", "EmaCross", "fast=30", null, null)]
    [InlineData("The data folder nowhere does not exist", "EmaCross", null, "nowhere", null)]
    [InlineData("No instrument is called 'MSFT'", "EmaCross", null, null, "MSFT")]
    [InlineData("trades 2 instruments (first, second), but the session has 1", "PairTrade", null, null, null)]
    public void What_is_wrong_is_refused_in_a_sentence(string sentence, string strategy, string? setting, string? data, string? instrument)
    {
        RunConfig config = _small with
        {
            Strategies = [strategy],
            Settings = setting is null ? _small.Settings : new Dictionary<string, string> { [setting.Split('=')[0]] = setting.Split('=')[1] },
            Data = data ?? _small.Data,
            Instruments = instrument is null ? [] : [instrument],
        };
        ArgumentException error = Assert.Throws<ArgumentException>(() => _runs.Run(config));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_runs.Folder));
    }

    [Fact]
    public void A_currency_without_a_rate_is_refused_with_the_option_that_gives_it() =>
        Assert.Contains(
            "GEN1.XGEN is paid in USD, but the account is in EUR. Say what one USD is worth in EUR with --rate USD=1.1, or choose --currency USD.",
            Assert.Throws<ArgumentException>(() => _runs.Run(_small with { Currency = "EUR" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Without_samples_of_the_equity_a_note_says_what_that_means()
    {
        RunSummary summary = _runs.Run(_small with { EquityInterval = "0" }).Summary;
        Assert.Contains(summary.Notes, n => n.Contains("(--equity-interval 0)", StringComparison.Ordinal));
        Assert.DoesNotContain(summary.Notes, n => n.Contains("returns by the", StringComparison.Ordinal));
    }

    [Fact]
    public void What_several_strategies_did_adds_up_and_is_the_same_from_the_files()
    {
        RunOutcome outcome = _runs.Run(_small with { Strategies = ["EmaCross", "MarketMaker"], Settings = new Dictionary<string, string>() });
        RunSummary s = outcome.Summary;
        Assert.Equal([0, 1], s.PerStrategy.Select(p => p.Strategy));
        Assert.Equal((s.Orders, s.Fills, s.Trades), (s.PerStrategy.Sum(p => p.Orders), s.PerStrategy.Sum(p => p.Fills), s.PerStrategy.Sum(p => p.Trades)));
        Assert.Equal((s.Fees, s.TradedNotional), (s.PerStrategy.Sum(p => p.Fees), s.PerStrategy.Sum(p => p.TradedNotional)));

        // A market maker moves its quotes, a crossing of averages trades at the market.
        Assert.True(s.Replaces > 100, $"{s.Replaces} replaces.");
        Assert.Equal((0, s.Replaces), (s.PerStrategy[0].Replaces, s.PerStrategy[1].Replaces));
        RunFolder folder = RunFolder.Open(outcome.Folder);
        Assert.Equal(s.Replaces, folder.Orders().Sum(o => (long)o.Replaces));
        Assert.Equal(s.PerStrategy, folder.BuildStatistics().PerStrategy);
    }

    [Fact]
    public void A_config_file_with_an_unknown_key_is_refused_with_its_name()
    {
        string path = Path.Combine(_runs.Folder, "bad.json");
        File.WriteAllText(path, """{ "strategies": ["EmaCross"], "leverage": 100 }""");
        ArgumentException error = Assert.Throws<ArgumentException>(() => RunConfig.Load(path));
        Assert.Contains("leverage", error.Message, StringComparison.Ordinal);
    }

    private static JournalSlot[] ReadJournal(string folder)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "journal", "journal.bin"));
        Assert.Equal(JournalFileHead.MagicValue, MemoryMarshal.Read<JournalFileHead>(bytes).Magic);
        return MemoryMarshal.Cast<byte, JournalSlot>(bytes.AsSpan(Marshal.SizeOf<JournalFileHead>())).ToArray();
    }

    private static MarketEvent[] MarketEventsOf(JournalSlot[] slots)
    {
        List<MarketEvent> events = [];
        for (int i = 0; i < slots.Length; i += 1 + (slots[i].IsMarket ? 0 : slots[i].Followers))
        {
            if (slots[i].IsMarket) events.Add(slots[i].Market);
        }

        return [.. events];
    }

    public sealed class Nameless : Strategy
    {
        public override string Name => null!;
    }

    public sealed class Throwing : Strategy
    {
        private int _count;

        public override void OnQuote(in QuoteTick quote)
        {
            if (++_count == 5_000) throw new InvalidOperationException("the dog ate it");
        }
    }
}
