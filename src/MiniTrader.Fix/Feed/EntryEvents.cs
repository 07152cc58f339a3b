using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Turns market data entries into events: book deltas by level or by entry, or best quotes where only the best is asked for, and trades. The FIX thread
/// only; no memory after the constructor.
/// </summary>
internal sealed class EntryEvents
{
    private readonly RingBacklog<MarketEvent> _backlog;
    private readonly bool _isTopOnly;
    private readonly bool _hasEntryIds;
    private readonly (Price Price, Quantity Size)[] _bids;
    private readonly (Price Price, Quantity Size)[] _asks;

    public EntryEvents(FixFeedOptions options, RingBacklog<MarketEvent> backlog)
    {
        _backlog = backlog;
        _isTopOnly = options.Dialect.MarketData.Depth == 1;
        _hasEntryIds = options.Dialect.MarketData.HasEntryIds;
        _bids = new (Price, Quantity)[options.Instruments.Count];
        _asks = new (Price, Quantity)[options.Instruments.Count];
    }

    /// <summary>Nothing is known of what the instrument shows until it is told anew: a snapshot begins, or what was shown is no longer kept up.</summary>
    public void Clear(EventHeader header)
    {
        int index = header.Instrument.Index;
        _bids[index] = _asks[index] = default;
        if (_isTopOnly) return;
        header.Flags |= EventFlags.Snapshot;
        header.Kind = EventKind.BookDelta;
        ref MarketEvent e = ref New(header);
        e.BookDelta.Action = BookAction.Clear;
    }

    /// <summary>One entry of a snapshot or an increment; false when it cannot be understood.</summary>
    /// <param name="header">Times and instrument.</param>
    /// <param name="entry">The entry's fields.</param>
    /// <param name="action">MDUpdateAction: 0 new, 1 change, 2 delete.</param>
    /// <param name="isSnapshot">The entry is part of a snapshot.</param>
    public bool Entry(EventHeader header, FieldView entry, char action, bool isSnapshot)
    {
        if (entry.GetChar(Tags.MDEntryType, out char type) != FieldStatus.Ok) type = '?';
        if (isSnapshot) header.Flags |= EventFlags.Snapshot;
        return type switch
        {
            '0' => Level(header, entry, action, OrderSide.Buy),
            '1' => Level(header, entry, action, OrderSide.Sell),
            '2' => isSnapshot || action == '2' || Trade(header, entry),

            // A delete may name its entry and nothing else.
            '?' when _hasEntryIds && action == '2' => Level(header, entry, action, OrderSide.None),
            _ => type != '?',
        };
    }

    /// <summary>Says of the best prices what the entries of a message came to; only where only the best is asked for.</summary>
    public void EndTop(EventHeader header)
    {
        if (!_isTopOnly) return;
        int index = header.Instrument.Index;
        header.Kind = EventKind.Quote;
        ref MarketEvent e = ref New(header);
        (e.Quote.Bid, e.Quote.BidSize) = _bids[index];
        (e.Quote.Ask, e.Quote.AskSize) = _asks[index];
    }

    private bool Level(EventHeader header, FieldView entry, char action, OrderSide side)
    {
        bool hasPrice = entry.GetPrice(Tags.MDEntryPx, out Price price) == FieldStatus.Ok;
        bool hasSize = entry.GetQuantity(Tags.MDEntrySize, out Quantity size) == FieldStatus.Ok;
        bool isDelete = action == '2' || (hasSize && size.IsZero);
        long entryId = _hasEntryIds ? SeenExecutions.NumberOf(entry.Get(Tags.MDEntryID)) : 0;
        if (_hasEntryIds ? entryId == 0 : !hasPrice && !(_isTopOnly && isDelete)) return false;
        if (!isDelete && (!hasPrice || !hasSize)) return false;
        if (_isTopOnly)
        {
            if (side == OrderSide.Buy) _bids[header.Instrument.Index] = isDelete ? default : (price, size);
            else _asks[header.Instrument.Index] = isDelete ? default : (price, size);
            return true;
        }

        header.Kind = EventKind.BookDelta;
        ref MarketEvent e = ref New(header);
        e.BookDelta.Action = isDelete ? BookAction.Delete : action == '1' ? BookAction.Modify : BookAction.Add;
        e.BookDelta.Side = side;
        e.BookDelta.Price = price;
        e.BookDelta.Size = isDelete ? Quantity.Zero : size;
        e.BookDelta.OrderId = entryId;
        return true;
    }

    private bool Trade(EventHeader header, FieldView entry)
    {
        if (entry.GetPrice(Tags.MDEntryPx, out Price price) != FieldStatus.Ok || entry.GetQuantity(Tags.MDEntrySize, out Quantity size) != FieldStatus.Ok) return false;
        header.Kind = EventKind.Trade;
        ref MarketEvent e = ref New(header);
        e.Trade.Price = price;
        e.Trade.Size = size;
        e.Trade.TradeId = SeenExecutions.NumberOf(entry.TryGet(Tags.TradeID, out ReadOnlySpan<byte> id) ? id : entry.Get(Tags.MDEntryID));
        if (entry.GetInt(Tags.AggressorSide, out long side) == FieldStatus.Ok)
            e.Trade.Aggressor = side switch { 1 => AggressorSide.Buyer, 2 => AggressorSide.Seller, _ => AggressorSide.Unknown };
        return true;
    }

    private ref MarketEvent New(EventHeader header)
    {
        ref MarketEvent e = ref _backlog.Add();
        e = default;
        e.Header = header;
        return ref e;
    }
}
