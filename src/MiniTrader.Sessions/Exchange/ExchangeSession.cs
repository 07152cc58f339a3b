using MiniTrader.Exchange;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Sessions;

/// <summary>
/// An exchange to connect to: the simulated venue as a FIX acceptor, over recorded or generated data. One thread of its own reads the sockets,
/// shows the market, matches and writes; whoever makes the session starts, stops and disposes of it.
/// </summary>
/// <remarks>
/// Clients trade with the data and not with one another: a quote of one is no market for the next. Each client is an account of its own.
/// </remarks>
public sealed class ExchangeSession : IDisposable
{
    // A client's memory: enough that a burst of a thousand reports waits, little enough that hundreds of clients fit.
    private static readonly SessionLimits _limits = new() { MessageBytes = 1 << 14, Fields = 1 << 10, OutputBytes = 1 << 19, HeldMessages = 1 << 10, HeldBytes = 1 << 18 };

    private readonly SessionData? _data;
    private readonly ExchangeApplication _application;
    private readonly FixEngine _engine;
    private readonly AgentThread _thread;

    /// <param name="instruments">What is traded.</param>
    /// <param name="feed">Its market; the caller disposes of it after the session.</param>
    /// <param name="options">How.</param>
    /// <param name="books">Instruments whose data has a book, and whether it is one of single orders.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the settings file is wrong; the sentence says what.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public ExchangeSession(InstrumentTable instruments, IFeed feed, ExchangeOptions options, IReadOnlyList<(InstrumentId Instrument, bool IsByOrder)>? books = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Validated();
        SimulatedVenue venue = new(instruments, options.Venue, options.ClientCapacity);
        foreach ((InstrumentId instrument, bool isByOrder) in books ?? []) venue.OpenBook(instrument, isByOrder);

        // Names of orders and executions go on growing from run to run: a microsecond holds at most one.
        long firstId = Timestamp.FromDateTime(DateTime.UtcNow).Nanoseconds / Timestamp.NanosecondsPerMicrosecond;
        bool admits = options.SettingsFile is null;
        IReadOnlyList<SessionSettings> sessions = admits ? [SettingsOf(options, "FIX.4.4", options.DropCopy)] : ReadSettings(options);
        _application = new(instruments, feed, venue, options, _limits, admits, firstId);
        _engine = new(sessions, _application, _limits);
        foreach (FixSession session in _engine.Sessions.ToList()) _application.AddClient(session);
        _thread = new("exchange", _engine, new YieldingIdleStrategy());
    }

    public ExchangeOptions Options { get; }

    /// <summary>The port that is listened on.</summary>
    public int Port => _engine.Ports[0];

    /// <summary>What it has done; exact once it has stopped.</summary>
    public ExchangeCounts Counts => _application.Counts;

    /// <summary>What ended its thread, if anything did.</summary>
    public Exception? Fault => _thread.Fault;

    /// <summary>What the user is to know of the data, and what the venue assumes where it is silent.</summary>
    public IReadOnlyList<string> Notes => _data is null ? [] : RunNotes.AtStart(_data, Options.Venue);

    /// <summary>Opens data as a backtest does.</summary>
    /// <param name="data">Its data, instruments, kinds and times.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The data or an option is wrong; the sentence says which.</exception>
    public static ExchangeSession Open(RunConfig data, ExchangeOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        SessionData opened = SessionData.Open(data);
        try
        {
            return new(opened, options);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private ExchangeSession(SessionData data, ExchangeOptions options)
        : this(data.Instruments, data.Feed, options, data.Books) => _data = data;

    public void Start() => _thread.Start();

    /// <summary>Logs everybody out, as far as they answer soon, and ends the thread. Rethrows what ended it before.</summary>
    public void Stop()
    {
        _engine.RequestStop();
        _thread.Join();
    }

    public void Dispose()
    {
        _thread.Dispose();
        _engine.Dispose();
        _data?.Dispose();
    }

    /// <summary>The session of a client that is admitted.</summary>
    internal static SessionSettings SettingsOf(ExchangeOptions options, string version, string client) => new()
    {
        Id = new() { BeginString = version, SenderCompId = options.CompId, TargetCompId = client },
        ConnectionType = ConnectionType.Acceptor,
        Transport = new() { Accept = new(options.Host, options.Port) },
        FileStorePath = options.StorePath,
        MemoryStoreBytes = BytesOf(options, client),
    };

    private static int BytesOf(ExchangeOptions options, string client) => client == options.DropCopy ? MemoryMessageStore.MaxBytes : options.ClientStoreBytes;

    private static IReadOnlyList<SessionSettings> ReadSettings(ExchangeOptions options)
    {
        IReadOnlyList<SessionSettings> sessions;
        try
        {
            sessions = SettingsReader.Read(options.SettingsFile!);
        }
        catch (FixSettingsException e)
        {
            throw new ArgumentException(e.Message, e);
        }

        if (sessions.FirstOrDefault(s => s.ConnectionType != ConnectionType.Acceptor) is { } initiator)
            throw new ArgumentException($"{options.SettingsFile}: {initiator.Id} is an initiator; an exchange has acceptors only.");
        if (sessions.FirstOrDefault(s => s.Id.BeginString is not ("FIX.4.2" or "FIX.4.4")) is { } other)
            throw new ArgumentException($"{options.SettingsFile}: {other.Id} is of a version that the exchange does not speak; it speaks FIX.4.2 and FIX.4.4.");
        if (sessions.Count > options.ClientCapacity + 1)
            throw new ArgumentException($"{options.SettingsFile} has {sessions.Count} sessions; the exchange holds {options.ClientCapacity} clients and a drop copy.");
        return [.. sessions.Select(s => s with { MemoryStoreBytes = BytesOf(options, s.Id.TargetCompId) })];
    }
}
