using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The market data session of a venue: subscribes after each logon, turns snapshots and increments into events, asks for a new snapshot where an
/// instrument's own count has a gap, and takes lists of instruments and states of trading. Everything but <see cref="Feed"/> is the FIX thread's; no
/// memory after the constructor but for lists of instruments.
/// </summary>
public sealed class FixMarketData : FixApplication, IDisposable
{
    private readonly FixFeedOptions _options;
    private readonly WireInstruments _instruments;
    private readonly MarketDataMessages _messages;
    private readonly RingBacklog<MarketEvent> _backlog;
    private readonly EntryEvents _entries;
    private readonly int _nameTag;

    /// <summary>By instrument: the last RptSeq taken; −1 while a snapshot is awaited.</summary>
    private readonly long[] _sequences;
    private readonly long[] _requests;
    private readonly bool[] _isRequested;
    private readonly List<FixSecurity> _listed = [];
    private FixSession? _session;
    private FixSecurity[] _securities = [];
    private long _request;
    private int _subscribeNext = -1;
    private bool _asksSecurityList;
    private bool _asksTradingStatus;

    public FixMarketData(FixFeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _instruments = options.Instruments;
        _messages = new MarketDataMessages(options);
        Feed = new FixFeed(options.RingSlots);
        _backlog = new RingBacklog<MarketEvent>(Feed.EventsIn, options.RingSlots);
        _entries = new EntryEvents(options, _backlog);
        _nameTag = options.Dialect.Naming == InstrumentNaming.Symbol ? Tags.Symbol : Tags.SecurityID;
        _sequences = new long[_instruments.Count];
        _requests = new long[_instruments.Count];
        _isRequested = new bool[_instruments.Count];
        Array.Fill(_sequences, -1);
    }

    /// <summary>The engine's end.</summary>
    public FixFeed Feed { get; }

    public FixFeedCounts Counts { get; } = new();

    /// <summary>The instruments that the venue listed, once its list was complete. Any thread.</summary>
    public IReadOnlyList<FixSecurity> Securities => Volatile.Read(ref _securities);

    private static ReadOnlySpan<int> SnapshotMembers =>
    [
        Tags.MDEntryType, Tags.MDEntryPx, Tags.MDEntrySize, Tags.MDEntryDate, Tags.MDEntryTime, Tags.MDEntryID, Tags.MDEntryPositionNo,
        Tags.NumberOfOrders, Tags.Currency, Tags.TradeCondition, Tags.Text, Tags.AggressorSide, Tags.TradeID, 274, 275, 276, 282, 283, 284, 288, 289, 299, 1023, 37,
    ];

    private static ReadOnlySpan<int> IncrementMembers =>
    [
        Tags.MDUpdateAction, Tags.MDEntryType, Tags.MDEntryPx, Tags.MDEntrySize, Tags.MDEntryDate, Tags.MDEntryTime, Tags.MDEntryID, Tags.MDEntryRefID,
        Tags.Symbol, Tags.SecurityID, Tags.SecurityIDSource, Tags.RptSeq, Tags.MDEntryPositionNo, Tags.NumberOfOrders, Tags.Currency, Tags.TradeCondition, Tags.Text,
        Tags.AggressorSide, Tags.TradeID, Tags.SecurityExchange, Tags.SecurityType, 60, 274, 275, 276, 282, 283, 284, 285, 288, 289, 299, 1023, 37,
    ];

    private static ReadOnlySpan<int> ListMembers =>
    [
        Tags.Symbol, Tags.SecurityID, Tags.SecurityIDSource, Tags.SecurityDesc, Tags.Currency, Tags.SecurityType, Tags.MinPriceIncrement, Tags.RoundLot,
        Tags.MinTradeVol, Tags.ContractMultiplier, Tags.SecurityExchange, Tags.CFICode, Tags.MaturityDate, Tags.MaturityMonthYear, Tags.StrikePrice, Tags.Text, 1007, 1008,
        201, 225, 228, 311, 461, 762, 460, 9013, 9018,
    ];

    /// <summary>Message types that belong to the market data side.</summary>
    public static bool Takes(ulong type) => type is MsgTypes.MarketDataSnapshot or MsgTypes.MarketDataIncrementalRefresh or MsgTypes.MarketDataRequestReject
        or MsgTypes.SecurityList or MsgTypes.SecurityDefinition or MsgTypes.TradingSessionStatus or MsgTypes.SecurityStatus;

    public override void OnLogon(FixSession session)
    {
        _session = session;
        _subscribeNext = 0;
        _asksSecurityList = _options.AsksSecurityList;
        _asksTradingStatus = _options.AsksTradingStatus;
        Array.Fill(_sequences, -1);
        Array.Clear(_isRequested);
    }

    /// <summary>What was shown is no longer kept up, and the engine is told so.</summary>
    public override void OnLogout(FixSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = null;
        _subscribeNext = -1;
        foreach (InstrumentId id in _options.Subscribed)
        {
            if (_backlog.Room < 2) _backlog.Flush();
            if (_backlog.Room < 2) break;
            EventHeader header = HeaderOf(id, session.Now, session.Now);
            _entries.Clear(header, isSnapshot: false);
            _entries.EndTop(header);
            EndPacket();
        }

        _backlog.Flush();
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        ArgumentNullException.ThrowIfNull(session);
        _backlog.Flush();
        if (_backlog.Room < Math.Min(message.Fields.Count + _instruments.Count, _backlog.Capacity)) return MessageVerdict.Busy;
        MessageVerdict verdict = MessageVerdict.Accepted;
        switch (message.MsgType)
        {
            case MsgTypes.MarketDataSnapshot:
                verdict = OnSnapshot(in message, session.Now);
                break;
            case MsgTypes.MarketDataIncrementalRefresh:
                OnIncrement(in message, session.Now);
                break;
            case MsgTypes.MarketDataRequestReject:
                Counts.Refused++;
                break;
            case MsgTypes.SecurityList:
                OnSecurityList(in message);
                break;
            case MsgTypes.SecurityDefinition:
                List([FixSecurity.Read(message.Fields)], isLast: true, isWhole: false);
                break;
            case MsgTypes.TradingSessionStatus or MsgTypes.SecurityStatus:
                OnStatus(in message, session.Now);
                break;
            default:
                verdict = MessageVerdict.UnsupportedType;
                break;
        }

        _backlog.Flush();
        return verdict;
    }

    /// <summary>A request that is late is made anew.</summary>
    public override bool MayResend(FixSession session, in FixMessage message) => false;

    public override int DoWork(Timestamp now)
    {
        int work = _backlog.Flush();
        if (_session is null) return work;
        while (_subscribeNext >= 0 && Subscribe()) work++;
        if (_asksSecurityList)
        {
            FixWriter writer = _session.Begin(MsgTypes.SecurityListRequest);
            MarketDataMessages.WriteSecurityListRequest(ref writer, ++_request);
            _asksSecurityList = _session.Send(ref writer) == SendStatus.OutputFull;
        }

        if (_asksTradingStatus)
        {
            FixWriter writer = _session.Begin(MsgTypes.TradingSessionStatusRequest);
            MarketDataMessages.WriteTradingStatusRequest(ref writer, ++_request);
            _asksTradingStatus = _session.Send(ref writer) == SendStatus.OutputFull;
        }

        return work;
    }

    public void Dispose() => Feed.Dispose();

    /// <summary>Requests the next instrument that has none running; false when there is none, or no room in the output.</summary>
    private bool Subscribe()
    {
        while (_subscribeNext < _options.Subscribed.Count && _isRequested[_options.Subscribed[_subscribeNext].Index]) _subscribeNext++;
        if (_subscribeNext >= _options.Subscribed.Count)
        {
            _subscribeNext = -1;
            return false;
        }

        InstrumentId id = _options.Subscribed[_subscribeNext];
        if (_requests[id.Index] < 0 && !Request(id, -_requests[id.Index], isEnd: true)) return false;
        _requests[id.Index] = 0;
        if (!Request(id, _request + 1, isEnd: false)) return false;
        _requests[id.Index] = ++_request;
        _isRequested[id.Index] = true;
        return true;
    }

    private bool Request(InstrumentId id, long request, bool isEnd)
    {
        FixWriter writer = _session!.Begin(MsgTypes.MarketDataRequest);
        _messages.WriteRequest(ref writer, id, request, isEnd);
        return _session.Send(ref writer) == SendStatus.Sent;
    }

    private MessageVerdict OnSnapshot(in FixMessage message, Timestamp now)
    {
        FieldView fields = message.Fields;
        if (!TryFind(fields, out InstrumentId id)) return MessageVerdict.Accepted;
        Counts.Snapshots++;
        _sequences[id.Index] = fields.GetInt(Tags.RptSeq, out long sequence) == FieldStatus.Ok ? sequence : 0;
        EventHeader header = HeaderOf(id, TimeOf(fields, now), now);
        _entries.Clear(header, isSnapshot: true);
        GroupView group = fields.Group(Tags.NoMDEntries, SnapshotMembers);
        while (group.MoveNext())
        {
            if (!_entries.Entry(header, group.Current, '0', isSnapshot: true)) Counts.Ignored++;
        }

        _entries.EndTop(header);
        EndPacket();
        return MessageVerdict.Accepted;
    }

    private void OnIncrement(in FixMessage message, Timestamp now)
    {
        FieldView fields = message.Fields;
        Timestamp time = TimeOf(fields, now);
        int before = _backlog.Room;
        InstrumentId id = InstrumentId.None;
        if (TryFindName(fields, out InstrumentId outer)) id = outer;
        GroupView group = fields.Group(Tags.NoMDEntries, IncrementMembers);
        Counts.Increments++;
        while (group.MoveNext())
        {
            FieldView entry = group.Current;

            // An entry without an instrument is of the one before.
            if (entry.Has(_nameTag))
            {
                InstrumentId previous = id;
                if (!TryFind(entry, out id)) continue;
                if (!previous.IsNone && previous != id) EndTop(previous, time, now);
            }

            if (id.IsNone || entry.GetChar(Tags.MDUpdateAction, out char action) != FieldStatus.Ok)
            {
                Counts.Ignored++;
                continue;
            }

            if (!IsNext(id, entry, time, now)) continue;
            if (!_entries.Entry(HeaderOf(id, TimeOf(entry, time), now), entry, action, isSnapshot: false)) Counts.Ignored++;
        }

        if (!id.IsNone) EndTop(id, time, now);
        if (_backlog.Room != before) EndPacket();
    }

    private void EndTop(InstrumentId id, Timestamp time, Timestamp now)
    {
        if (_sequences[id.Index] >= 0) _entries.EndTop(HeaderOf(id, time, now));
    }

    /// <summary>Holds an instrument's changes against its own count: behind a gap nothing counts until the next snapshot, which is asked for.</summary>
    private bool IsNext(InstrumentId id, FieldView entry, Timestamp time, Timestamp now)
    {
        ref long last = ref _sequences[id.Index];
        if (last < 0)
        {
            Counts.Stale++;
            return false;
        }

        if (!_options.Dialect.MarketData.HasRptSeq || entry.GetInt(Tags.RptSeq, out long sequence) != FieldStatus.Ok) return true;
        if (sequence <= last) return false;
        if (sequence == last + 1)
        {
            last = sequence;
            return true;
        }

        Counts.Gaps++;
        last = -1;
        EventHeader header = HeaderOf(id, time, now);
        _entries.Clear(header, isSnapshot: false);
        _entries.EndTop(header);
        _isRequested[id.Index] = false;
        _requests[id.Index] = -_requests[id.Index];
        _subscribeNext = 0;
        return false;
    }

    private void OnStatus(in FixMessage message, Timestamp now)
    {
        FieldView fields = message.Fields;
        MarketStatus status = message.MsgType == MsgTypes.SecurityStatus ? OfSecurity(fields) : OfSession(fields);
        if (status == MarketStatus.Unknown) return;
        Timestamp time = TimeOf(fields, now);
        if (fields.Has(_nameTag))
        {
            if (TryFind(fields, out InstrumentId id)) Add(id);
            return;
        }

        foreach (InstrumentId id in _options.Subscribed) Add(id);

        void Add(InstrumentId id)
        {
            EventHeader header = HeaderOf(id, time, now);
            header.Kind = EventKind.Status;
            header.Flags &= ~EventFlags.Partial;
            MarketEvent e = default;
            e.Header = header;
            e.Status.Status = status;
            _backlog.Add(in e);
        }
    }

    private static MarketStatus OfSession(FieldView fields) => fields.GetInt(Tags.TradSesStatus, out long status) != FieldStatus.Ok ? MarketStatus.Unknown : status switch
    {
        1 => MarketStatus.Halted,
        2 => MarketStatus.Open,
        3 => MarketStatus.Closed,
        4 => MarketStatus.PreOpen,
        5 => MarketStatus.ClosingAuction,
        _ => MarketStatus.Unknown,
    };

    private static MarketStatus OfSecurity(FieldView fields) => fields.GetInt(Tags.SecurityTradingStatus, out long status) != FieldStatus.Ok ? MarketStatus.Unknown : status switch
    {
        2 => MarketStatus.Halted,
        3 or 17 => MarketStatus.Open,
        4 or 18 => MarketStatus.Closed,
        21 => MarketStatus.PreOpen,
        22 => MarketStatus.OpeningAuction,
        _ => MarketStatus.Unknown,
    };

    private void OnSecurityList(in FixMessage message)
    {
        List<FixSecurity> listed = [];
        foreach (FieldView entry in message.Fields.Group(Tags.NoRelatedSym, ListMembers)) listed.Add(FixSecurity.Read(entry));
        bool isLast = message.Fields.GetBool(Tags.LastFragment, out bool last) != FieldStatus.Ok || last;
        List(listed, isLast, isWhole: true);
    }

    private void List(IReadOnlyList<FixSecurity> securities, bool isLast, bool isWhole)
    {
        _listed.AddRange(securities);
        if (!isLast) return;
        Volatile.Write(ref _securities, isWhole ? [.. _listed] : [.. _securities, .. _listed]);
        _listed.Clear();
    }

    private bool TryFind(FieldView fields, out InstrumentId id)
    {
        if (TryFindName(fields, out id)) return true;
        Counts.Ignored++;
        return false;
    }

    private bool TryFindName(FieldView fields, out InstrumentId id) => _instruments.TryFind(fields.Get(_nameTag), out id);

    /// <summary>Date and time of the entry or message where it has both, its TransactTime or SendingTime otherwise.</summary>
    private static Timestamp TimeOf(FieldView fields, Timestamp fallback)
    {
        if (fields.TryGet(Tags.MDEntryDate, out ReadOnlySpan<byte> date) && fields.TryGet(Tags.MDEntryTime, out ReadOnlySpan<byte> clock)
            && FieldValue.TryParseDate(date, out int days) == FieldStatus.Ok && FieldValue.TryParseTimeOfDay(clock, out long nanoseconds) == FieldStatus.Ok)
            return new Timestamp((days * Timestamp.NanosecondsPerDay) + nanoseconds);
        if (fields.GetTimestamp(Tags.TransactTime, out Timestamp time) == FieldStatus.Ok) return time;
        return fields.GetTimestamp(Tags.SendingTime, out time) == FieldStatus.Ok ? time : fallback;
    }

    private static EventHeader HeaderOf(InstrumentId id, Timestamp venueTime, Timestamp now) => new()
    {
        Instrument = id,
        VenueTime = venueTime,
        ReceivedTime = Timestamp.Max(venueTime, now),
        Flags = EventFlags.ForBoth | EventFlags.Partial,
    };

    private void EndPacket() => _backlog.Last.Header.Flags &= ~EventFlags.Partial;
}
