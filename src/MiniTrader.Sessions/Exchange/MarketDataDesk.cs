using MiniTrader.Books;
using MiniTrader.Exchange;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// Market data requests and what follows from them: snapshots, then changes of the best prices or of a book's levels, and public trades as the data shows
/// them. A slow subscriber gets only the newest prices. The matching thread owns it.
/// </summary>
internal sealed class MarketDataDesk
{
    public const int None = -1;

    /// <summary>Most symbols of one request.</summary>
    public const int SymbolsMax = 256;

    private static readonly int[] _symbolMembers = [Tags.Symbol, Tags.SecurityID, Tags.SecurityIDSource, Tags.SecurityExchange];

    private readonly SimulatedVenue _venue;
    private readonly SymbolTable _symbols;
    private readonly MarketDataWriter _writer;
    private readonly DepthWriter _depth;
    private readonly IReadOnlyList<ExchangeClient> _clients;
    private readonly int _outputBytes;
    private readonly ShownTop[] _tops;
    private readonly int[] _first;

    /// <summary>Instruments whose book is between two states, because a packet of its changes has begun and not ended.</summary>
    private readonly bool[] _isOpen;
    private readonly MarketDataSubscription[] _subscriptions;
    private int _free;
    private int _freeCount;
    private int _dirty;

    public MarketDataDesk(
        SimulatedVenue venue, SymbolTable symbols, MarketDataWriter writer, DepthWriter depth, IReadOnlyList<ExchangeClient> clients, int capacity, int outputBytes)
    {
        (_venue, _symbols, _writer, _depth, _clients, _outputBytes) = (venue, symbols, writer, depth, clients, outputBytes);
        _tops = new ShownTop[symbols.Instruments.Count];
        _first = new int[_tops.Length];
        _isOpen = new bool[_tops.Length];
        Array.Fill(_first, None);
        _subscriptions = new MarketDataSubscription[capacity];
        for (int i = 0; i < capacity; i++) _subscriptions[i].NextOfClient = i + 1 < capacity ? i + 1 : None;
        _freeCount = capacity;
    }

    public long SkippedTrades { get; private set; }

    public MessageVerdict Request(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        ReadOnlySpan<byte> id = fields.Get(Tags.MDReqID);
        if (fields.GetChar(Tags.SubscriptionRequestType, out char kind) != FieldStatus.Ok || kind is not ('0' or '1' or '2'))
            return Refuse(client, id, '4', "A SubscriptionRequestType is 0, 1 or 2."u8);
        if (kind == '2')
        {
            Unsubscribe(client, id);
            return MessageVerdict.Accepted;
        }

        if (id.IsEmpty || id.Length > MarketDataSubscription.IdBytes) return Refuse(client, id, '1', "The MDReqID is longer than 64 bytes."u8);
        if (Has(client, id)) return Refuse(client, id, '1', "The MDReqID is in use."u8);
        MarketDataTypes types = TypesOf(fields);
        if (types == MarketDataTypes.None) return Refuse(client, id, '8', "The MDEntryTypes shown here are 0 (bid), 1 (offer) and 2 (trade)."u8);
        fields.GetInt(Tags.MarketDepth, out long depth);
        if (depth is < 0 or > DepthView.Most) return Refuse(client, id, '5', "A MarketDepth is 1 to 32, or 0 for as many levels as are shown."u8);
        Span<InstrumentId> wanted = stackalloc InstrumentId[SymbolsMax];
        int count = 0;
        foreach (FieldView entry in fields.Group(Tags.NoRelatedSym, _symbolMembers))
        {
            InstrumentId instrument = _symbols.Find(entry);
            if (instrument.IsNone) return Refuse(client, id, '0', "There is no such symbol here."u8);
            if (count == SymbolsMax) return Refuse(client, id, '2', "A request is of 256 symbols at most."u8);
            wanted[count++] = instrument;
        }

        if (count == 0) return Refuse(client, id, '0', "The request names no symbol."u8);
        foreach (InstrumentId instrument in wanted[..count])
        {
            if (depth != 1 && _isOpen[instrument.Index]) return MessageVerdict.Busy;
        }

        if (kind == '1' && count > _freeCount) return Refuse(client, id, '2', "The exchange holds no more subscriptions."u8);
        fields.GetInt(Tags.MDUpdateType, out long update);
        foreach (InstrumentId instrument in wanted[..count])
        {
            // Data without a book has one level, whatever was asked for.
            DepthBook? book = _venue.BookOf(instrument);
            DepthView? view = depth == 1 || book is null ? null : new(depth == 0 ? DepthView.Most : (int)depth);
            if (kind == '1') Subscribe(client, id, instrument, types, view, isFullRefresh: update == 0 && fields.Has(Tags.MDUpdateType));
            if (view is null) _writer.Snapshot(client, id, instrument, types, _tops[instrument.Index]);
            else _depth.Snapshot(client, id, instrument, types, view, book!, _tops[instrument.Index].Time);
        }

        return MessageVerdict.Accepted;
    }

    /// <summary>Shows an event to whoever wants to see it.</summary>
    public void OnMarket(in MarketEvent shown)
    {
        if (shown.Header.Kind == EventKind.BookDelta && (shown.Header.Flags & EventFlags.ForVenue) != 0)
            _isOpen[shown.Header.Instrument.Index] = (shown.Header.Flags & EventFlags.Partial) != 0;
        if ((shown.Header.Flags & EventFlags.ForStrategy) == 0) return;
        int index = shown.Header.Instrument.Index;
        switch (shown.Header.Kind)
        {
            case EventKind.Quote:
                _tops[index] = new()
                {
                    Bid = shown.Quote.Bid,
                    BidSize = shown.Quote.BidSize,
                    Ask = shown.Quote.Ask,
                    AskSize = shown.Quote.AskSize,
                    Time = shown.Header.VenueTime,
                };
                ShowTop(index);
                break;
            case EventKind.BookDelta when (shown.Header.Flags & EventFlags.Partial) == 0 && _venue.BookOf(shown.Header.Instrument) is { } book:
                _tops[index] = TopOf(book, shown.Header.VenueTime);
                ShowTop(index);
                break;
            case EventKind.Trade:
                ShowTrade(index, shown.Trade);
                break;
        }
    }

    /// <summary>Gives those who were too slow the newest prices, where they have caught up.</summary>
    public int CatchUp()
    {
        if (_dirty == 0) return 0;
        int shown = 0;
        for (int i = 0; i < _subscriptions.Length; i++)
        {
            ref MarketDataSubscription subscription = ref _subscriptions[i];
            if (!subscription.IsDirty || _clients[subscription.Client].IsBehind(_outputBytes)) continue;
            subscription.IsDirty = false;
            _dirty--;
            Show(_clients[subscription.Client], ref subscription);
            shown++;
        }

        return shown;
    }

    /// <summary>The data is over: a packet that it broke off will not end.</summary>
    public void OnEnd() => Array.Clear(_isOpen);

    /// <summary>A client that has gone wants nothing any more; it asks anew when it comes back.</summary>
    public void UnsubscribeAll(ExchangeClient client)
    {
        while (client.FirstSubscription != None) Remove(client, client.FirstSubscription, None);
    }

    private static MarketDataTypes TypesOf(scoped FieldView fields)
    {
        MarketDataTypes types = MarketDataTypes.None;
        foreach (FieldView entry in fields.Group(Tags.NoMDEntryTypes, [Tags.MDEntryType]))
        {
            MarketDataTypes type = entry.Get(Tags.MDEntryType) switch
            {
                [(byte)'0'] => MarketDataTypes.Bid,
                [(byte)'1'] => MarketDataTypes.Offer,
                [(byte)'2'] => MarketDataTypes.Trade,
                _ => MarketDataTypes.None,
            };
            if (type == MarketDataTypes.None) return type;
            types |= type;
        }

        return types;
    }

    private static ShownTop TopOf(DepthBook book, Timestamp time) => new()
    {
        Bid = book.HasBid ? book.BestBid : Price.Zero,
        BidSize = book.BestBidSize,
        Ask = book.HasAsk ? book.BestAsk : Price.Zero,
        AskSize = book.BestAskSize,
        Time = time,
    };

    private void ShowTop(int index)
    {
        for (int i = _first[index]; i != None; i = _subscriptions[i].NextOfInstrument)
        {
            ref MarketDataSubscription subscription = ref _subscriptions[i];
            ExchangeClient client = _clients[subscription.Client];
            if (subscription.IsDirty) continue;
            if (client.IsBehind(_outputBytes))
            {
                subscription.IsDirty = true;
                _dirty++;
                continue;
            }

            Show(client, ref subscription);
        }
    }

    private void Show(ExchangeClient client, ref MarketDataSubscription subscription)
    {
        ref ShownTop top = ref _tops[subscription.Instrument.Index];
        if (subscription.View is { } view && _venue.BookOf(subscription.Instrument) is { } book) _depth.Change(client, in subscription, view, book, top.Time);
        else _writer.Change(client, ref subscription, top);
    }

    private void ShowTrade(int index, in TradeTick trade)
    {
        for (int i = _first[index]; i != None; i = _subscriptions[i].NextOfInstrument)
        {
            ref MarketDataSubscription subscription = ref _subscriptions[i];
            if ((subscription.Types & MarketDataTypes.Trade) == 0) continue;
            ExchangeClient client = _clients[subscription.Client];
            if (client.IsBehind(_outputBytes)) SkippedTrades++;
            else _writer.Trade(client, subscription, trade);
        }
    }

    private bool Has(ExchangeClient client, scoped ReadOnlySpan<byte> id)
    {
        for (int i = client.FirstSubscription; i != None; i = _subscriptions[i].NextOfClient)
        {
            if (_subscriptions[i].Id.SequenceEqual(id)) return true;
        }

        return false;
    }

    private void Subscribe(ExchangeClient client, scoped ReadOnlySpan<byte> id, InstrumentId instrument, MarketDataTypes types, DepthView? view, bool isFullRefresh)
    {
        int at = _free;
        ref MarketDataSubscription subscription = ref _subscriptions[at];
        _free = subscription.NextOfClient;
        _freeCount--;
        subscription = default;
        subscription.Client = client.Index;
        subscription.Instrument = instrument;
        subscription.Types = types;
        subscription.IsFullRefresh = isFullRefresh;
        subscription.Shown = _tops[instrument.Index];
        subscription.View = view;
        subscription.SetId(id);
        subscription.NextOfClient = client.FirstSubscription;
        subscription.NextOfInstrument = _first[instrument.Index];
        client.FirstSubscription = _first[instrument.Index] = at;
    }

    private void Unsubscribe(ExchangeClient client, scoped ReadOnlySpan<byte> id)
    {
        int previous = None;
        int at = client.FirstSubscription;
        while (at != None)
        {
            int next = _subscriptions[at].NextOfClient;
            if (_subscriptions[at].Id.SequenceEqual(id)) Remove(client, at, previous);
            else previous = at;
            at = next;
        }
    }

    private void Remove(ExchangeClient client, int at, int previous)
    {
        ref MarketDataSubscription subscription = ref _subscriptions[at];
        if (previous == None) client.FirstSubscription = subscription.NextOfClient;
        else _subscriptions[previous].NextOfClient = subscription.NextOfClient;
        ref int link = ref _first[subscription.Instrument.Index];
        while (link != at) link = ref _subscriptions[link].NextOfInstrument;
        link = subscription.NextOfInstrument;
        if (subscription.IsDirty) _dirty--;
        subscription = default;
        subscription.NextOfClient = _free;
        _free = at;
        _freeCount++;
    }

    private MessageVerdict Refuse(ExchangeClient client, scoped ReadOnlySpan<byte> id, char reason, scoped ReadOnlySpan<byte> text)
    {
        _writer.Reject(client, id, reason, text);
        return MessageVerdict.Accepted;
    }
}
