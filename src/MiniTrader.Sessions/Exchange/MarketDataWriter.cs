using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>Writes snapshots (W), changes (X) and refusals (Y) of market data. The matching thread owns it.</summary>
internal sealed class MarketDataWriter(SymbolTable symbols, ExecutionWriter writer)
{
    private long _trades;

    public void Reject(ExchangeClient client, scoped ReadOnlySpan<byte> id, char reason, scoped ReadOnlySpan<byte> text)
    {
        FixWriter reject = client.Session.Begin(MsgTypes.MarketDataRequestReject);
        reject.Text(Tags.Text, text);
        reject.Text(Tags.MDReqID, id);
        reject.Char(Tags.MDReqRejReason, reason);
        writer.Finish(client, ref reject);
    }

    public void Snapshot(ExchangeClient client, scoped ReadOnlySpan<byte> id, InstrumentId instrument, MarketDataTypes types, in ShownTop top)
    {
        bool hasBid = (types & MarketDataTypes.Bid) != 0 && top.BidSize.Raw > 0;
        bool hasOffer = (types & MarketDataTypes.Offer) != 0 && top.AskSize.Raw > 0;
        FixWriter snapshot = client.Session.Begin(MsgTypes.MarketDataSnapshot);
        snapshot.Text(Tags.Symbol, symbols[instrument]);
        snapshot.Text(Tags.MDReqID, id);
        snapshot.Int(Tags.NoMDEntries, (hasBid ? 1 : 0) + (hasOffer ? 1 : 0));
        if (hasBid) Level(ref snapshot, '0', top.Bid, top.BidSize, top.Time);
        if (hasOffer) Level(ref snapshot, '1', top.Ask, top.AskSize, top.Time);
        writer.Finish(client, ref snapshot);
    }

    /// <summary>What differs from what the subscriber was last shown; nothing, where nothing that it wants does.</summary>
    public void Change(ExchangeClient client, ref MarketDataSubscription subscription, in ShownTop top)
    {
        ShownTop shown = subscription.Shown;
        bool isBid = (subscription.Types & MarketDataTypes.Bid) != 0 && (shown.Bid != top.Bid || shown.BidSize != top.BidSize);
        bool isOffer = (subscription.Types & MarketDataTypes.Offer) != 0 && (shown.Ask != top.Ask || shown.AskSize != top.AskSize);
        if (!isBid && !isOffer) return;
        subscription.Shown = top;
        if (subscription.IsFullRefresh)
        {
            Snapshot(client, subscription.Id, subscription.Instrument, subscription.Types, top);
            return;
        }

        FixWriter change = client.Session.Begin(MsgTypes.MarketDataIncrementalRefresh);
        change.Text(Tags.MDReqID, subscription.Id);
        change.Int(Tags.NoMDEntries, (isBid ? 1 : 0) + (isOffer ? 1 : 0));
        if (isBid) Entry(ref change, subscription.Instrument, '0', shown.BidSize, top.Bid, top.BidSize, top.Time);
        if (isOffer) Entry(ref change, subscription.Instrument, '1', shown.AskSize, top.Ask, top.AskSize, top.Time);
        writer.Finish(client, ref change);
    }

    public void Trade(ExchangeClient client, in MarketDataSubscription subscription, in TradeTick trade)
    {
        FixWriter change = client.Session.Begin(MsgTypes.MarketDataIncrementalRefresh);
        change.Text(Tags.MDReqID, subscription.Id);
        change.Int(Tags.NoMDEntries, 1);
        change.Char(Tags.MDUpdateAction, '0');
        change.Char(Tags.MDEntryType, '2');
        change.Int(Tags.MDEntryID, FirstTradeId + ++_trades);
        change.Text(Tags.Symbol, symbols[subscription.Instrument]);
        Values(ref change, trade.Price, trade.Size, trade.Header.VenueTime);
        writer.Finish(client, ref change);
    }

    // Entries of best prices have fixed names, two for each instrument, all below those of trades.
    private const long FirstTradeId = 2L * InstrumentTable.Capacity;

    private void Entry(ref FixWriter change, InstrumentId instrument, char type, Quantity before, Price price, Quantity size, Timestamp time)
    {
        bool isThere = size.Raw > 0;
        change.Char(Tags.MDUpdateAction, !isThere ? '2' : before.Raw > 0 ? '1' : '0');
        change.Char(Tags.MDEntryType, type);
        change.Int(Tags.MDEntryID, 1 + (2 * instrument.Index) + (type - '0'));
        change.Text(Tags.Symbol, symbols[instrument]);
        if (isThere) Values(ref change, price, size, time);
    }

    internal static void Level(ref FixWriter snapshot, char type, Price price, Quantity size, Timestamp time)
    {
        snapshot.Char(Tags.MDEntryType, type);
        Values(ref snapshot, price, size, time);
    }

    internal static void Values(ref FixWriter writer, Price price, Quantity size, Timestamp time)
    {
        writer.Decimal(Tags.MDEntryPx, price);
        writer.Decimal(Tags.MDEntrySize, size);
        writer.Date(Tags.MDEntryDate, time);
        writer.TimeOfDay(Tags.MDEntryTime, time);
    }
}
