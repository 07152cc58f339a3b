using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The market data session of a venue: subscribes after each logon, turns snapshots and increments into events, asks for a new snapshot where an
/// instrument's own count has a gap, and takes lists of instruments and states of trading. Everything but <see cref="Feed"/> is the FIX thread's; no
/// memory after the constructor but for lists of instruments.
/// </summary>
public sealed class FixMarketData : FixApplication, IDisposable
{
    private readonly InstrumentId[] _subscribed;
    private readonly bool _hasRptSeq;
    private readonly WireInstruments _instruments;
    private readonly MarketDataRequests _asking;
    private readonly RingBacklog<MarketEvent> _backlog;
    private readonly EntryEvents _entries;
    private readonly int _nameTag;

    /// <summary>By instrument: the last RptSeq taken; −1 while a snapshot is awaited.</summary>
    private readonly long[] _sequences;
    private readonly SecurityLists _lists = new();

    public FixMarketData(FixFeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _subscribed = [.. options.Validated().Subscribed];
        _hasRptSeq = options.Dialect.MarketData.HasRptSeq;
        _instruments = options.Instruments;
        _asking = new MarketDataRequests(options);
        Feed = new FixFeed(options.RingSlots);
        _backlog = new RingBacklog<MarketEvent>(Feed.EventsIn, options.RingSlots);
        _entries = new EntryEvents(options, _backlog);
        _nameTag = options.Dialect.Naming == InstrumentNaming.Symbol ? Tags.Symbol : Tags.SecurityID;
        _sequences = new long[_instruments.Count];
        Array.Fill(_sequences, -1);
    }

    /// <summary>The engine's end.</summary>
    public FixFeed Feed { get; }

    public FixFeedCounts Counts { get; } = new();

    /// <summary>The instruments that the venue listed, once its list was complete. Any thread.</summary>
    public IReadOnlyList<FixSecurity> Securities => _lists.Securities;

    /// <summary>Message types that belong to the market data side.</summary>
    public static bool Takes(ulong type) => type is MsgTypes.MarketDataSnapshot or MsgTypes.MarketDataIncrementalRefresh or MsgTypes.MarketDataRequestReject
        or MsgTypes.SecurityList or MsgTypes.SecurityDefinition or MsgTypes.TradingSessionStatus or MsgTypes.SecurityStatus;

    public override void OnLogon(FixSession session)
    {
        _asking.Begin(session);
        Array.Fill(_sequences, -1);
    }

    /// <summary>What was shown is no longer kept up, and the engine is told so.</summary>
    public override void OnLogout(FixSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _asking.End();
        foreach (InstrumentId id in _subscribed)
        {
            if (_backlog.Room < 2) _backlog.Flush();
            if (_backlog.Room < 2) break;
            EventHeader header = HeaderOf(id, session.Now, session.Now);
            _entries.Clear(header);
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
                _lists.OnList(in message);
                break;
            case MsgTypes.SecurityDefinition:
                _lists.OnDefinition(in message);
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

    public override int DoWork(Timestamp now) => _backlog.Flush() + _asking.DoWork();

    public void Dispose() => Feed.Dispose();

    private MessageVerdict OnSnapshot(in FixMessage message, Timestamp now)
    {
        FieldView fields = message.Fields;
        if (!TryFind(fields, out InstrumentId id)) return MessageVerdict.Accepted;
        Counts.Snapshots++;
        _sequences[id.Index] = fields.GetInt(Tags.RptSeq, out long sequence) == FieldStatus.Ok ? sequence : 0;
        EventHeader header = HeaderOf(id, TimeOf(fields, now), now);
        _entries.Clear(header);
        GroupView group = fields.Group(Tags.NoMDEntries, EntryGroups.Snapshot);
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
        GroupView group = fields.Group(Tags.NoMDEntries, EntryGroups.Increment);
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

        if (!_hasRptSeq || entry.GetInt(Tags.RptSeq, out long sequence) != FieldStatus.Ok) return true;
        if (sequence <= last) return false;
        if (sequence == last + 1)
        {
            last = sequence;
            return true;
        }

        Counts.Gaps++;
        last = -1;
        EventHeader header = HeaderOf(id, time, now);
        _entries.Clear(header);
        _entries.EndTop(header);
        _asking.AskAnew(id);
        return false;
    }

    private void OnStatus(in FixMessage message, Timestamp now)
    {
        FieldView fields = message.Fields;
        MarketStatus status = message.MsgType == MsgTypes.SecurityStatus ? TradingStates.OfSecurity(fields) : TradingStates.OfSession(fields);
        if (status == MarketStatus.Unknown) return;
        Timestamp time = TimeOf(fields, now);
        if (fields.Has(_nameTag))
        {
            if (TryFind(fields, out InstrumentId id)) Add(id);
            return;
        }

        foreach (InstrumentId id in _subscribed) Add(id);

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
