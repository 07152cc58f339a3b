using System.Diagnostics;
using System.Globalization;
using MiniTrader.Analytics;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>
/// Plugs history, the simulated venue and the engine together, runs them to the end of the data and leaves a complete run folder.
/// The only place that knows it is a backtest.
/// </summary>
public static class BacktestSession
{
    private static readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs a backtest.</summary>
    /// <param name="config">What to run.</param>
    /// <param name="library">Where strategies are found.</param>
    /// <param name="progress">Told a few times a second; null tells nobody.</param>
    /// <param name="cancellation">Ends the run after the events at hand; what there is by then is written and noted.</param>
    /// <exception cref="ArgumentException">Something in the config is wrong; the sentence says what and what to do.</exception>
    /// <exception cref="TickFileException">A data file is damaged.</exception>
    /// <exception cref="SessionFaultException">A strategy threw, or an invariant broke; nothing is left in the run folder's place.</exception>
    public static RunOutcome Run(
        RunConfig config, StrategyLibrary library, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(library);
        if (config.Strategies.Count == 0)
            throw new ArgumentException($"No strategy is named. There are: {string.Join(", ", library.Types.Select(t => t.Name))}.");

        JournalLevel journalLevel = ParseJournal(config.Journal);
        VenueOptions venueOptions = config.Venue.Aggregate(new VenueOptions { Seed = config.Seed }, (o, pair) => o.With(pair.Key, pair.Value)).Validated();
        using SessionData data = SessionData.Open(config);
        List<StrategySeat> seats = Seats(config, library, data.Instruments);
        AccountOptions account = new()
        {
            BaseCurrency = Currency.Parse(config.Currency),
            InitialCash = config.Cash,
            Rates = config.Rates.ToDictionary(r => Currency.Parse(r.Key), r => r.Value),
        };
        EngineOptions engineOptions = new() { EquityInterval = Duration.Parse(config.EquityInterval).Nanoseconds };
        Ledger ledger = new(data.Instruments, seats.Count, account, engineOptions.OrderCapacity);
        RiskGate risk = new(ledger, RiskLimits.Parse(string.Join(',', config.Risk.Select(r => $"{r.Key}={r.Value}"))));
        SimulatedVenue venue = new(data.Instruments, venueOptions);

        string folderPath = config.Out ?? DefaultFolder(seats);
        using RunFolderWriter folder = new(folderPath, new RunFolderOptions
        {
            Instruments = data.Instruments,
            Strategies = Names(seats),
            BaseCurrency = account.BaseCurrency,
        });
        RunConfig stored = config with
        {
            Data = data.Source,
            Out = null,
            Venue = venueOptions.ToPairs().ToDictionary(p => p.Key, p => p.Value),
        };
        File.WriteAllText(Path.Combine(folder.Directory, "config.json"), stored.ToJson() + "\n");

        using RingBuffer<JournalSlot> journalRing = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunRecorder recorder = new(
            journalRing.AddConsumer(),
            folder,
            journalLevel == JournalLevel.None ? null : new JournalFile(Path.Combine(folder.Directory, "journal"), journalLevel == JournalLevel.Full),
            ledger);
        RingRecorder ringRecorder = new(journalRing.CreateProducer(), journalLevel == JournalLevel.Full);
        TradingEngine<SimulatedVenuePort, RingRecorder> engine = new(engineOptions, ledger, risk, seats, new SimulatedVenuePort(venue), ringRecorder);

        LoopResult result = Drive(config, data, engine, journalRing, recorder, progress, cancellation);
        List<string> notes = [];
        if (result.WasCancelled) notes.Add($"The run was stopped at {engine.Now}, after {engine.Counters.Events:N0} events; the figures are of that part.");
        if (engine.Counters.Events == 0) notes.Add("The data held no event, so nothing could be traded.");
        if (engine.Overflowed > 0) notes.Add($"{engine.Overflowed} orders could not be taken, because an order desk or the order table was full.");

        RunSummary summary = new(folder.BuildStatistics())
        {
            Strategy = string.Join(", ", Names(seats).Distinct()),
            Instruments = data.Instruments.Select(i => i.Name).ToList(),
            Currency = account.BaseCurrency.ToString(),
            From = engine.Counters.Events == 0 ? null : engine.StartTime,
            To = engine.Counters.Events == 0 ? null : engine.Now,
            Events = engine.Counters.Events,
            Hash = engine.Hash.ToString("x16", CultureInfo.InvariantCulture),
            ElapsedSeconds = result.Elapsed.TotalSeconds,
            EventsPerSecond = result.Elapsed > TimeSpan.Zero ? engine.Counters.Events / result.Elapsed.TotalSeconds : 0,
            AllocatedBytesPerEvent = engine.Counters.Events == 0 ? 0 : result.AllocatedBytes / (double)engine.Counters.Events,
            MillisecondsToFirstEvent = result.TimeToFirstEvent?.TotalMilliseconds,
            Machine = MachineInfo.Describe(),
        };
        folder.Complete(summary);
        return new RunOutcome(folder.Directory, summary, notes);
    }

    private static LoopResult Drive(
        RunConfig config, SessionData data, TradingEngine<SimulatedVenuePort, RingRecorder> engine, RingBuffer<JournalSlot> journalRing,
        RunRecorder recorder, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        int ringSize = config.Threaded ? EngineLoop<SimulatedVenuePort, RingRecorder>.ThreadedRingSize : EngineLoop<SimulatedVenuePort, RingRecorder>.InlineRingSize;
        using RingBuffer<MarketEvent> ring = new(ringSize, WaitStrategy.BusySpin());
        EngineLoop<SimulatedVenuePort, RingRecorder> loop = new(engine, ring, config.Threaded ? null : data.Feed);
        using ManualResetEventSlim ended = new();
        using AgentThread recorderThread = new("recorder", recorder, new BackOffIdleStrategy(), onExit: journalRing.Alert);
        using AgentThread? feedThread = config.Threaded ? new("feed", new FeedLoop(ring, data.Feed), new YieldingIdleStrategy(), onExit: ring.Complete) : null;
        using AgentThread engineThread = new("engine", loop, new YieldingIdleStrategy(), config.Core, () =>
        {
            journalRing.Complete();
            ended.Set();
        });
        using CancellationTokenRegistration registration = cancellation.Register(loop.Cancel);

        recorderThread.Start();
        feedThread?.Start();
        engineThread.Start();
        ProgressMeter meter = new(loop.Progress, data.TotalEvents);
        while (!ended.Wait(_progressInterval, CancellationToken.None)) progress?.Report(meter.Measure());

        // The first to have failed is asked first: an engine whose recorder or feed died only says that it did.
        try
        {
            recorderThread.Join();
            feedThread?.Stop();
            engineThread.Join();
        }
        catch (Exception e) when (e is not (TickFileException or TickDataException or IOException or UnauthorizedAccessException))
        {
            throw new SessionFaultException(
                $"The run stopped after {loop.Progress.Events:N0} events, at {loop.Progress.Time} or within {EngineLoop<SimulatedVenuePort, RingRecorder>.BatchSize} events of it: {e.Message}", e);
        }

        progress?.Report(meter.Measure());
        long first = loop.Progress.FirstEventAt;
        return new LoopResult(loop.Elapsed, loop.AllocatedBytes, loop.WasCancelled, first == 0 ? null : SinceProcessStart(first));
    }

    private static TimeSpan SinceProcessStart(long counter)
    {
        using Process process = Process.GetCurrentProcess();
        return DateTime.Now - process.StartTime - Stopwatch.GetElapsedTime(counter);
    }

    private static List<StrategySeat> Seats(RunConfig config, StrategyLibrary library, InstrumentTable instruments)
    {
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        List<StrategySeat> seats = [];
        List<Type> types = config.Strategies.Select(library.Find).ToList();
        foreach (Type type in types) seats.AddRange(StrategyFactory.Create(type, instruments, config.Settings, used));
        string? unknown = config.Settings.Keys.FirstOrDefault(k => !used.Contains(k));
        if (unknown is null) return seats;
        IEnumerable<string?> names = types.SelectMany(t => t.GetConstructors()[0].GetParameters()).Select(p => p.Name).Distinct();
        throw new ArgumentException($"No strategy has a setting '{unknown}'. There are: {string.Join(", ", names)}.");
    }

    private static List<string> Names(List<StrategySeat> seats) => seats.Select(s => s.Strategy.Name).ToList();

    private static string DefaultFolder(List<StrategySeat> seats)
    {
        string stamp = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = Path.Combine("runs", $"{seats[0].Strategy.Name}-{stamp}");
        for (int n = 2; Directory.Exists(path); n++) path = Path.Combine("runs", $"{seats[0].Strategy.Name}-{stamp}-{n}");
        return path;
    }

    private static JournalLevel ParseJournal(string text) => Enum.TryParse(text, ignoreCase: true, out JournalLevel level) && Enum.IsDefined(level)
        ? level
        : throw new ArgumentException($"'{text}' is not a journal level. Levels are none, orders and full.");

    private sealed record LoopResult(TimeSpan Elapsed, long AllocatedBytes, bool WasCancelled, TimeSpan? TimeToFirstEvent);
}
