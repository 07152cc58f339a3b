using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// The public trades of one instrument. A trade without an aggressor is held until its event ends: fills on both sides of the book
/// at its price tell an auction from a trade against something that is not displayed. The first trade of an instrument's data is
/// then its opening auction, a later one another auction.
/// </summary>
internal sealed class DbnTrades(SeriesBuffer buffer)
{
    private MarketEvent _held;
    private bool _isHolding;
    private bool _hasTraded;
    private bool _buys;
    private bool _sells;

    public SeriesBuffer Buffer { get; } = buffer;

    public Timestamp Last => _isHolding ? _held.Header.ReceivedTime : Buffer.Last;

    public bool IsBefore(Timestamp time) => time < Last;

    public RowOutcome Store(in DbnMboRecord record, Timestamp time)
    {
        if (Wrong(record.Price, record.OrderSize) is { } wrong) return RowOutcome.Refused(wrong);
        EndEvent();
        MarketEvent made = default;
        Timestamp venueTime = Timestamp.Min(new((long)Math.Min(record.Header.EventTime, long.MaxValue)), time);
        Fill(ref made, record.Price, record.OrderSize, record.Side, record.Sequence, venueTime, time);
        if (made.Trade.Aggressor != AggressorSide.Unknown) Append(made);
        else (_held, _isHolding, _buys, _sells) = (made, true, false, false);
        return RowOutcome.Stored;
    }

    public RowOutcome Store(in DbnPriceRecord record, Timestamp venueTime, Timestamp time)
    {
        if (Wrong(record.Price, record.TradeSize) is { } wrong) return RowOutcome.Refused(wrong);
        EndEvent();
        MarketEvent made = default;
        Fill(ref made, record.Price, record.TradeSize, record.Side, record.Sequence, venueTime, time);
        Append(made);
        return RowOutcome.Stored;
    }

    /// <summary>A fill that belongs to the held trade, and the side of the book that its order stood on.</summary>
    public void SeeFill(OrderSide side)
    {
        _buys |= side == OrderSide.Buy;
        _sells |= side == OrderSide.Sell;
    }

    public void EndEvent()
    {
        if (!_isHolding) return;
        _isHolding = false;
        if (_buys && _sells) _held.Trade.Condition = _hasTraded ? TradeCondition.OtherAuction : TradeCondition.OpeningAuction;
        Append(_held);
    }

    public void Flush()
    {
        EndEvent();
        Buffer.Flush();
    }

    private void Append(in MarketEvent made)
    {
        Buffer.Next(made.Header.ReceivedTime.Date, EventKind.Trade, made.Header.VenueTime, made.Header.ReceivedTime) = made;
        _hasTraded = true;
    }

    private static string? Wrong(long price, uint size) =>
        price == DbnFormat.UndefinedPrice ? "the trade's price is undefined" : size == 0 ? "the trade's size is zero" : null;

    private static void Fill(ref MarketEvent made, long price, uint size, byte side, uint sequence, Timestamp venueTime, Timestamp time)
    {
        ref TradeTick trade = ref made.Trade;
        trade.Header.VenueTime = venueTime;
        trade.Header.ReceivedTime = time;
        trade.Header.Kind = EventKind.Trade;
        trade.Header.Flags = EventFlags.ForBoth;
        trade.Price = new(price);
        trade.Size = Quantity.FromUnits(size);
        trade.Aggressor = side switch { (byte)'B' => AggressorSide.Buyer, (byte)'A' => AggressorSide.Seller, _ => AggressorSide.Unknown };
        trade.Sequence = sequence;
    }
}
