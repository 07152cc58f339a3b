using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// One pass over an ITCH file that stores some of its stocks. Judges every message: what cannot be true is refused with its
/// number and its place in the file. One thread.
/// </summary>
internal sealed class ItchPass
{
    private const int RemarkedBreaks = 5;

    private readonly ImportRun _run;
    private readonly FileAccount _account;
    private readonly ItchDay _day;
    private readonly ItchProbe _probe;
    private readonly Func<ItchListing, bool> _isChosen;
    private readonly ItchStock?[] _stocks;
    private readonly List<ItchStock> _inOrder = [];
    private readonly ItchOrders _orders = new();
    private readonly long[] _counts = new long[256];

    private string _part = "";
    private long _number;
    private long _offset;
    private long _next;
    private long _nanoseconds;
    private long _breaks;
    private long _otherStocks;
    private Timestamp _time = Timestamp.MinValue;
    private MarketStatus _phase;

    public ItchPass(
        ImportRun run, FileAccount account, ItchDay day, ItchProbe probe, string venue, IEnumerable<ItchListing> listings, bool isFirst, Func<ItchListing, bool> isChosen)
    {
        (_run, _account, _day, _probe, IsFirst, _isChosen) = (run, account, day, probe, isFirst, isChosen);
        _stocks = new ItchStock?[probe.Locates];
        foreach (ItchListing listing in listings)
        {
            Instrument instrument = ItchRules.InstrumentOf(listing, venue);
            run.Sink.Register(instrument);
            ItchStock stock = new(run.Sink, instrument, account, day.Date, listing);
            _stocks[listing.Locate] = stock;
            _inOrder.Add(stock);
        }
    }

    /// <summary>The first pass counts what concerns no stock, or none that is stored.</summary>
    public bool IsFirst { get; }

    public void Read(SourcePart part)
    {
        (_part, _number, _next) = (part.Name, 0, 0);
        ItchPassHandler handler = new(this);
        new ItchFile(part).Read(ref handler);
    }

    /// <summary>Hands on what is buffered and closes the pass's books.</summary>
    public void Close()
    {
        foreach (ItchStock stock in _inOrder) stock.Flush();
        _account.LeaveOut("of stocks that were not asked for", _otherStocks);
        for (int type = 0; type < _counts.Length; type++)
        {
            if (_counts[type] > 0) _account.Note($"messages of type {(char)type}, {(ItchMessageType)type}", _counts[type]);
        }

        if (_orders.Count > 0) _account.Note("orders in the book at the end", _orders.Count);
        if (_inOrder.Any(s => !s.Listing.IsInDirectory)) _account.Note("stocks without a directory message, named by their orders", _inOrder.Count(s => !s.Listing.IsInDirectory));
    }

    public void Fault(string reason, ReadOnlySpan<byte> bytes)
    {
        _offset = _next;
        _next += bytes.Length;
        _number++;
        if (IsFirst) _account.CountRecord(RowOutcome.Refused(reason), _part, _number, _offset, bytes);
    }

    public void EndMark()
    {
        _next += ItchDecoder.PrefixBytes;
        if (IsFirst) _account.LeaveOut("end mark of the file", 1);
    }

    /// <summary>A message that concerns the whole market; false when another pass counts it or its time is wrong.</summary>
    public bool Begin(in ItchHeader header) => Advance(header, IsFirst) && (IsFirst || header.Type == ItchMessageType.SystemEvent);

    /// <summary>A message of a stock; null when another pass counts it, or when it is refused or left out already.</summary>
    public ItchStock? BeginStock(in ItchHeader header)
    {
        ItchStock? stock = header.Locate < _stocks.Length ? _stocks[header.Locate] : null;
        if (stock is not null) return Advance(header, isOurs: true) ? stock : null;
        ItchListing? listing = _probe.Find(header.Locate);
        bool isOtherPass = listing is not null && (!IsFirst || _isChosen(listing));
        bool isUnknown = listing is null && IsFirst;
        if (!Advance(header, isUnknown) || isOtherPass) return null;
        if (isUnknown) Count(RowOutcome.Refused("no stock of the directory has its locate"), header);
        else if (IsFirst) _otherStocks++;
        return null;
    }

    /// <summary>Counts the message that was begun.</summary>
    public void Count(RowOutcome outcome, in ItchHeader header)
    {
        _counts[(byte)header.Type]++;
        if (outcome.Fate != RowFate.Refused) _account.CountRecord(outcome, _part, _number, _offset, default);
        else _account.CountRecord(outcome, _part, _number, _offset, BytesOf(header));
    }

    public RowOutcome SystemEvent(in ItchSystemEvent message)
    {
        MarketStatus phase = message.Event switch
        {
            (byte)'S' => MarketStatus.PreOpen,
            (byte)'Q' => MarketStatus.Open,
            (byte)'M' => MarketStatus.ClosingAuction,
            (byte)'E' or (byte)'C' => MarketStatus.Closed,
            _ => _phase,
        };
        if (message.Event is not ((byte)'O' or (byte)'S' or (byte)'Q' or (byte)'M' or (byte)'E' or (byte)'C')) return RowOutcome.Refused("its system event is unknown");
        _phase = phase;
        bool isStored = false;
        foreach (ItchStock stock in _inOrder) isStored |= stock.Enter(_time, phase);
        return isStored ? RowOutcome.Stored : RowOutcome.LeftOut("system events that change no state");
    }

    public RowOutcome TradingAction(ItchStock stock, in ItchTradingAction message)
    {
        if (message.Stock != stock.Listing.Symbol) return WrongStock;
        if (message.State is not ((byte)'H' or (byte)'P' or (byte)'Q' or (byte)'T')) return RowOutcome.Refused("its trading state is unknown");
        stock.Halt = message.State switch { (byte)'T' => MarketStatus.Unknown, (byte)'Q' => MarketStatus.PreOpen, _ => MarketStatus.Halted };
        return stock.Enter(_time, _phase) ? RowOutcome.Stored : RowOutcome.LeftOut("trading actions that change no state");
    }

    public static RowOutcome Directory(ItchStock stock, in ItchStockDirectory message) =>
        message.Stock == stock.Listing.Symbol ? RowOutcome.LeftOut("stock directory") : WrongStock;

    public RowOutcome Add(ItchStock stock, in ItchAddOrder message)
    {
        OrderSide side = ItchRules.SideOf(message.Side);
        if (message.Stock != stock.Listing.Symbol) return WrongStock;
        if (side == OrderSide.None) return RowOutcome.Refused("its side is neither B nor S");
        if ((ItchRules.SizeFault(message.Shares) ?? ItchRules.PriceFault(message.Price) ?? IdFault(message.OrderId)) is { } fault) return RowOutcome.Refused(fault);
        _orders.Add(message.OrderId, new(message.Shares, message.Price, message.Header.Locate, side));
        Join(stock, side, message.Price, message.Shares);
        stock.AddDelta(_time, BookAction.Add, side, message.OrderId, ItchRules.PriceOf(message.Price), ItchRules.SizeOf(message.Shares));
        return RowOutcome.Stored;
    }

    /// <summary>Types E and C; the price is the trade's.</summary>
    public RowOutcome Execute(ItchStock stock, ulong id, uint shares, ulong match, uint? tradePrice, bool isPrinted)
    {
        if ((OrderFault(stock, id, out ItchOrder order) ?? ItchRules.SizeFault(shares)) is { } fault) return RowOutcome.Refused(fault);
        if (shares > order.Shares) return RowOutcome.Refused("it executes more than is left of the order");
        if (tradePrice is { } own && ItchRules.PriceFault(own) is { } priceFault) return RowOutcome.Refused(priceFault);
        (Price price, Quantity size) = (ItchRules.PriceOf(tradePrice ?? order.Price), ItchRules.SizeOf(shares));
        _orders.Reduce(id, shares);
        stock.Levels.Change(order.Side, order.Price, -shares);
        stock.AddDelta(_time, BookAction.Execute, order.Side, id, price, size);
        if (isPrinted) stock.AddTrade(_time, price, size, match, ItchRules.TakerFrom(order.Side), TradeCondition.Regular);
        return RowOutcome.Stored;
    }

    /// <summary>What is left becomes the order's size; an order of which nothing is left is gone.</summary>
    public RowOutcome Cancel(ItchStock stock, in ItchOrderCancel message)
    {
        if ((OrderFault(stock, message.OrderId, out ItchOrder order) ?? ItchRules.SizeFault(message.Shares)) is { } fault) return RowOutcome.Refused(fault);
        if (message.Shares > order.Shares) return RowOutcome.Refused("it takes back more than is left of the order");
        uint left = _orders.Reduce(message.OrderId, message.Shares);
        stock.Levels.Change(order.Side, order.Price, -message.Shares);
        stock.AddDelta(_time, left == 0 ? BookAction.Delete : BookAction.Modify, order.Side, message.OrderId, ItchRules.PriceOf(order.Price), ItchRules.SizeOf(left));
        return RowOutcome.Stored;
    }

    public RowOutcome Delete(ItchStock stock, in ItchOrderDelete message)
    {
        if (OrderFault(stock, message.OrderId, out ItchOrder order) is { } fault) return RowOutcome.Refused(fault);
        _orders.Remove(message.OrderId);
        stock.Levels.Change(order.Side, order.Price, -order.Shares);
        stock.AddDelta(_time, BookAction.Delete, order.Side, message.OrderId, ItchRules.PriceOf(order.Price), Quantity.Zero);
        return RowOutcome.Stored;
    }

    public RowOutcome Replace(ItchStock stock, in ItchOrderReplace message)
    {
        string? fault = OrderFault(stock, message.OrderId, out ItchOrder order)
            ?? ItchRules.SizeFault(message.Shares) ?? ItchRules.PriceFault(message.Price) ?? IdFault(message.NewOrderId);
        if (fault is not null) return RowOutcome.Refused(fault);
        _orders.Remove(message.OrderId);
        _orders.Add(message.NewOrderId, new(message.Shares, message.Price, message.Header.Locate, order.Side));
        stock.Levels.Change(order.Side, order.Price, -order.Shares);
        Join(stock, order.Side, message.Price, message.Shares);
        stock.AddDelta(_time, BookAction.Delete, order.Side, message.OrderId, ItchRules.PriceOf(order.Price), Quantity.Zero, isPartial: true);
        stock.AddDelta(_time, BookAction.Add, order.Side, message.NewOrderId, ItchRules.PriceOf(message.Price), ItchRules.SizeOf(message.Shares));
        return RowOutcome.Stored;
    }

    public RowOutcome Trade(ItchStock stock, in ItchTrade message)
    {
        OrderSide side = ItchRules.SideOf(message.Side);
        if (message.Stock != stock.Listing.Symbol) return WrongStock;
        if (side == OrderSide.None) return RowOutcome.Refused("its side is neither B nor S");
        if ((ItchRules.SizeFault(message.Shares) ?? ItchRules.PriceFault(message.Price)) is { } fault) return RowOutcome.Refused(fault);
        AggressorSide taker = _probe.HasHiddenSides ? ItchRules.TakerFrom(side) : AggressorSide.Unknown;
        stock.AddTrade(_time, ItchRules.PriceOf(message.Price), ItchRules.SizeOf(message.Shares), message.Match, taker, TradeCondition.Hidden);
        return RowOutcome.Stored;
    }

    public RowOutcome Cross(ItchStock stock, in ItchCrossTrade message)
    {
        if (message.Stock != stock.Listing.Symbol) return WrongStock;
        if (!ItchRules.TryCross(message.Cross, out TradeCondition condition)) return RowOutcome.Refused("its kind of cross is unknown");
        if (message.Shares > int.MaxValue) return RowOutcome.Refused("its size is beyond 2^31 shares");
        if (message.Shares > 0 && ItchRules.PriceFault(message.Price) is { } fault) return RowOutcome.Refused(fault);
        if (message.Shares > 0) stock.AddTrade(_time, ItchRules.PriceOf(message.Price), ItchRules.SizeOf((uint)message.Shares), message.Match, AggressorSide.Unknown, condition);
        stock.IsClosed |= condition == TradeCondition.ClosingAuction;
        bool isStored = stock.Enter(_time, _phase) | message.Shares > 0;
        return isStored ? RowOutcome.Stored : RowOutcome.LeftOut("crosses without shares");
    }

    /// <summary>The print was seen when it was made, and a strategy cannot know what is declared later: it stays.</summary>
    public RowOutcome Break(ItchStock stock, in ItchBrokenTrade message)
    {
        if (_breaks++ < RemarkedBreaks) _run.Remark($"trade {message.Match} of {stock.Instrument.Name} was broken at {_time}; its print stays as it was seen");
        return RowOutcome.LeftOut("broken trades; their prints stay as they were seen");
    }

    /// <summary>An order joins its level, which nobody of the other side may have reached.</summary>
    private void Join(ItchStock stock, OrderSide side, uint price, uint shares)
    {
        stock.Levels.Change(side, price, shares);
        if (stock.Levels.IsCrossed) _account.Note("orders that leave the book crossed, as before an auction");
    }

    private static RowOutcome WrongStock => RowOutcome.Refused("its stock is not the one of its locate");

    private string? IdFault(ulong id) => id == 0 ? "its order id is zero" : _orders.Contains(id) ? "its order id is that of an order in the book" : null;

    private string? OrderFault(ItchStock stock, ulong id, out ItchOrder order) =>
        !_orders.TryFind(id, out order) ? "it names an order that is not in the book" : order.Locate != stock.Listing.Locate ? "it names an order of another stock" : null;

    /// <summary>Steps on to a message and its time; false when its time cannot be. Every pass judges times alike, but only one counts.</summary>
    private bool Advance(in ItchHeader header, bool isOurs)
    {
        _number++;
        _offset = _next;
        _next += ItchDecoder.PrefixBytes + ItchMessageTypes.LengthOf(header.Type);
        long nanoseconds = header.Nanoseconds;
        string? fault = nanoseconds < _nanoseconds ? "its time is before that of the message ahead of it"
            : nanoseconds >= ItchHeader.MaxNanoseconds ? "its time is beyond the day"
            : !_day.TryToUtc(nanoseconds, _time, out Timestamp time) || time < _time ? "its time is not on the zone's clock that day" : null;
        if (fault is null)
        {
            _nanoseconds = nanoseconds;
            _day.TryToUtc(nanoseconds, _time, out _time);
            return true;
        }

        if (isOurs) Count(RowOutcome.Refused(fault), header);
        return false;
    }

    /// <summary>The message that begins with a header; the decoder has checked that it is whole.</summary>
    private static ReadOnlySpan<byte> BytesOf(in ItchHeader header) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<ItchHeader, byte>(ref Unsafe.AsRef(in header)), ItchMessageTypes.LengthOf(header.Type));
}
