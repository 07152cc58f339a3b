using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The order session of a venue: takes commands from the engine's ring, sends them as FIX requests, and puts what comes back into the ring of
/// reports. Whatever happens to the connection, each command is answered: one that cannot leave is refused at once, requests are never
/// sent again from the store, and after each logon the venue is asked what became of the orders. Everything but <see cref="Venue"/> is the FIX
/// thread's; no memory after the constructor.
/// </summary>
public sealed class FixOrders : FixApplication, IDisposable
{
    private readonly SessionLine _line = new();
    private readonly RequestDesk _desk;

    public FixOrders(FixVenueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        Venue = new FixVenue(options.RingSlots);
        _desk = new RequestDesk(options, Venue, _line, Counts);
    }

    /// <summary>The engine's end.</summary>
    public FixVenue Venue { get; }

    public FixOrderCounts Counts { get; } = new();

    public FixPositions Positions => _desk.Positions;

    /// <summary>Asks for the venue's mass cancel of everything with the next round; false where the dialect has none, or without a session. The FIX thread only.</summary>
    public bool RequestMassCancel() => _line.IsUp && _desk.RequestMassCancel();

    public override void OnLogon(FixSession session)
    {
        _line.Session = session;
        _desk.OnUp();
    }

    public override void OnLogout(FixSession session)
    {
        _line.Session = null;
        _desk.OnDown();
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _desk.OnMessage(in message, session.Now);
    }

    public override void OnSessionMessage(FixSession session, in FixMessage message)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (message.MsgType == MsgTypes.Reject) _desk.OnMessage(in message, session.Now);
    }

    /// <summary>An order that was late once is not sent a second time.</summary>
    public override bool MayResend(FixSession session, in FixMessage message) => false;

    public override int DoWork(Timestamp now) => _desk.DoWork(now);

    public void Dispose() => Venue.Dispose();

    /// <summary>Requests over our own session.</summary>
    private sealed class SessionLine : RequestLine
    {
        private readonly SentRequests _sent = new();

        public FixSession? Session { get; set; }

        public override bool IsUp => Session is not null;

        public override FixWriter Begin(ulong msgType) => Session!.Begin(msgType);

        public override SendStatus Send(ref FixWriter writer, ClientOrderId order)
        {
            long number = Session!.Store.NextSender;
            SendStatus status = Session.Send(ref writer);
            if (status == SendStatus.Sent) _sent.Note(number, order);
            return status;
        }

        public override bool TryFindSent(long msgSeqNum, out ClientOrderId order) => _sent.TryFind(msgSeqNum, out order);
    }
}
