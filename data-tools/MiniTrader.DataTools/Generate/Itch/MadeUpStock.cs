using System.Numerics;
using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// One made-up stock: orders come around a price that wanders, most are taken back, some are replaced or traded, as on a real day. Every
/// message names orders that are in the book. One thread.
/// <para>
/// The shares of the kinds of message are those of a whole Nasdaq day, 10302019.NASDAQ_ITCH50 of Nasdaq's public samples, as readers of it have
/// counted: of 294 million messages 43.8 % add an order (A, F), 41.9 % delete (D), 8.7 % replace (U), 2.5 % execute (E), 1.2 % cancel (X),
/// 0.5 % are trades of hidden orders (P), 0.04 % executions at another price (C).
/// </para>
/// <para>
/// How long orders live follows the SEC's "The Speed of the Equity Markets" (October 2013): of cancelled orders less than 8 % live half a millisecond,
/// a quarter 50 ms, 38.7 % half a second, more than a third five seconds and longer, so that every scale of time takes about as many away.
/// Here every scale of age does, see <see cref="Pick"/>. While a market of 12,600 messages a second, as that day's, sends 630, 6,300 and 63,000
/// messages, a quarter, 39 % and two thirds of the orders go; in a made-up day of a hundred stocks 17, 42 and 72 %.
/// </para>
/// </summary>
internal sealed class MadeUpStock(ushort locate, ItchSymbol symbol, int orders, uint middle, MadeUpPrice worth)
{
    /// <summary>Of ten thousand messages, how many add an order while there is continuous trading.</summary>
    public const int AddsInSession = 4_440;

    // Of ten thousand messages, up to which ones an order is deleted, and so on; those that are left are trades of hidden orders.
    private const int Deletes = 8_690;
    private const int Replaces = 9_572;
    private const int Cancels = 9_695;
    private const int Executes = 9_947;

    /// <summary>A cent, in 1e-4.</summary>
    private const uint Tick = 100;

    private const double NearestReach = 32;
    private const double ReachPerStep = 12;

    private readonly MadeUpOrders _book = new(2 * orders);
    private MadeUpPrice _worth = worth;

    /// <summary>Within how many ticks of the price orders come: the wider, the more a message moves it, or the book could not follow.</summary>
    private readonly double _reach = NearestReach + (ReachPerStep * worth.Step);

    public ushort Locate { get; } = locate;

    public ItchSymbol Symbol { get; } = symbol;

    /// <summary>Where the stock trades, in 1e-4.</summary>
    public uint Price => PriceOf(_book.BestBid >= 0 ? _book.BestBid : _book.BestAsk < MadeUpOrders.Levels ? _book.BestAsk : MadeUpOrders.Levels / 2);

    /// <summary>Writes exactly one message that changes or trades with the book; without a session, orders only come and go.</summary>
    public void Step(ItchOutput output, ref SeededRandom random, int adds)
    {
        _worth.Move(ref random);
        ulong dice = random.NextUInt64();
        const int Few = 4;
        bool isThin = _book.Bids < Few || _book.Asks < Few;

        // What comes and what goes are in balance where the book has its usual size.
        int fullness = Math.Clamp((_book.Count - orders) * 1_000 / orders, -250, 900);
        int what = (int)(dice % 10_000);
        dice >>= 14;
        if (isThin || what < adds - fullness) Add(output, dice);
        else if (what < Deletes || adds != AddsInSession) Delete(output, dice);
        else if (what < Replaces) Replace(output, dice);
        else if (what < Cancels) Cancel(output, dice);
        else if (what < Executes) Execute(output, dice);
        else Hide(output, dice);
    }

    /// <summary>An execution inside an auction: not printed by itself, at the auction's price.</summary>
    public void ExecuteInCross(ItchOutput output, bool isBid)
    {
        int number = _book.FrontOf(isBid);
        ref MadeUpOrders.Order order = ref _book[number];
        output.Write(new ItchOrderExecutedWithPrice
        {
            Header = output.Header(ItchMessageType.OrderExecutedWithPrice, Locate),
            OrderId = order.Id,
            Shares = order.Shares,
            Match = output.NextMatch(),
            Printable = (byte)'N',
            Price = PriceOf(order.Level),
        });
        _book.Remove(number);
    }

    /// <summary>True when both sides have orders to spare for an auction.</summary>
    public bool CanCross => _book.Bids > 4 && _book.Asks > 4;

    private uint PriceOf(int level) => middle + ((uint)level * Tick) - (MadeUpOrders.Levels / 2 * Tick);

    private void Add(ItchOutput output, ulong dice)
    {
        if (_book.IsFull)
        {
            Delete(output, dice);
            return;
        }

        bool isBid = _book.Bids != _book.Asks && (dice & 7) == 0 ? _book.Bids < _book.Asks : (dice & 8) != 0;
        if (_book.Bids == 0 || _book.Asks == 0) isBid = _book.Bids == 0;
        int level = LevelFor(isBid, dice >> 4);
        uint shares = SharesOf(dice >> 34);
        ulong id = output.NextOrder();
        _book.Add(id, isBid, level, shares);
        bool isNamed = ((dice >> 40) & 127) < 2;
        ItchAddOrder message = new()
        {
            Header = output.Header(isNamed ? ItchMessageType.AddOrderWithParticipant : ItchMessageType.AddOrder, Locate),
            OrderId = id,
            Side = (byte)(isBid ? 'B' : 'S'),
            Shares = shares,
            Stock = Symbol,
            Price = PriceOf(level),
        };
        if (isNamed) output.Write(new ItchAddOrderWithParticipant { Order = message, Participant = 0x4D4D4D4D });
        else output.Write(message);
    }

    private void Delete(ItchOutput output, ulong dice)
    {
        int number = PickToTake(dice);
        output.Write(new ItchOrderDelete { Header = output.Header(ItchMessageType.OrderDelete, Locate), OrderId = _book[number].Id });
        _book.Remove(number);
    }

    private void Replace(ItchOutput output, ulong dice)
    {
        int number = PickToTake(dice);
        MadeUpOrders.Order old = _book[number];
        _book.Remove(number);
        int level = LevelFor(old.IsBid, dice >> 20);
        uint shares = (dice & 0x10_0000_0000) == 0 ? old.Shares : SharesOf(dice >> 40);
        ulong id = output.NextOrder();
        _book.Add(id, old.IsBid, level, shares);
        output.Write(new ItchOrderReplace { Header = output.Header(ItchMessageType.OrderReplace, Locate), OrderId = old.Id, NewOrderId = id, Shares = shares, Price = PriceOf(level) });
    }

    private void Cancel(ItchOutput output, ulong dice)
    {
        int number = Pick(dice);
        ref MadeUpOrders.Order order = ref _book[number];
        if (order.Shares < 2)
        {
            Delete(output, dice);
            return;
        }

        uint taken = 1 + (uint)((dice >> 24) % (order.Shares - 1));
        order.Shares -= taken;
        output.Write(new ItchOrderCancel { Header = output.Header(ItchMessageType.OrderCancel, Locate), OrderId = order.Id, Shares = taken });
    }

    private void Execute(ItchOutput output, ulong dice)
    {
        // Takers come more often from the side to which the book lags behind.
        double lag = _worth.Value - ((_book.BestBid + _book.BestAsk) * 0.5);
        bool isBid = (dice & 0xFFF) * (1.0 / 0xFFF) > 0.5 + (lag / (_book.BestAsk - _book.BestBid));
        int number = _book.FrontOf(isBid);
        ref MadeUpOrders.Order order = ref _book[number];
        uint shares = (dice & 0x1000) == 0 ? order.Shares : 1 + (uint)((dice >> 16) % order.Shares);
        if ((dice & 0x7E000) == 0)
        {
            uint price = isBid ? PriceOf(order.Level) + (Tick / 2) : PriceOf(order.Level) - (Tick / 2);
            output.Write(new ItchOrderExecutedWithPrice { Header = output.Header(ItchMessageType.OrderExecutedWithPrice, Locate), OrderId = order.Id, Shares = shares, Match = output.NextMatch(), Printable = (byte)'Y', Price = price });
        }
        else output.Write(new ItchOrderExecuted { Header = output.Header(ItchMessageType.OrderExecuted, Locate), OrderId = order.Id, Shares = shares, Match = output.NextMatch() });
        order.Shares -= shares;
        if (order.Shares == 0) _book.Remove(number);
    }

    private void Hide(ItchOutput output, ulong dice)
    {
        uint shares = SharesOf(dice);
        uint price = PriceOf(_book.BestBid) + ((PriceOf(_book.BestAsk) - PriceOf(_book.BestBid)) / 2);
        output.Write(new ItchTrade { Header = output.Header(ItchMessageType.Trade, Locate), Side = (byte)'B', Shares = shares, Stock = Symbol, Price = price, Match = output.NextMatch() });
    }

    /// <summary>An order that the price has passed, where there is one, else any.</summary>
    private int PickToTake(ulong dice)
    {
        if (_book.BestAsk < _worth.Value && _book.BestAsk < MadeUpOrders.Levels) return _book.FrontOf(isBid: false);
        return _book.BestBid > _worth.Value ? _book.FrontOf(isBid: true) : Pick(dice);
    }

    /// <summary>
    /// Young orders are taken back most often: the youngest, the next two, the next four and so on to the oldest half are each as likely.
    /// </summary>
    private int Pick(ulong dice)
    {
        ulong octaves = (ulong)BitOperations.Log2((uint)_book.Count) + 1;
        int youngest = 1 << (int)((dice & 0xFFFF) % octaves);
        int younger = youngest - 1 + ((int)(dice >> 16) & (youngest - 1));

        // The last of these groups may be only partly there.
        return _book.Count - 1 - (younger < _book.Count ? younger : younger >> 1);
    }

    /// <summary>A level on its side of the price, near it more often than far from it, never through the other side.</summary>
    private int LevelFor(bool isBid, ulong dice)
    {
        // A product of three even draws: a third of it lies within a thirtieth of the reach, and yet all of the reach is used.
        double behind = _reach * (1.0 / (1L << 30)) * ((dice & 0x3FF) * ((dice >> 10) & 0x3FF) * ((dice >> 20) & 0x3FF));
        return isBid
            ? Math.Clamp((int)(_worth.Value - behind), 0, Math.Min(_book.BestAsk, MadeUpOrders.Levels - 1) - 1)
            : Math.Clamp((int)(_worth.Value + behind) + 1, Math.Max(_book.BestBid, 0) + 1, MadeUpOrders.Levels - 1);
    }

    /// <summary>Round lots mostly, small ones most of all.</summary>
    private static uint SharesOf(ulong dice) =>
        (dice & 3) == 0 ? 1 + (uint)((dice >> 2) % 99) : 100 * (1 + (uint)BitOperations.TrailingZeroCount((dice >> 2) | 0x400));
}
