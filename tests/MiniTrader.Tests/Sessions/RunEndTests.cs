using System.Globalization;
using MiniTrader.Analytics;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Sessions;
using MiniTrader.Strategies;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>How runs end that do not end well: which cause is told, and what is left on the disk.</summary>
public sealed class RunEndTests : IDisposable
{
    private static readonly RunConfig _small = new() { Strategies = ["EmaCross"], Data = "generated:seed=3,rows=20000,instruments=1" };

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 40)]
    [InlineData(true, 0)]
    [InlineData(true, 40)]
    public void A_recorder_that_fails_is_the_cause_and_not_the_engine_that_it_stops(bool threaded, int goodCalls)
    {
        SessionFaultException fault = Assert.Throws<SessionFaultException>(() => Drive(threaded, new GeneratedMarket(GeneratedMarketOptions.Parse("generated:rows=200000,instruments=1")).OpenFeed(), goodCalls));
        Assert.Equal("No space left on device", Assert.IsType<IOException>(fault.InnerException).Message);
        Assert.Contains("could not be recorded", fault.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_data_is_told_as_it_is(bool threaded)
    {
        using FailingFeed feed = new();
        TickDataException error = Assert.Throws<TickDataException>(() => Drive(threaded, feed, int.MaxValue));
        Assert.Equal("row 7 is damaged", error.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_at_the_end_is_the_runs_own_failure_and_nothing_has_its_name()
    {
        string folder = Path.Combine(_runs.Folder, "lost");
        StrategyLibrary library = Runs.Library.With(typeof(Vandal));
        RunConfig config = _small with { Strategies = ["Vandal"], Settings = new Dictionary<string, string> { ["folder"] = folder + ".part" }, Out = folder };
        SessionFaultException fault = Assert.Throws<SessionFaultException>(() => BacktestSession.Run(config, library, cancellation: TestContext.Current.CancellationToken));
        Assert.IsAssignableFrom<IOException>(fault.InnerException);
        Assert.Contains(folder, fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_runs.Folder));
    }

    [Fact]
    public void A_second_run_into_the_same_folder_is_refused_and_the_first_untouched()
    {
        RunConfig config = _small with { Out = Path.Combine(_runs.Folder, "run") };
        BacktestSession.Run(config, Runs.Library, cancellation: TestContext.Current.CancellationToken);
        Dictionary<string, DateTime> before = Files(config.Out);
        ArgumentException error = Assert.Throws<ArgumentException>(() => BacktestSession.Run(config, Runs.Library, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains($"The run folder {config.Out} exists and is not empty; name another or delete it", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(config.Out));
        Assert.Equal([config.Out], Directory.GetFileSystemEntries(_runs.Folder));
    }

    [Fact]
    public void Timers_that_found_no_room_and_orders_that_came_too_late_are_counted_in_the_notes()
    {
        RunOutcome outcome = _runs.Run(_small with { Strategies = ["Latecomer"] }, Runs.Library.With(typeof(Latecomer)));
        Assert.Single(outcome.Notes, n => n.StartsWith("2 orders or changes were written when the data had ended, in OnStop", StringComparison.Ordinal));
        Assert.Single(outcome.Notes, n => n.StartsWith("7 timers were not set, because 4,096 were", StringComparison.Ordinal));
        Assert.Equal(0, outcome.Summary.Orders);
    }

    [Fact]
    public void A_run_with_room_and_in_time_has_no_such_note() =>
        Assert.DoesNotContain(_runs.Run(_small).Notes, n => n.Contains("not set", StringComparison.Ordinal) || n.Contains("not sent", StringComparison.Ordinal));

    [Fact]
    public void Nothing_in_a_completed_folder_has_a_temporary_name()
    {
        RunOutcome outcome = _runs.Run(_small);
        Assert.Contains(Path.Combine(outcome.Folder, "journal", "journal.bin"), Files(outcome.Folder).Keys);
        Assert.DoesNotContain(Files(outcome.Folder).Keys, f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_that_was_given_up_has_no_name_and_one_that_was_completed_has()
    {
        using (JournalFile journal = new(_runs.Folder, includesMarket: false)) journal.Write(new JournalSlot[3]);
        Assert.False(File.Exists(Path.Combine(_runs.Folder, JournalFile.FileName)));
        using (JournalFile journal = new(_runs.Folder, includesMarket: false))
        {
            journal.Write(new JournalSlot[3]);
            journal.Complete();
        }

        Assert.Equal(4 * MarketEvent.Size, new FileInfo(Path.Combine(_runs.Folder, JournalFile.FileName)).Length);
    }

    [Fact]
    public void A_journal_on_a_full_disk_says_so_when_it_is_completed_and_not_when_it_is_given_up()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("This system has no /dev/full to stand for a full disk.");
        File.CreateSymbolicLink(Path.Combine(_runs.Folder, JournalFile.FileName + ".part"), "/dev/full");
        using JournalFile journal = new(_runs.Folder, includesMarket: false);
        Assert.Throws<IOException>(journal.Complete);
    }

    private static Dictionary<string, DateTime> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);

    /// <summary>Runs a session's threads over a recorder that empties its ring so many times and then fails.</summary>
    private static void Drive(bool threaded, IFeed feed, int goodCalls)
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "GEN1", Venue = "XGEN" }]);
        Ledger ledger = new(instruments, 1, new AccountOptions());
        using RingBuffer<JournalSlot> ring = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        FullDisk recorder = new(ring.AddConsumer(), goodCalls);
        TradingEngine<SimulatedVenuePort, RingRecorder> engine = new(
            new EngineOptions(),
            ledger,
            new RiskGate(ledger, new RiskLimits()),
            [new StrategySeat(new EmaCross(new(0), Quantity.FromUnits(1)), [new(0)])],
            new SimulatedVenuePort(new SimulatedVenue(instruments, new VenueOptions())),
            new RingRecorder(ring.CreateProducer(), recordsMarket: true));
        using (feed) BacktestThreads.Run(new RunConfig { Threaded = threaded }, feed, 0, engine, ring, recorder, null, TestContext.Current.CancellationToken);
    }

    private sealed class FullDisk(RingConsumer<JournalSlot> ring, int goodCalls) : IAgent
    {
        /// <summary>Few enough that every run takes more calls than go well, however seldom its thread gets a core.</summary>
        private const int MostSlots = 1_024;

        private int _calls;

        public int DoWork()
        {
            int count = ring.Poll(MostSlots).Length;
            if (count == 0) return ring.IsDrained ? IAgent.Finished : 0;
            if (++_calls > goodCalls) throw new IOException("No space left on device");
            ring.Release(count);
            return count;
        }
    }

    private sealed class FailingFeed : IFeed
    {
        public bool IsFinished => false;

        public int Fill(Span<MarketEvent> slots) => throw new TickDataException("row 7 is damaged");

        public void Dispose()
        {
        }
    }

    /// <summary>Deletes the folder that its run is written into.</summary>
    public sealed class Vandal(string folder) : Strategy
    {
        public override void OnStop() => Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sets more timers than there is room for, and trades when it is over.</summary>
    public sealed class Latecomer(InstrumentId instrument) : Strategy
    {
        public override void OnStart()
        {
            for (int i = 0; i < TimerQueue.Capacity + 7; i++) Assert.Equal(i < TimerQueue.Capacity, SetTimer(Timestamp.MaxValue, i));
        }

        public override void OnStop()
        {
            Orders.Buy(instrument, Quantity.FromUnits(1));
            Orders.Sell(instrument, Quantity.FromUnits(1));
        }
    }
}
