using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Strategies;

/// <summary>
/// Where a strategy writes its orders down. Append only: nothing is judged or sent before the strategy's hook has returned, and
/// then in the order in which it was written. One desk a strategy; engine thread only.
/// </summary>
public sealed class OrderDesk
{
    /// <summary>Commands that one hook may write; the next is not taken and counted in <see cref="Overflowed"/>.</summary>
    public const int Capacity = 4_096;

    private readonly OrderCommand[] _commands = new OrderCommand[Capacity];
    private readonly Ledger _ledger;
    private readonly Book _book;
    private readonly StrategyId _strategy;
    private int _count;

    public OrderDesk(Ledger ledger, StrategyId strategy)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        _ledger = ledger;
        _strategy = strategy;
        _book = ledger.BookOf(strategy);
    }

    /// <summary>Commands written and not yet taken by the engine.</summary>
    public int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _count;
    }

    /// <summary>Commands that were not taken, because the desk or the order table was full.</summary>
    public long Overflowed { get; private set; }

    /// <summary>The commands in the order in which they were written.</summary>
    internal ReadOnlySpan<OrderCommand> Commands => _commands.AsSpan(0, _count);

    /// <summary>Forgets the written commands, once the engine has taken them.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Buys at the market.</summary>
    public ClientOrderId Buy(InstrumentId instrument, Quantity quantity) =>
        Submit(new() { Instrument = instrument, Side = OrderSide.Buy, Quantity = quantity });

    /// <summary>Sells at the market.</summary>
    public ClientOrderId Sell(InstrumentId instrument, Quantity quantity) =>
        Submit(new() { Instrument = instrument, Side = OrderSide.Sell, Quantity = quantity });

    /// <summary>Buys at a price or better.</summary>
    public ClientOrderId BuyLimit(InstrumentId instrument, Quantity quantity, Price limit, TimeInForce timeInForce = TimeInForce.Gtc) =>
        Submit(new() { Instrument = instrument, Side = OrderSide.Buy, Quantity = quantity, LimitPrice = limit, TimeInForce = timeInForce });

    /// <summary>Sells at a price or better.</summary>
    public ClientOrderId SellLimit(InstrumentId instrument, Quantity quantity, Price limit, TimeInForce timeInForce = TimeInForce.Gtc) =>
        Submit(new() { Instrument = instrument, Side = OrderSide.Sell, Quantity = quantity, LimitPrice = limit, TimeInForce = timeInForce });

    /// <summary>
    /// Writes an order down and names it. The name is <see cref="ClientOrderId.None"/> when the desk or the session's order
    /// table is full: the order then does not exist.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The instrument is not one of the session's, or an enumeration has a value that does not exist.</exception>
    public ClientOrderId Submit(in OrderRequest request)
    {
        if ((uint)request.Instrument.Index >= (uint)_ledger.Instruments.Count) ThrowUnknownInstrument(request.Instrument);
        OrderType type = request.ResolvedType;
        if (request.Side > OrderSide.Sell || type > OrderType.Pegged || request.TimeInForce > TimeInForce.AtClose) ThrowUndefined(in request, type);
        if (_count == Capacity || !_ledger.Orders.TryReserve(out ClientOrderId id))
        {
            Overflowed++;
            return ClientOrderId.None;
        }

        ref OrderCommand command = ref Append(CommandKind.New, id, request.Instrument);
        command.Side = request.Side;
        command.Type = type;
        command.TimeInForce = request.TimeInForce;
        command.Flags = request.Flags;
        command.Trigger = request.Trigger;
        command.Tag = request.Tag;
        command.Quantity = request.Quantity;
        command.LimitPrice = request.LimitPrice ?? Price.Zero;
        command.StopPrice = request.StopPrice ?? Price.Zero;
        command.ExpireTime = request.ExpireTime;
        command.DisplayQuantity = request.DisplayQuantity;
        command.Protection = request.Protection;
        ref readonly Mark mark = ref _ledger.Marks[request.Instrument];
        command.DecisionPrice = mark.IsKnown ? mark.Value : Price.Zero;
        return id;
    }

    /// <summary>Asks for an order to be cancelled; false when it is done already, unknown, or the desk is full.</summary>
    public bool Cancel(ClientOrderId id)
    {
        if (!TryFindWorking(id, out InstrumentId instrument)) return false;
        Append(CommandKind.Cancel, id, instrument);
        return true;
    }

    /// <summary>
    /// Asks for a new total quantity and price, filled part included; false when the order is done already, unknown, or the desk
    /// is full. For a stop order the price is the new stop price. An order that was written in this same hook is changed where
    /// it stands, and only once is anything sent.
    /// </summary>
    public bool Replace(ClientOrderId id, Quantity quantity, Price price)
    {
        int written = FindWritten(id);
        if (written >= 0)
        {
            ref OrderCommand pending = ref _commands[written];
            pending.Quantity = quantity;
            if (pending.Type == OrderType.Stop) pending.StopPrice = price;
            else pending.LimitPrice = price;
            return true;
        }

        if (!TryFindWorking(id, out InstrumentId instrument)) return false;
        ref readonly OrderRecord order = ref _ledger.Orders[id.Slot];
        ref OrderCommand command = ref Append(CommandKind.Replace, id, instrument);
        command.Side = order.Side;
        command.Type = order.Type;
        command.TimeInForce = order.TimeInForce;
        command.Flags = order.Flags;
        command.Tag = order.Tag;
        command.Quantity = quantity;
        command.LimitPrice = order.Type == OrderType.Stop ? order.LimitPrice : price;
        command.StopPrice = order.Type == OrderType.Stop ? price : order.StopPrice;
        return true;
    }

    /// <summary>Asks for every working order of this strategy on an instrument to be cancelled; answers how many.</summary>
    public int CancelAll(InstrumentId instrument)
    {
        int cancelled = 0;
        foreach (ref readonly OrderRecord order in _ledger.WorkingOf(_strategy, instrument))
        {
            if (order.Status == OrderStatus.PendingCancel || !Cancel(order.Id)) continue;
            cancelled++;
        }

        return cancelled;
    }

    /// <summary>The working orders of this strategy on an instrument that have left the desk, oldest first.</summary>
    public WorkingOrders Working(InstrumentId instrument) => _ledger.WorkingOf(_strategy, instrument);

    /// <summary>True while any order of this strategy on the instrument works, one that was just written included.</summary>
    public bool HasWorking(InstrumentId instrument) =>
        _book.ExposureOf(instrument).Orders > 0 || (_count > 0 && HasWritten(instrument));

    /// <summary>Finds the record of an order of this session; false once its slot has gone to another order.</summary>
    public bool TryGet(ClientOrderId id, out OrderRecord order)
    {
        if (_ledger.Orders.TryFind(id, out int slot))
        {
            order = _ledger.Orders[slot];
            return true;
        }

        order = default;
        return false;
    }

    private bool TryFindWorking(ClientOrderId id, out InstrumentId instrument)
    {
        instrument = InstrumentId.None;
        if (!_ledger.Orders.TryFind(id, out int slot)) return false;
        ref readonly OrderRecord order = ref _ledger.Orders[slot];
        if (!order.IsWorking) return false;
        if (_count == Capacity)
        {
            Overflowed++;
            return false;
        }

        // An order that was written in this same hook is not in the books yet: its instrument stands in its command.
        int written = FindWritten(id);
        instrument = written >= 0 ? _commands[written].Instrument : order.Instrument;
        return true;
    }

    private int FindWritten(ClientOrderId id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_commands[i].Kind == CommandKind.New && _commands[i].ClientOrderId == id) return i;
        }

        return -1;
    }

    private bool HasWritten(InstrumentId instrument)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_commands[i].Kind == CommandKind.New && _commands[i].Instrument == instrument) return true;
        }

        return false;
    }

    private ref OrderCommand Append(CommandKind kind, ClientOrderId id, InstrumentId instrument)
    {
        ref OrderCommand command = ref _commands[_count++];
        command = default;
        command.Kind = kind;
        command.ClientOrderId = id;
        command.Instrument = instrument;
        command.Strategy = _strategy;
        return ref command;
    }

    private void ThrowUnknownInstrument(InstrumentId instrument) =>
        throw new ArgumentOutOfRangeException(nameof(instrument), $"Instrument {instrument} is not one of the session's {_ledger.Instruments.Count}.");

    private static void ThrowUndefined(in OrderRequest request, OrderType type) =>
        throw new ArgumentOutOfRangeException(
            nameof(request), $"An order has side {request.Side}, type {type} and time in force {request.TimeInForce}; one of them does not exist.");
}
