using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// The books of record: every order, every position, the account. One writer, the engine thread. Orders come in through
/// <see cref="Register"/>, everything later through <see cref="Apply"/>; nothing else changes them.
/// </summary>
public sealed partial class Ledger
{
    private readonly Book[] _books;

    /// <param name="instruments">The session's instruments.</param>
    /// <param name="strategyCount">Strategies that trade; each has a book of its own beside the account's.</param>
    /// <param name="options">Cash and exchange rates.</param>
    /// <param name="orderCapacity">Orders that may work at a time.</param>
    /// <param name="fillCapacity">Latest fills that a venue may still take back or correct.</param>
    public Ledger(InstrumentTable instruments, int strategyCount, AccountOptions options, int orderCapacity = OrderTable.DefaultCapacity, int fillCapacity = FillJournal.DefaultCapacity)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        ArgumentNullException.ThrowIfNull(options);
        Instruments = instruments;
        Orders = new OrderTable(orderCapacity);
        _fills = new FillJournal(fillCapacity);
        Marks = new Marks(instruments);
        Total = new Book(instruments.Count);
        _books = new Book[strategyCount];
        for (int i = 0; i < strategyCount; i++) _books[i] = new Book(instruments.Count);
        Account = new Account(instruments, options, Total, Marks);
        _expectedCash = new decimal[Account.Currencies.Length];
        _tolerance = new decimal[Account.Currencies.Length];
        Carry = new CarryDesk(this, _books, options.Carry);
    }

    public InstrumentTable Instruments { get; }

    public OrderTable Orders { get; }

    public Marks Marks { get; }

    /// <summary>All strategies together.</summary>
    public Book Total { get; }

    public Account Account { get; }

    /// <summary>What time and corporate actions do to positions.</summary>
    public CarryDesk Carry { get; }

    public int StrategyCount => _books.Length;

    public Book BookOf(StrategyId strategy) => _books[strategy.Index];

    /// <summary>The working orders of a strategy on an instrument, oldest first.</summary>
    public WorkingOrders WorkingOf(StrategyId strategy, InstrumentId instrument) =>
        new(Orders, _books[strategy.Index].ExposureOf(instrument).First);

    /// <summary>
    /// Takes a new order into the books; its slot has been reserved and the risk gate has judged it against books that did not
    /// hold it yet. From here on its quantity counts as working, until <see cref="Apply"/> books that it is done. An order for an instrument that the
    /// session does not have can only be denied next: it is noted and counts nowhere.
    /// </summary>
    public void Register(in OrderCommand command)
    {
        ref OrderRecord order = ref Orders.At(command.ClientOrderId.Slot);
        order.Instrument = command.Instrument;
        order.Strategy = command.Strategy;
        order.Side = command.Side;
        order.Type = command.Type;
        order.TimeInForce = command.TimeInForce;
        order.Flags = command.Flags;
        order.Peg = command.Peg;
        order.OffsetUnit = command.OffsetUnit;
        order.Tag = command.Tag;
        order.Kin = OrderRecord.KinOf(in command);
        order.Quantity = command.Quantity;
        order.LimitPrice = command.LimitPrice;
        order.StopPrice = command.StopPrice;
        order.DecisionPrice = command.DecisionPrice;
        order.SentTime = command.SentTime;
        order.Status = OrderStatus.Initialized;
        if (!command.Parent.IsNone)
        {
            order.Release = command.Release;
            order.ParentFilled = Orders.TryFind(command.Parent, out int parent) ? Orders[parent].Filled : Quantity.Zero;
        }

        if (!Instruments.Has(order.Instrument)) return;
        Link(ref order, command.ClientOrderId.Slot);
        order.Reserved = order.Quantity;
        AddWorking(in order, +1, order.Quantity);
    }

    /// <summary>Notes that a new order, a cancel or a replace has left for the venue at the command's sent time.</summary>
    public void OnSent(in OrderCommand command)
    {
        if (!Orders.TryFind(command.ClientOrderId, out int slot)) return;
        ref OrderRecord order = ref Orders.At(slot);
        if (command.Kind == CommandKind.New)
        {
            order.Status = OrderStatus.Submitted;
            order.SentTime = command.SentTime;
        }
        else if (order.IsWorking)
        {
            order.Status = command.Kind == CommandKind.Replace ? OrderStatus.PendingReplace : OrderStatus.PendingCancel;
            order.PendingRequests++;
            if (command.Kind == CommandKind.Replace) Reserve(ref order, Quantity.Max(order.Reserved, command.Quantity));
        }
    }

    /// <summary>
    /// Books a report and answers whether it was news. A report of an order that is unknown or already done changes nothing, but for
    /// those of trades: a fill that comes late, one taken back and one corrected are what the venue says they are.
    /// </summary>
    public bool Apply(in ExecutionReport report)
    {
        if (report.Kind.IsRevision()) return Revise(in report);
        if (!Orders.TryFind(report.ClientOrderId, out int slot)) return report.Kind == ReportKind.Fill && TakeLateFill(in report);
        ref OrderRecord order = ref Orders.At(slot);
        if (!order.IsWorking) return report.Kind == ReportKind.Fill && TakeLateFill(in report);

        switch (report.Kind)
        {
            case ReportKind.Fill:
                ApplyFill(ref order, in report);
                break;
            case ReportKind.Accepted:
                order.VenueId = report.VenueOrderId;
                if (order.Status == OrderStatus.Submitted) order.Status = OrderStatus.Accepted;
                break;
            case ReportKind.Triggered:
                order.IsTriggered = true;
                order.Status = order.PendingRequests > 0 ? order.Status : OrderStatus.Triggered;
                break;
            case ReportKind.Replaced:
                ApplyReplaced(ref order, in report);
                break;
            case ReportKind.CancelRejected or ReportKind.ReplaceRejected:
                Answered(ref order);
                break;
            case ReportKind.Denied:
                FinishDenied(ref order, slot, in report);
                break;
            case ReportKind.Rejected:
                Finish(ref order, slot, OrderStatus.Rejected, in report);
                break;
            case ReportKind.Cancelled:
                Finish(ref order, slot, OrderStatus.Cancelled, in report);
                break;
            case ReportKind.Expired:
                Finish(ref order, slot, OrderStatus.Expired, in report);
                break;
        }

        return true;
    }

    private void ApplyFill(ref OrderRecord order, in ExecutionReport report)
    {
        Quantity filled = order.Filled + report.LastQuantity;
        if (report.LastQuantity.Raw <= 0 || filled > order.Quantity) ThrowOverfill(in order, in report);
        order.Filled = filled;
        decimal value = report.LastPrice.Times(report.LastQuantity);
        DecimalSum.Add(ref order.FilledValue, in value);
        if (Account.IsMultiplied(report.Instrument)) value *= Account.MultiplierOf(report.Instrument);

        BookTrade(in report, in value);
        if (filled == order.Quantity)
        {
            Finish(ref order, order.Id.Slot, OrderStatus.Filled, in report, report.LastQuantity);
        }
        else
        {
            AddWorkingQuantity(in order, -report.LastQuantity);
            if (order.PendingRequests == 0) order.Status = OrderStatus.PartiallyFilled;
        }
    }

    /// <param name="report">A fill.</param>
    /// <param name="value">Its price × quantity × multiplier.</param>
    private void BookTrade(in ExecutionReport report, in decimal value)
    {
        ref Position own = ref _books[report.Strategy.Index].PositionAt(report.Instrument.Index);
        ref Position total = ref Total.PositionAt(report.Instrument.Index);
        _fills.Add(in report, in value, in own, in total);
        CountBooked(report.Strategy, report.Instrument, report.Side == OrderSide.Sell ? -report.LastQuantity : report.LastQuantity);
        own.Enter(report.Side, report.LastQuantity, in value, in report.Fee, out decimal realised);

        // The position of a strategy alone is the account's: copied, it spares the decimals of a second booking.
        if (_books.Length == 1) total.TakeFill(in own);
        else total.Enter(report.Side, report.LastQuantity, in value, in report.Fee, out realised);
        Account.Apply(in report, in value, in realised);
    }

    private void ApplyReplaced(ref OrderRecord order, in ExecutionReport report)
    {
        if (report.LastQuantity != order.Quantity) order.IsUneven |= report.Reason != ReasonCode.None || (report.LastQuantity > order.Quantity && order.Filled.IsPositive);
        order.Quantity = report.LastQuantity;
        if (order.Type.TellsStop(order.IsTriggered)) order.StopPrice = report.LastPrice;
        else order.LimitPrice = report.LastPrice;

        // A reason beside it says that the venue did it by itself, so no request of ours is answered.
        if (report.Reason == ReasonCode.None) Answered(ref order);
        else if (order.PendingRequests == 0) Reserve(ref order, order.Quantity);
        if (order.Filled == order.Quantity) Finish(ref order, order.Id.Slot, OrderStatus.Filled, in report);
    }

    private void Answered(ref OrderRecord order)
    {
        if (order.PendingRequests > 0) order.PendingRequests--;
        Reserve(ref order, order.PendingRequests == 0 ? order.Quantity : Quantity.Max(order.Reserved, order.Quantity));
        if (order.PendingRequests == 0) order.Status = order.Filled.IsZero ? OrderStatus.Accepted : OrderStatus.PartiallyFilled;
    }

    private void Reserve(ref OrderRecord order, Quantity quantity)
    {
        AddWorkingQuantity(in order, quantity - order.Reserved);
        order.Reserved = quantity;
    }

    private void FinishDenied(ref OrderRecord order, int slot, in ExecutionReport report)
    {
        if (Instruments.Has(order.Instrument))
        {
            Finish(ref order, slot, OrderStatus.Denied, in report);
            return;
        }

        order.Status = OrderStatus.Denied;
        order.Reason = report.Reason;
        order.DoneTime = report.ReceivedTime;
        Orders.Release(slot);
    }

    private void Finish(ref OrderRecord order, int slot, OrderStatus status, in ExecutionReport report, Quantity lastFill = default)
    {
        // A fill has raised `Filled` already but not yet left the working sums.
        Quantity working = order.Reserved - order.Filled + lastFill;
        order.Status = status;
        order.Reason = report.Reason;
        order.DoneTime = report.ReceivedTime;
        AddWorking(in order, -1, -working);
        Unlink(ref order);
        Orders.Release(slot);
    }

    private void AddWorking(in OrderRecord order, int orders, Quantity quantity)
    {
        Book book = _books[order.Strategy.Index];
        book.WorkingOrders += orders;
        Total.WorkingOrders += orders;
        book.ExposureAt(order.Instrument.Index).Orders += orders;
        Total.ExposureAt(order.Instrument.Index).Orders += orders;
        AddWorkingQuantity(in order, quantity);
    }

    private void AddWorkingQuantity(in OrderRecord order, Quantity quantity)
    {
        // It cannot enlarge a position, so that it takes no room under a limit.
        if ((order.Flags & OrderFlags.ReduceOnly) != 0) return;
        ref Exposure own = ref _books[order.Strategy.Index].ExposureAt(order.Instrument.Index);
        ref Exposure total = ref Total.ExposureAt(order.Instrument.Index);
        if (order.Side == OrderSide.Buy)
        {
            own.Buying += quantity;
            total.Buying += quantity;
        }
        else
        {
            own.Selling += quantity;
            total.Selling += quantity;
        }
    }

    private void Link(ref OrderRecord order, int slot)
    {
        ref Exposure own = ref _books[order.Strategy.Index].ExposureAt(order.Instrument.Index);
        order.Previous = own.Last;
        order.Next = -1;
        if (own.Last >= 0) Orders.At(own.Last).Next = slot;
        else own.First = slot;
        own.Last = slot;
    }

    private void Unlink(ref OrderRecord order)
    {
        ref Exposure own = ref _books[order.Strategy.Index].ExposureAt(order.Instrument.Index);
        if (order.Previous >= 0) Orders.At(order.Previous).Next = order.Next;
        else own.First = order.Next;
        if (order.Next >= 0) Orders.At(order.Next).Previous = order.Previous;
        else own.Last = order.Previous;
    }

    private static void ThrowOverfill(in OrderRecord order, in ExecutionReport report) =>
        throw new InvalidOperationException(
            $"Order {order.Id} of {order.Quantity} had {order.Filled} filled and was reported another fill of {report.LastQuantity}: the venue filled more than was ordered.");
}
