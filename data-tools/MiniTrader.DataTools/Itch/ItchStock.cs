using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The rows of one stock: its book, its trades, its states. One thread.</summary>
internal sealed class ItchStock(IEventSink sink, Instrument instrument, FileAccount account, DateOnly date, ItchListing listing)
{
    private const int BookRows = 512;
    private const int FewRows = 64;

    private SeriesBuffer? _book;
    private SeriesBuffer? _trades;
    private SeriesBuffer? _states;
    private MarketStatus _status;

    public ItchListing Listing { get; } = listing;

    /// <summary>What its book holds at each price.</summary>
    public PriceLevels Levels { get; } = new();

    public Instrument Instrument { get; } = instrument;

    /// <summary>Set by trading actions; None while the stock follows the market's phase.</summary>
    public MarketStatus Halt { get; set; }

    /// <summary>The stock's closing auction took place: its regular day is over.</summary>
    public bool IsClosed { get; set; }

    public void AddDelta(Timestamp time, BookAction action, OrderSide side, ulong id, Price price, Quantity size, bool isPartial = false)
    {
        if (_book is null)
        {
            // A day's book begins empty, whatever was left in it the day before.
            _book = new(sink, Instrument, account, BookRows);
            ref BookDelta clear = ref _book.Next(date, EventKind.BookDelta, time, time).BookDelta;
            clear.Action = BookAction.Clear;
            clear.Header.Flags |= EventFlags.Snapshot;
        }

        ref BookDelta delta = ref _book.Next(date, EventKind.BookDelta, time, time).BookDelta;
        delta.Action = action;
        delta.Side = side;
        delta.OrderId = (long)id;
        delta.Price = price;
        delta.Size = size;
        if (isPartial) delta.Header.Flags |= EventFlags.Partial;
    }

    public void AddTrade(Timestamp time, Price price, Quantity size, ulong match, AggressorSide aggressor, TradeCondition condition)
    {
        _trades ??= new(sink, Instrument, account, FewRows);
        ref TradeTick trade = ref _trades.Next(date, EventKind.Trade, time, time).Trade;
        trade.Price = price;
        trade.Size = size;
        trade.TradeId = (long)match;
        trade.Aggressor = aggressor;
        trade.Condition = condition;
    }

    /// <summary>Stores the state that halt, auction and the market's phase amount to; false when it is the one that was stored last.</summary>
    public bool Enter(Timestamp time, MarketStatus phase)
    {
        MarketStatus status = phase == MarketStatus.Closed || Halt == MarketStatus.Unknown ? phase : Halt;
        if (IsClosed && status == MarketStatus.ClosingAuction) status = MarketStatus.Closed;
        if (status == _status) return false;
        _status = status;
        _states ??= new(sink, Instrument, account, FewRows);
        _states.Next(date, EventKind.Status, time, time).Status.Status = status;
        return true;
    }

    public void Flush()
    {
        _book?.Flush();
        _trades?.Flush();
        _states?.Flush();
    }
}
