using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// One made-up stock: orders come around a price that wanders, most are taken back, some are replaced or traded, as on a real day. Every
/// message names orders that are in the book. One thread.
/// </summary>
internal sealed class MadeUpStock(ushort locate, ItchSymbol symbol, int orders, uint middle, MadeUpPrice worth)
{
    /// <summary>Of ten thousand messages, how many add an order while there is continuous trading.</summary>
    public const int AddsInSession = 4_500;

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
        int what = (int)(dice % 10_000) + fullness;
        dice >>= 14;
        if (isThin || what < adds) Add(output, dice);
        else if (what >= 9_900 || adds != AddsInSession) Delete(output, dice);
        else if (what < 8_350) Delete(output, dice);
        else if (what < 9_150) Replace(output, dice);
        else if (what < 9_300) Cancel(output, dice);
        else if (what < 9_800) Execute(output, dice);
        else Hide(output, dice);
    }

    /// <summary>An execution inside an auction: not printed by itself, at the auction's price.</summary>
    public void ExecuteInCross(ItchOutput output, bool isBid)
    {
        ref MadeUpOrders.Order order = ref _book[_book.FrontOf(isBid)];
        output.Write(new ItchOrderExecutedWithPrice
        {
            Header = output.Header(ItchMessageType.OrderExecutedWithPrice, Locate),
            OrderId = order.Id,
            Shares = order.Shares,
            Match = output.NextMatch(),
            Printable = (byte)'N',
            Price = PriceOf(order.Level),
        });
        _book.Remove(order.Number);
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
        bool isNamed = ((dice >> 40) & 31) == 0;
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
        ref MadeUpOrders.Order order = ref _book[_book.FrontOf(isBid)];
        uint shares = (dice & 0x1000) == 0 ? order.Shares : 1 + (uint)((dice >> 16) % order.Shares);
        if ((dice & 0xE000) == 0)
        {
            uint price = isBid ? PriceOf(order.Level) + (Tick / 2) : PriceOf(order.Level) - (Tick / 2);
            output.Write(new ItchOrderExecutedWithPrice { Header = output.Header(ItchMessageType.OrderExecutedWithPrice, Locate), OrderId = order.Id, Shares = shares, Match = output.NextMatch(), Printable = (byte)'Y', Price = price });
        }
        else output.Write(new ItchOrderExecuted { Header = output.Header(ItchMessageType.OrderExecuted, Locate), OrderId = order.Id, Shares = shares, Match = output.NextMatch() });
        order.Shares -= shares;
        if (order.Shares == 0) _book.Remove(order.Number);
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

    /// <summary>Young orders are taken back most often: half of the picks are among the last sixteen.</summary>
    private int Pick(ulong dice)
    {
        uint draw = (uint)(dice & 0xFFFFF);
        const int Young = 16;
        return (draw & 1) == 0 && _book.Count > Young ? _book.Count - 1 - (int)((draw >> 1) % Young) : (int)((draw >> 1) % (uint)_book.Count);
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
        (dice & 3) == 0 ? 1 + (uint)((dice >> 2) % 99) : 100 * (1 + (uint)System.Numerics.BitOperations.TrailingZeroCount((dice >> 2) | 0x400));
}
