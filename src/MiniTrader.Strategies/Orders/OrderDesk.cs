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
    /// <summary>Orders that one list may hold.</summary>
    public const int MaxListCount = byte.MaxValue;

    /// <summary>Commands that one hook may write; the next is not taken and counted in <see cref="Overflowed"/>.</summary>
    public const int Capacity = 4_096;

    private readonly OrderCommand[] _commands = new OrderCommand[Capacity];
    private readonly Ledger _ledger;
    private readonly Book _book;
    private readonly StrategyId _strategy;
    private readonly SessionTime _time;
    private int _count;

    public OrderDesk(Ledger ledger, StrategyId strategy)
        : this(ledger, strategy, new())
    {
    }

    /// <param name="ledger">The books of record, where orders are named.</param>
    /// <param name="strategy">Whose desk it is.</param>
    /// <param name="time">The session's, which a written command makes due at once.</param>
    internal OrderDesk(Ledger ledger, StrategyId strategy, SessionTime time)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        _ledger = ledger;
        _time = time;
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

    /// <summary>Commands that were written when nothing was sent any more.</summary>
    public long Unsent { get; private set; }

    /// <summary>The commands in the order in which they were written; the engine notes in each when it was sent.</summary>
    internal Span<OrderCommand> Commands => _commands.AsSpan(0, _count);

    internal Price TickOf(InstrumentId instrument) => _ledger.Instruments[instrument].TickSize;

    /// <summary>Forgets the written commands, once the engine has taken them.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Forgets the written commands, which came too late to be sent.</summary>
    internal void Discard()
    {
        Unsent += _count;
        _count = 0;
    }

    /// <summary>Buys at the market.</summary>
    public ClientOrderId Buy(InstrumentId instrument, Quantity quantity) =>
        SubmitPlain(instrument, OrderSide.Buy, OrderType.Market, quantity, Price.Zero, TimeInForce.Gtc);

    /// <summary>Sells at the market.</summary>
    public ClientOrderId Sell(InstrumentId instrument, Quantity quantity) =>
        SubmitPlain(instrument, OrderSide.Sell, OrderType.Market, quantity, Price.Zero, TimeInForce.Gtc);

    /// <summary>Buys at a price or better.</summary>
    public ClientOrderId BuyLimit(InstrumentId instrument, Quantity quantity, Price limit, TimeInForce timeInForce = TimeInForce.Gtc) =>
        SubmitPlain(instrument, OrderSide.Buy, OrderType.Limit, quantity, limit, timeInForce);

    /// <summary>Sells at a price or better.</summary>
    public ClientOrderId SellLimit(InstrumentId instrument, Quantity quantity, Price limit, TimeInForce timeInForce = TimeInForce.Gtc) =>
        SubmitPlain(instrument, OrderSide.Sell, OrderType.Limit, quantity, limit, timeInForce);

    /// <summary>
    /// Writes an order down and names it. The name is <see cref="ClientOrderId.None"/> when the desk or the session's order
    /// table is full: the order then does not exist. What is wrong with an order itself, an instrument that the session does not have among it, the
    /// risk gate denies.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An enumeration has a value that does not exist.</exception>
    /// <exception cref="ArgumentException">The request names a leg or a contingency, which only the orders of a list have.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ClientOrderId Submit(in OrderRequest request)
    {
        request.Check();
        if (request.ParentLeg is not null || request.Contingency != Contingency.None) ThrowNoList();
        if (!TryName(out ClientOrderId id)) return id;
        Write(in request, id);
        return id;
    }

    /// <summary>
    /// Writes the orders of a list down, to be taken by the venue all or not at all, and names them in <paramref name="ids"/>. False when
    /// the desk or the order table has no room for all of them: then none exists. When the risk gate denies one, the venue rejects
    /// the others.
    /// </summary>
    /// <exception cref="ArgumentException">There are none, or more than 255 or than names; or a parent stands behind its child.</exception>
    public bool SubmitList(ReadOnlySpan<OrderRequest> requests, Span<ClientOrderId> ids)
    {
        if (requests.IsEmpty || requests.Length > MaxListCount || ids.Length < requests.Length) ThrowListLength(requests.Length, ids.Length);
        for (int i = 0; i < requests.Length; i++)
        {
            requests[i].Check();
            if (requests[i].ParentLeg is int leg && (leg < 0 || leg >= i)) ThrowParentLeg(i, leg);
        }

        if (Capacity - _count < requests.Length || _ledger.Orders.Free < requests.Length)
        {
            Overflowed += requests.Length;
            return false;
        }

        for (int i = 0; i < requests.Length; i++)
        {
            if (!_ledger.Orders.TryReserve(out ids[i])) throw new InvalidOperationException("The order table has fewer free slots than it says.");
            ref OrderCommand command = ref Write(in requests[i], ids[i]);
            command.ListId = ids[0].Value;
            command.ListCount = (byte)requests.Length;
            command.Contingency = requests[i].Contingency;
            if (requests[i].ParentLeg is int leg) command.Parent = ids[leg];
        }

        return true;
    }

    /// <summary>
    /// Writes an entry, a take-profit and a stop-loss down in one list and names them; all names are none when there is no room. The
    /// exits wait until fills of the entry release them. A fill of one exit makes the other smaller by as much, and so ends it with the
    /// last unit: were the other cancelled by the first fill, the rest of the position would stand without a stop.
    /// </summary>
    /// <remarks>Where both prices are known and the take-profit is not on the better side of the stop, the risk gate denies the stop
    /// (<see cref="ReasonCode.InvalidPrice"/>) and the venue rejects the others, as of any list.</remarks>
    /// <exception cref="ArgumentException">The entry is a child or of a group; an exit is of a type that does not leave at a price.</exception>
    public BracketIds Bracket(in BracketRequest request)
    {
        request.Check();
        Span<ClientOrderId> ids = stackalloc ClientOrderId[3];
        return SubmitList([request.Entry, request.ExitOf(request.TakeProfit), request.ExitOf(request.StopLoss)], ids)
            ? new(ids[0], ids[1], ids[2])
            : default;
    }

    /// <summary>
    /// Asks for an order to be cancelled; false when it is done already, being cancelled, unknown, or the desk is full. A second request says nothing
    /// new to the venue before the first is answered, and is not sent.
    /// </summary>
    public bool Cancel(ClientOrderId id)
    {
        if (!TryFindWorking(id, out InstrumentId instrument) || IsBeingCancelled(id)) return false;
        Append(CommandKind.Cancel, id, instrument);
        return true;
    }

    /// <summary>
    /// Asks for a new total quantity and price, filled part included; false when the order is done already, unknown, or the desk
    /// is full. The price is the limit price, the stop price of an order that has no limit, and the distance of one that trails or pegs. An
    /// order that was written in this same hook is changed where it stands, and only once is anything sent.
    /// </summary>
    public bool Replace(ClientOrderId id, Quantity quantity, Price price)
    {
        int written = FindWritten(id);
        if (written >= 0)
        {
            ref OrderCommand pending = ref _commands[written];
            pending.Quantity = quantity;
            PriceOf(ref pending) = price;
            return true;
        }

        if (!TryFindWorking(id, out InstrumentId instrument)) return false;
        ref readonly OrderRecord order = ref _ledger.Orders[id.Slot];
        ref OrderCommand command = ref Append(CommandKind.Replace, id, instrument);
        command.Side = order.Side;
        command.Type = order.WorkingType;
        command.TimeInForce = order.TimeInForce;
        command.Flags = order.Flags;
        command.Tag = order.Tag;
        command.Quantity = quantity;
        command.LimitPrice = order.LimitPrice;
        command.StopPrice = order.StopPrice;
        command.Peg = order.Peg;
        command.OffsetUnit = order.OffsetUnit;
        PriceOf(ref command) = price;
        return true;
    }

    /// <summary>
    /// Asks the venue to cancel whatever works there of this strategy when the request arrives: of one instrument or of all, of one side
    /// or of both. One message, however many orders; false when the desk is full.
    /// </summary>
    public bool MassCancel(InstrumentId? instrument = null, OrderSide side = OrderSide.None)
    {
        if (_count == Capacity)
        {
            Overflowed++;
            return false;
        }

        ref OrderCommand command = ref Append(CommandKind.CancelAll, ClientOrderId.None, instrument ?? InstrumentId.None);
        command.Side = side;
        return true;
    }

    /// <summary>Asks for every working order of this strategy on an instrument to be cancelled; answers how many. None of one that the session does not have.</summary>
    public int CancelAll(InstrumentId instrument)
    {
        int cancelled = 0;
        if (!_ledger.Instruments.Has(instrument)) return cancelled;
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

    /// <summary>Writes an order of the plainest form, without the detour over a request. Never inlined: the hooks that call it stay small.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClientOrderId SubmitPlain(InstrumentId instrument, OrderSide side, OrderType type, Quantity quantity, Price limit, TimeInForce timeInForce)
    {
        if (timeInForce > TimeInForce.AtClose) new OrderRequest { Side = side, Type = type, TimeInForce = timeInForce }.Check();
        if (!TryName(out ClientOrderId id)) return id;
        ref OrderCommand command = ref Append(CommandKind.New, id, instrument);
        command.Side = side;
        command.Type = type;
        command.TimeInForce = timeInForce;
        command.Quantity = quantity;
        command.LimitPrice = limit;
        NoteDecision(ref command);
        return id;
    }

    /// <summary>Room on the desk and in the order table for one more order, and its name; none is counted.</summary>
    private bool TryName(out ClientOrderId id)
    {
        id = ClientOrderId.None;
        if (_count < Capacity && _ledger.Orders.TryReserve(out id)) return true;
        Overflowed++;
        return false;
    }

    private void NoteDecision(ref OrderCommand command)
    {
        if (!_ledger.Instruments.Has(command.Instrument)) return;
        ref readonly Mark mark = ref _ledger.Marks[command.Instrument];
        command.DecisionPrice = mark.IsKnown ? mark.Value : Price.Zero;
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

    private bool IsBeingCancelled(ClientOrderId id)
    {
        if (_ledger.Orders[id.Slot].Status == OrderStatus.PendingCancel) return true;
        for (int i = 0; i < _count; i++)
        {
            if (_commands[i].Kind == CommandKind.Cancel && _commands[i].ClientOrderId == id) return true;
        }

        return false;
    }

    private bool HasWritten(InstrumentId instrument)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_commands[i].Kind == CommandKind.New && _commands[i].Instrument == instrument) return true;
        }

        return false;
    }

    private ref OrderCommand Write(in OrderRequest request, ClientOrderId id)
    {
        ref OrderCommand command = ref Append(CommandKind.New, id, request.Instrument);
        request.WriteTo(ref command);
        NoteDecision(ref command);
        return ref command;
    }

    /// <summary>The one price of an order that a replace changes.</summary>
    private static ref Price PriceOf(ref OrderCommand command)
    {
        if (command.Type.Follows()) return ref command.Offset;
        if (command.Type.HasTrigger() && !command.Type.HasLimit()) return ref command.StopPrice;
        return ref command.LimitPrice;
    }

    private ref OrderCommand Append(CommandKind kind, ClientOrderId id, InstrumentId instrument)
    {
        _time.Expect(Timestamp.MinValue);
        ref OrderCommand command = ref _commands[_count++];
        command = default;
        command.Kind = kind;
        command.ClientOrderId = id;
        command.Instrument = instrument;
        command.Strategy = _strategy;
        return ref command;
    }

    private static void ThrowListLength(int orders, int names) => throw new ArgumentException(
        $"A list of {orders} orders was given room for {names} names; it has 1 to {MaxListCount} orders and a name for each.");

    private static void ThrowNoList() => throw new ArgumentException(
        "ParentLeg and Contingency tie the orders of one list; hand the orders to SubmitList together, or name an order that is there with Parent.");

    private static void ThrowParentLeg(int child, int parent) =>
        throw new ArgumentException($"Order {child} of a list has order {parent} as its parent; a parent stands before its children.");
}
