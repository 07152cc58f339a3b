using MiniTrader.Fix;
using MiniTrader.Ring;
using QuickFix;
using QuickFix.Logger;
using QuickFix.Store;
using QuickFix.Transport;

namespace MiniTrader.QuickFix;

/// <summary>
/// A venue behind a QuickFIX/n session: the engine's port, QuickFIX/n's initiator, and the thread between them. Built, started and disposed of by the
/// thread that owns the session.
/// </summary>
public sealed class QuickFixVenue : IDisposable
{
    private readonly FixVenue _venue;
    private readonly QuickFixInbox _inbox;
    private readonly QuickFixOrders _orders;
    private readonly SocketInitiator _initiator;
    private readonly AgentThread _thread;
    private bool _isStarted;

    /// <param name="options">What we are told.</param>
    /// <param name="settings">QuickFIX/n's settings file with one session, an initiator's.</param>
    /// <param name="store">Where QuickFIX/n keeps its sequence numbers and messages; null for files, as the settings say.</param>
    /// <param name="log">QuickFIX/n's log; null for none. It is QuickFIX/n's to keep secrets out of it (<c>RedactFieldsInLogs=554</c>); with a password and a log that is demanded.</param>
    /// <exception cref="ArgumentException">The settings have not exactly one session, or an option is wrong.</exception>
    public QuickFixVenue(QuickFixOptions options, global::QuickFix.SessionSettings settings, IMessageStoreFactory? store = null, ILogFactory? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        options.Validated();
        HashSet<SessionID> sessions = settings.GetSessions();
        if (sessions.Count != 1) throw new ArgumentException($"The QuickFIX/n settings have {sessions.Count} sessions; the gateway drives exactly one. Give each venue a file of its own.");
        SessionID session = sessions.Single();
        if (log is not null && options.Password is not null) DemandRedaction(settings.Get(session));
        _venue = new FixVenue(options.Venue.RingSlots);
        _inbox = new QuickFixInbox(options.InboxCapacity);
        QuickFixApplication application = new(session, _inbox, options);
        _orders = new QuickFixOrders(options, _venue, _inbox, application);
        _initiator = new SocketInitiator(application, store ?? new FileStoreFactory(settings), settings, logFactoryNullable: log);
        _thread = new AgentThread("quickfix-orders", _orders, options.Idle);
        Port = new FixVenuePort(_venue);
    }

    /// <summary>The engine's port.</summary>
    public FixVenuePort Port { get; }

    /// <summary>What happened that is no report to anyone; approximate when read from another thread.</summary>
    public FixOrderCounts Counts => _orders.Counts;

    /// <summary>What the venue says that the account holds; where the dialect asks for positions.</summary>
    public FixPositions Positions => _orders.Positions;

    public bool IsLoggedOn => _initiator.IsLoggedOn;

    /// <summary>Why the thread between the engine and QuickFIX/n ended, if it did.</summary>
    public Exception? Fault => _thread.Fault;

    /// <summary>Begins to connect; QuickFIX/n tries again for as long as the session's schedule says.</summary>
    public void Start()
    {
        _thread.Start();
        _initiator.Start();
        _isStarted = true;
    }

    /// <summary>Asks for the venue's mass cancel of everything, from any thread; false where the dialect has none.</summary>
    public bool RequestMassCancel() => _orders.RequestMassCancel();

    private static void DemandRedaction(SettingsDictionary session)
    {
        const string key = global::QuickFix.SessionSettings.REDACT_FIELDS_IN_LOGS;
        if (session.Has(key) && session.GetIntArray(key).Contains(Tags.Password)) return;
        throw new ArgumentException($"The logon has a password, and QuickFIX/n would write it into its log. Set {key}={Tags.Password} in its settings, or leave the log out.");
    }

    /// <summary>Logs out, ends both threads, and gives the rings back. Reports that the engine has not taken are gone.</summary>
    public void Dispose()
    {
        _inbox.Close();
        if (_isStarted) _initiator.Stop();
        _initiator.Dispose();
        _thread.Dispose();
        _venue.Dispose();
    }
}
