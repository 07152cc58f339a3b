using System.Globalization;
using MiniTrader.Analytics;
using MiniTrader.Books;
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
    /// <summary>Runs a backtest.</summary>
    /// <param name="config">What to run.</param>
    /// <param name="library">Where strategies are found.</param>
    /// <param name="progress">Told a few times a second; null tells nobody.</param>
    /// <param name="began">Told before the first event where the run grows and what it approximates.</param>
    /// <param name="models">
    /// Puts models of the caller's own code into the venue's options, as read from the config; called once, so that each run has models with a state of
    /// their own. Null leaves the options as they are.
    /// </param>
    /// <param name="cancellation">Ends the run after the events at hand; what there is by then is written and noted.</param>
    /// <exception cref="ArgumentException">Something in the config is wrong; the sentence says what and what to do.</exception>
    /// <exception cref="TickFileException">A data file is damaged.</exception>
    /// <exception cref="SessionFaultException">
    /// A strategy threw, an invariant broke, or the run could not be written; nothing is left in the run folder's place.
    /// </exception>
    public static RunOutcome Run(
        RunConfig config, StrategyLibrary library, IProgress<RunProgress>? progress = null, Action<RunStart>? began = null,
        Func<VenueOptions, VenueOptions>? models = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(library);
        if (config.Strategies.Count == 0)
            throw new ArgumentException($"No strategy is named. There are: {string.Join(", ", library.Types.Select(t => t.Name))}.");

        if (config.Cash < 0m) throw new ArgumentException($"The cash at the start is {config.Cash}; it cannot be below zero.");
        JournalLevel journalLevel = ParseJournal(config.Journal);
        VenueOptions venueOptions = VenueModels.Read(config, models);
        using SessionData data = SessionData.Open(config);
        List<StrategySeat> seats = Seats(config, library, data.Instruments);
        (CarryOptions carry, MarginOptions margin) = CarryPairs.Read(config.Carry);
        AccountOptions account = new()
        {
            Carry = carry,
            BaseCurrency = ConfigValue.Read("currency", config.Currency, t => Currency.Parse(t)),
            InitialCash = config.Cash,
            Rates = config.Rates.ToDictionary(r => ConfigValue.Read("rate", r.Key, t => Currency.Parse(t)), r => r.Value),
        };
        CheckRates(account, data.Instruments);
        EngineOptions engineOptions = new()
        {
            EquityInterval = ConfigValue.Read("equity-interval", config.EquityInterval, t => Duration.Parse(t)).Nanoseconds,
            Margin = margin,
            Books = new() { LevelCapacity = venueOptions.BookLevelCapacity, OrderCapacity = venueOptions.BookOrderCapacity },
        };
        Ledger ledger = new(data.Instruments, seats.Count, account, fillCapacity: FillJournal.CapacityWithoutRevisions);
        RiskGate risk = new(ledger, RiskLimits.Parse(string.Join(',', config.Risk.Select(r => $"{r.Key}={r.Value}"))));
        SimulatedVenue venue = new(data.Instruments, venueOptions, seats.Count);

        string folderPath = config.Out ?? DefaultFolder(seats);
        using RunFolderWriter folder = new(folderPath, new RunFolderOptions
        {
            Instruments = data.Instruments,
            Strategies = Names(seats),
            BaseCurrency = account.BaseCurrency,
            Statistics = new StatisticsOptions { TradingDaysPerYear = TradingDaysPerYear(data.Instruments) },
        });
        List<string> assumed = RunNotes.AtStart(data, venueOptions);
        began?.Invoke(new(folder.WorkDirectory, assumed));
        File.WriteAllText(Path.Combine(folder.WorkDirectory, "config.json"), Stored(config, data, venueOptions).ToJson() + "\n");

        using RingBuffer<JournalSlot> journalRing = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunRecorder recorder = new(
            journalRing.AddConsumer(),
            folder,
            journalLevel == JournalLevel.None ? null : new JournalFile(Path.Combine(folder.WorkDirectory, "journal"), journalLevel == JournalLevel.Full),
            ledger);
        RingRecorder ringRecorder = new(journalRing.CreateProducer(), journalLevel == JournalLevel.Full);
        MarketBooks? venueBooks = data.IsApart || !venue.KeepsAllBooks ? null : venue.Books;
        TradingEngine<SimulatedVenuePort, RingRecorder> engine = new(engineOptions, ledger, risk, seats, new SimulatedVenuePort(venue), ringRecorder, venueBooks);

        foreach ((InstrumentId instrument, bool isByOrder) in data.Books)
        {
            venue.OpenBook(instrument, isByOrder);
            engine.Books.Open(instrument, isByOrder);
        }

        BacktestResult result = BacktestThreads.Run(config, data.Feed, data.TotalEvents, engine, journalRing, recorder, progress, cancellation);
        if (!recorder.HasEquity) AddEquity(folder, engine, account.InitialCash, ledger.Account.Snapshot());

        RunStatistics statistics = folder.BuildStatistics();
        RunSummary summary = new(statistics)
        {
            Strategy = string.Join(", ", Names(seats).Distinct()),
            Strategies = Names(seats),
            Instruments = data.Instruments.Select(i => i.Name).ToList(),
            Currency = account.BaseCurrency.ToString(),
            From = engine.Counters.Events == 0 ? null : engine.StartTime,
            To = engine.Counters.Events == 0 ? null : engine.EndTime,
            Events = engine.Counters.Events,
            Hash = engine.Hash.ToString("x16", CultureInfo.InvariantCulture),
            ElapsedSeconds = result.Elapsed.TotalSeconds,
            EventsPerSecond = result.Elapsed > TimeSpan.Zero ? engine.Counters.Events / result.Elapsed.TotalSeconds : 0,
            AllocatedBytesPerEvent = engine.Counters.Events == 0 ? 0 : result.AllocatedBytes / (double)engine.Counters.Events,
            MillisecondsToFirstEvent = result.TimeToFirstEvent?.TotalMilliseconds,
            Machine = MachineInfo.Read().ToString(),
            WasCancelled = result.WasCancelled,
            Notes = [.. assumed, .. RunNotes.AtEnd(config, data, venue, risk, engine, result, statistics)],
        };
        Complete(folder, recorder, summary);
        return new RunOutcome(folder.Directory, summary);
    }

    /// <summary>The summary comes last: whoever sees the folder under its name finds everything in it, the journal too.</summary>
    private static void Complete(RunFolderWriter folder, RunRecorder recorder, RunSummary summary)
    {
        try
        {
            recorder.Complete();
            folder.Complete(summary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SessionFaultException($"The run reached its end, but its folder {folder.Directory} could not be written: {e.Message}", e);
        }
    }

    /// <summary>What a run without samples still has: the cash that it began with and the account that it ended with.</summary>
    private static void AddEquity(RunFolderWriter folder, TradingEngine<SimulatedVenuePort, RingRecorder> engine, decimal cash, in AccountSnapshot end)
    {
        folder.Add(new EquityPoint { Time = engine.StartTime, Equity = cash, Cash = cash });
        if (engine.Counters.Events > 0) folder.Add(RunRecorder.PointOf(engine.Now, in end));
    }

    /// <summary>The config as the run folder keeps it: complete, and the same from wherever it is run again.</summary>
    private static RunConfig Stored(RunConfig config, SessionData data, VenueOptions venue) => config with
    {
        Strategies = config.Strategies.Select(StrategyLibrary.FullName).ToList(),
        Data = data.Source,
        Out = null,
        Venue = venue.ToPairs().Where(p => p.Key != VenueModels.SeedKey).ToDictionary(p => p.Key, p => p.Value),
    };

    /// <summary>Coins trade every day; one instrument of an exchange among them, and days without it are days without return.</summary>
    internal static double TradingDaysPerYear(InstrumentTable instruments) =>
        instruments.All(i => i.AssetClass is AssetClass.Crypto or AssetClass.PerpetualFuture) ? 365 : new StatisticsOptions().TradingDaysPerYear;

    /// <summary>Every instrument is paid in a currency that the account knows the worth of.</summary>
    private static void CheckRates(AccountOptions account, InstrumentTable instruments)
    {
        Instrument? unpaid = instruments.FirstOrDefault(i => i.Currency != account.BaseCurrency && !account.Rates.ContainsKey(i.Currency));
        if (unpaid is null) return;
        string currency = unpaid.Currency.ToString(), own = account.BaseCurrency.ToString();
        throw new ArgumentException($"{unpaid.Name} is paid in {currency}, but the account is in {own}. Say what one {currency} is worth in {own} with --rate {currency}=1.1, or choose --currency {currency}.");
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

    private static List<string> Names(List<StrategySeat> seats) =>
        seats.Select(s => s.Strategy.Name ?? throw new ArgumentException($"The strategy {s.Strategy.GetType().Name} has no name: its Name is null.")).ToList();

    private static string DefaultFolder(List<StrategySeat> seats)
    {
        string stamp = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string name = string.Concat((seats[0].Strategy.Name ?? "").Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
        string path = Path.Combine("runs", $"{(name.Length == 0 ? "run" : name)}-{stamp}");

        // Runs that begin in the same second differ by the process, and in one process by a number.
        for (int n = 1; Directory.Exists(path) || Directory.Exists(path + ".part"); n++)
            path = Path.Combine("runs", $"{(name.Length == 0 ? "run" : name)}-{stamp}-{Environment.ProcessId}-{n}");
        return path;
    }

    private static JournalLevel ParseJournal(string text) => Enum.TryParse(text, ignoreCase: true, out JournalLevel level) && Enum.IsDefined(level)
        ? level
        : throw new ArgumentException($"journal: '{text}' is not a journal level. Levels are none, orders and full.");
}
