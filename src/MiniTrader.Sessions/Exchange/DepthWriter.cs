using MiniTrader.Books;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// Writes snapshots (W) and changes (X) of more than the best prices. A level is named by its side and price: one that comes is new, one whose size
/// differs is a change, and one that left the book or the depth asked for is a delete. The matching thread owns it.
/// </summary>
internal sealed class DepthWriter(SymbolTable symbols, ExecutionWriter writer)
{
    private readonly BookLevel[] _now = new BookLevel[DepthView.Most];

    public void Snapshot(
        ExchangeClient client, scoped ReadOnlySpan<byte> id, InstrumentId instrument, MarketDataTypes types, DepthView view, DepthBook book, Timestamp time)
    {
        view.Take(book);
        ReadOnlySpan<BookLevel> bids = (types & MarketDataTypes.Bid) != 0 ? view.Shown(OrderSide.Buy) : default;
        ReadOnlySpan<BookLevel> asks = (types & MarketDataTypes.Offer) != 0 ? view.Shown(OrderSide.Sell) : default;
        FixWriter snapshot = client.Session.Begin(MsgTypes.MarketDataSnapshot);
        snapshot.Text(Tags.Symbol, symbols[instrument]);
        snapshot.Text(Tags.MDReqID, id);
        snapshot.Int(Tags.NoMDEntries, bids.Length + asks.Length);
        foreach (BookLevel level in bids) MarketDataWriter.Level(ref snapshot, '0', level.Price, level.Size, time);
        foreach (BookLevel level in asks) MarketDataWriter.Level(ref snapshot, '1', level.Price, level.Size, time);
        writer.Finish(client, ref snapshot);
    }

    /// <summary>What differs from what the subscriber was last shown; nothing, where nothing that it wants does.</summary>
    public void Change(ExchangeClient client, in MarketDataSubscription subscription, DepthView view, DepthBook book, Timestamp time)
    {
        int changes = Side(OrderSide.Buy, in subscription, view, book).Count() + Side(OrderSide.Sell, in subscription, view, book).Count();
        if (changes == 0) return;
        if (subscription.IsFullRefresh)
        {
            Snapshot(client, subscription.Id, subscription.Instrument, subscription.Types, view, book, time);
            return;
        }

        FixWriter change = client.Session.Begin(MsgTypes.MarketDataIncrementalRefresh);
        change.Text(Tags.MDReqID, subscription.Id);
        change.Int(Tags.NoMDEntries, changes);
        Write(ref change, '0', subscription.Instrument, Side(OrderSide.Buy, in subscription, view, book), time);
        Write(ref change, '1', subscription.Instrument, Side(OrderSide.Sell, in subscription, view, book), time);
        view.Take(book);
        writer.Finish(client, ref change);
    }

    private LevelChanges Side(OrderSide side, scoped in MarketDataSubscription subscription, DepthView view, DepthBook book)
    {
        MarketDataTypes type = side == OrderSide.Buy ? MarketDataTypes.Bid : MarketDataTypes.Offer;
        if ((subscription.Types & type) == 0) return default;
        int count = book.CopyLevels(side, _now.AsSpan(0, view.Depth));
        return new(view.Shown(side), _now.AsSpan(0, count), isBid: side == OrderSide.Buy);
    }

    private void Write(ref FixWriter change, char type, InstrumentId instrument, scoped LevelChanges changes, Timestamp time)
    {
        while (changes.MoveNext())
        {
            change.Char(Tags.MDUpdateAction, changes.Action);
            change.Char(Tags.MDEntryType, type);
            change.Text(Tags.Symbol, symbols[instrument]);
            if (changes.Action == LevelChanges.Delete) change.Decimal(Tags.MDEntryPx, changes.Level.Price);
            else MarketDataWriter.Values(ref change, changes.Level.Price, changes.Level.Size, time);
        }
    }
}
