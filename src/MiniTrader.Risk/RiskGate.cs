using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// Judges every command before it may leave, against the books as they stand. Engine thread only; nothing is allocated after
/// the constructor. A command that is allowed must be told to the ledger before the next one is judged. In this order:
/// <list type="number">
/// <item>A cancel is denied only when there is nothing to cancel: taking risk away is never refused.</item>
/// <item>The kill switch denies every new order and replace.</item>
/// <item>Form: instrument, side, quantity and its lots, prices that the type needs and their ticks, time in force.</item>
/// <item>Size: quantity, price collar, notional.</item>
/// <item>Sum: position with everything on that side filled, open orders.</item>
/// <item>The day's loss; then only what makes a position smaller.</item>
/// <item>Cash, where the account may not borrow.</item>
/// <item>Message rate, last, so that only what leaves counts.</item>
/// </list>
/// A value equal to its limit is allowed. A replace is judged by its new form and price, and by what it adds to the order. A reduce-only
/// order can only bring its strategy's position nearer to flat: the day's loss does not hold it back, and sums do only where other orders that work
/// on its side would then go beyond them.
/// </summary>
public sealed class RiskGate
{
    /// <summary>
    /// The largest position, about 4.6e9 units, where no limit is set: twice it still fits in 64 bits, so the books' sums
    /// cannot overflow.
    /// </summary>
    public const long LargestPositionRaw = (1L << 62) - 1;

    private readonly Ledger _ledger;
    private readonly CompiledLimits[] _limits;
    private readonly MessageWindow? _messages;
    private readonly DailyLoss _loss;
    private readonly CashRule? _cash;
    private readonly long[] _denials = new long[(int)ReasonCode.UnsupportedOrderType];
    private readonly Denial[] _lastDenials = new Denial[(int)ReasonCode.UnsupportedOrderType];
    private Denial _lastDenial;

    /// <param name="ledger">The books that are judged against.</param>
    /// <param name="limits">The limits; an exception for an instrument that the session does not have is refused.</param>
    /// <param name="killSwitch">The session's switch, where other threads hold it too.</param>
    /// <exception cref="ArgumentException">A limit is not possible; the sentence names it.</exception>
    public RiskGate(Ledger ledger, RiskLimits limits, KillSwitch? killSwitch = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(limits);
        limits.Validated();
        foreach (string name in limits.Exceptions.Keys.Where(name => !ledger.Instruments.Any(i => i.Name == name || i.Symbol == name)))
        {
            throw new ArgumentException(
                $"Risk limits are set for '{name}', which the session does not have. It has: {string.Join(", ", ledger.Instruments.Take(20).Select(i => i.Name))}.");
        }

        _ledger = ledger;
        _limits = [.. ledger.Instruments.Select((instrument, i) =>
            new CompiledLimits(instrument, limits.For(instrument), ledger.Account.RateOf(new InstrumentId(i))))];
        if (limits.MaxMessagesPerSecond is int rate) _messages = new MessageWindow(rate, Timestamp.NanosecondsPerSecond);
        if (limits.CashAccountFeeBasisPoints is int fee) _cash = new CashRule(ledger, fee);
        KillSwitch = killSwitch ?? new KillSwitch();
        _loss = new DailyLoss(ledger.Account, limits, KillSwitch);
    }

    // The latest exit of a list that takes a profit.
    private (long List, ClientOrderId Parent, Price Price) _target;

    public KillSwitch KillSwitch { get; }

    /// <summary>True while the day's loss leaves only orders that make a position smaller.</summary>
    public bool IsLossStopped => _loss.IsStopped;

    /// <summary>Why the latest denied command was denied.</summary>
    public ref readonly Denial LastDenial => ref _lastDenial;

    /// <summary>Commands denied so far.</summary>
    public long Denied { get; private set; }

    /// <summary>Commands denied so far for one reason.</summary>
    public long DeniedFor(ReasonCode code) => (int)code < _denials.Length ? _denials[(int)code] : 0;

    /// <summary>The latest denial for one reason; nothing of it is set while there is none.</summary>
    public ref readonly Denial LastDenialFor(ReasonCode code) => ref _lastDenials[(int)code];

    /// <summary>The latest denial as text.</summary>
    public string ExplainLastDenial() => _lastDenial.Explain(_ledger.Instruments);

    /// <summary>Lets time pass, so that a new day's loss is counted from its start. The engine does at the start, each minute and with each order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTime(Timestamp now) => _loss.OnTime(now);

    /// <summary>Judges the day's loss between orders, after a fill or by a timer; true when it is beyond its limit.</summary>
    public bool CheckLoss(Timestamp now)
    {
        _loss.OnTime(now);
        return _loss.IsBeyond();
    }

    /// <summary>Judges a command; <see cref="ReasonCode.None"/> lets it pass.</summary>
    public ReasonCode Check(in OrderCommand command, Timestamp now)
    {
        _loss.OnTime(now);
        ReasonCode code = command.Kind switch
        {
            CommandKind.New => CheckOrder(in command, command.Instrument, command.Side, command.Type, default, default, now),
            CommandKind.Replace => CheckReplace(in command, now),
            CommandKind.Cancel => CheckOwn(in command, now),
            CommandKind.CancelAll => CheckCancelAll(in command, now),
            _ => ThrowUnknownKind(command.Kind),
        };
        if (code == ReasonCode.None) _messages?.Add(now);
        return code;
    }

    private ReasonCode CheckOwn(in OrderCommand command, Timestamp now)
    {
        if (!_ledger.Orders.TryFind(command.ClientOrderId, out int slot)) return Deny(ReasonCode.UnknownOrder, in command, now);
        ref readonly OrderRecord order = ref _ledger.Orders[slot];
        if (order.IsWorking && order.Strategy == command.Strategy) return ReasonCode.None;
        return Deny(order.IsWorking ? ReasonCode.UnknownOrder : ReasonCode.OrderAlreadyDone, in command, now);
    }

    private ReasonCode CheckCancelAll(in OrderCommand command, Timestamp now) =>
        command.Instrument.IsNone || _ledger.Instruments.Has(command.Instrument) ? ReasonCode.None : DenyInstrument(in command, now);

    private ReasonCode DenyInstrument(in OrderCommand command, Timestamp now) =>
        Deny(ReasonCode.InvalidInstrument, in command, now, _limits.Length - 1, command.Instrument.Index);

    private ReasonCode CheckReplace(in OrderCommand command, Timestamp now)
    {
        ReasonCode code = CheckOwn(in command, now);
        if (code != ReasonCode.None) return code;
        ref readonly OrderRecord order = ref _ledger.Orders[command.ClientOrderId.Slot];
        return CheckOrder(in command, order.Instrument, order.Side, order.WorkingType, order.Filled, order.Reserved, now);
    }

    private ReasonCode CheckOrder(
        in OrderCommand command, InstrumentId instrument, OrderSide side, OrderType type, Quantity filled, Quantity reserved, Timestamp now)
    {
        if (KillSwitch.IsEngaged) return Deny(ReasonCode.KillSwitch, in command, now);
        if ((uint)instrument.Index >= (uint)_limits.Length) return DenyInstrument(in command, now);
        ref readonly CompiledLimits limits = ref _limits[instrument.Index];

        ReasonCode code = CheckForm(in command, in limits, side, type, now);
        if (code != ReasonCode.None) return code;
        if (command.ListId != 0 && command.Contingency == Contingency.Ouo)
        {
            code = CheckExits(in command, side, type, now);
            if (code != ReasonCode.None) return code;
        }

        code = CheckSize(in command, in limits, instrument, side, type, filled, now);
        if (code != ReasonCode.None) return code;
        code = CheckSums(in command, in limits, instrument, side, reserved, now);
        if (code != ReasonCode.None) return code;
        if (_cash is not null && (code = _cash.Check(in command, instrument, side, type, filled, reserved, out decimal available, out decimal needed)) != ReasonCode.None)
            return Deny(code, in command, now, available, needed);
        return _messages is null || _messages.HasRoom(now)
            ? ReasonCode.None
            : Deny(ReasonCode.MaxMessageRate, in command, now, _messages.Limit, _messages.Limit + 1m);
    }

    private ReasonCode CheckForm(in OrderCommand command, in CompiledLimits limits, OrderSide side, OrderType type, Timestamp now)
    {
        if (side is not (OrderSide.Buy or OrderSide.Sell)) return Deny(ReasonCode.InvalidSide, in command, now, 0, (int)side);

        long quantity = command.Quantity.Raw;
        if (quantity <= 0) return Deny(ReasonCode.InvalidQuantity, in command, now, 0, command.Quantity.ToDecimal());
        if (quantity % limits.LotSize != 0)
            return Deny(ReasonCode.QuantityNotLotMultiple, in command, now, new Quantity(limits.LotSize).ToDecimal(), command.Quantity.ToDecimal());
        long display = command.DisplayQuantity.Raw;
        if (display != 0 && (display < 0 || display > quantity || display % limits.LotSize != 0))
            return Deny(ReasonCode.InvalidQuantity, in command, now, command.Quantity.ToDecimal(), command.DisplayQuantity.ToDecimal());

        if (type.NeedsLimitPrice() && !IsPrice(command.LimitPrice, in limits, out ReasonCode code))
            return Deny(code, in command, now, new Price(limits.TickSize).ToDecimal(), command.LimitPrice.ToDecimal());
        if (type.NeedsStopPrice() && !IsPrice(command.StopPrice, in limits, out code))
            return Deny(code, in command, now, new Price(limits.TickSize).ToDecimal(), command.StopPrice.ToDecimal());
        if (type.Follows())
        {
            code = FollowForm(in command, in limits, type);
            if (code != ReasonCode.None) return Deny(code, in command, now, new Price(limits.TickSize).ToDecimal(), command.Offset.ToDecimal());
        }

        if (command.Protection.Raw < 0) return Deny(ReasonCode.InvalidOffset, in command, now, 0, command.Protection.ToDecimal());
        if (command.TimeInForce > TimeInForce.AtClose || (command.TimeInForce == TimeInForce.Gtd && command.Kind == CommandKind.New && command.ExpireTime <= now))
            return Deny(ReasonCode.InvalidTimeInForce, in command, now, 0, (int)command.TimeInForce);
        return ReasonCode.None;
    }

    /// <summary>
    /// Of two exits of one parent in one list the one that takes the profit stands on the better side of the stop; at the same price, or the wrong way
    /// round, one would act as soon as the entry has filled.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReasonCode CheckExits(in OrderCommand command, OrderSide side, OrderType type, Timestamp now)
    {
        if (command.Kind != CommandKind.New || command.Parent.IsNone) return ReasonCode.None;
        if (type is OrderType.Limit or OrderType.LimitIfTouched or OrderType.MarketIfTouched)
        {
            // The price at which the profit is taken at the earliest.
            _target = (command.ListId, command.Parent, type == OrderType.Limit ? command.LimitPrice : command.StopPrice);
            return ReasonCode.None;
        }

        bool isPair = _target.List == command.ListId && _target.Parent == command.Parent;
        if (!isPair || !type.HasTrigger() || command.StopPrice.IsZero) return ReasonCode.None;
        bool isBetter = side == OrderSide.Sell ? _target.Price > command.StopPrice : _target.Price < command.StopPrice;
        return isBetter ? ReasonCode.None : Deny(ReasonCode.InvalidPrice, in command, now, _target.Price.ToDecimal(), command.StopPrice.ToDecimal());
    }

    private ReasonCode CheckSize(
        in OrderCommand command, in CompiledLimits limits, InstrumentId instrument, OrderSide side, OrderType type, Quantity filled, Timestamp now)
    {
        if (command.Quantity.Raw > limits.MaxOrderQuantity)
            return Deny(ReasonCode.MaxOrderQuantity, in command, now, new Quantity(limits.MaxOrderQuantity).ToDecimal(), command.Quantity.ToDecimal());
        if (!limits.NeedsReference) return ReasonCode.None;

        ref readonly Mark mark = ref _ledger.Marks[instrument];
        if (!mark.IsKnown) return Deny(ReasonCode.NoReferencePrice, in command, now);
        Int128 market = mark.Value.Raw;
        bool hasLimit = type.NeedsLimitPrice();
        bool hasStop = type.NeedsStopPrice();

        // What an order with a stop pays is bound to its stop price: the market will stand there when the limit begins to work.
        if (hasLimit)
        {
            Int128 reference = hasStop ? command.StopPrice.Raw : market;
            Int128 adverse = side == OrderSide.Buy ? command.LimitPrice.Raw - reference : reference - command.LimitPrice.Raw;
            if (!limits.IsWithinCollar(adverse, reference))
                return Deny(ReasonCode.PriceCollar, in command, now, ToDecimal(reference), command.LimitPrice.ToDecimal());
        }

        // A bought limit is the most that can be paid; everything else counts at the higher of its own price and the market's.
        Int128 price = Int128.Abs(hasLimit ? command.LimitPrice.Raw : hasStop ? command.StopPrice.Raw : market);
        if (!hasLimit || side == OrderSide.Sell) price = Int128.Max(price, Int128.Abs(market));
        long open = Math.Max(0, command.Quantity.Raw - filled.Raw);
        return price * open <= limits.MaxNotional
            ? ReasonCode.None
            : Deny(ReasonCode.MaxOrderNotional, in command, now, limits.ToMoney(limits.MaxNotional), limits.ToMoney(price * open));
    }

    private ReasonCode CheckSums(
        in OrderCommand command, in CompiledLimits limits, InstrumentId instrument, OrderSide side, Quantity reserved, Timestamp now)
    {
        bool isReduceOnly = (command.Flags & OrderFlags.ReduceOnly) != 0;
        long more = Math.Max(0, command.Quantity.Raw - reserved.Raw), added = isReduceOnly ? 0 : more;
        ref readonly Exposure working = ref _ledger.Total.ExposureOf(instrument);

        // Both seen from the order's side: what is held in its direction, and what that becomes when everything there fills.
        Int128 held = side == OrderSide.Buy ? _ledger.Total[instrument].Quantity.Raw : -(Int128)_ledger.Total[instrument].Quantity.Raw;
        Int128 worst = held + (side == OrderSide.Buy ? working.Buying.Raw : working.Selling.Raw) + added;
        Int128 most = worst + WorstCase.MostReduced(_ledger, instrument, side);
        if (more > 0 && most > limits.MaxPosition && (most = held + WorstCase.Of(_ledger, instrument, side, in command)) > limits.MaxPosition)
            return Deny(ReasonCode.MaxPosition, in command, now, new Quantity(limits.MaxPosition).ToDecimal(), ToDecimal(most));
        if (command.Kind == CommandKind.Replace && command.Quantity < reserved)
        {
            // An order that becomes smaller may leave its children more to do than it will bring.
            Int128 other = (side == OrderSide.Buy ? working.Selling.Raw : working.Buying.Raw) - held + WorstCase.MostReduced(_ledger, instrument, side.Opposite());
            if (other > limits.MaxPosition && (other = WorstCase.Of(_ledger, instrument, side.Opposite(), in command) - held) > limits.MaxPosition)
                return Deny(ReasonCode.MaxPosition, in command, now, new Quantity(limits.MaxPosition).ToDecimal(), ToDecimal(other));
        }

        if (command.Kind == CommandKind.New)
        {
            int orders = _ledger.BookOf(command.Strategy).ExposureOf(instrument).Orders;
            if (orders >= limits.MaxOpenOrders) return Deny(ReasonCode.MaxOpenOrders, in command, now, limits.MaxOpenOrders, orders + 1m);
        }

        // Worst at most zero: even when all of it fills, the position is only brought nearer to flat. Whoever closes it now need not first cancel his exits.
        if (worst > 0 && !isReduceOnly && _loss.IsBeyond() && held + WorstCase.Of(_ledger, instrument, side, in command, countsReduceOnly: false) > 0)
            return Deny(ReasonCode.MaxDailyLoss, in command, now, _loss.Limit, _loss.LastLoss);
        return ReasonCode.None;
    }

    /// <summary>
    /// Of an order that follows the market only what it brings along can be judged: the distance, a first stop price, an activation price
    /// and a pegged order's cap. It counts at the market's price.
    /// </summary>
    private static ReasonCode FollowForm(in OrderCommand command, in CompiledLimits limits, OrderType type)
    {
        bool trails = type.HasTrigger();
        if (command.OffsetUnit > OffsetUnit.BasisPoints || (trails && command.Offset.Raw <= 0)) return ReasonCode.InvalidOffset;
        if (trails && type.HasLimit() && command.LimitPrice.Raw < 0) return ReasonCode.InvalidOffset;
        if (!trails && command.Peg is PegReference.None or > PegReference.BestAsk) return ReasonCode.InvalidOffset;
        if (!command.StopPrice.IsZero && !IsPrice(command.StopPrice, in limits, out ReasonCode code)) return code;
        if (!command.ActivationPrice.IsZero && !IsPrice(command.ActivationPrice, in limits, out code)) return code;
        return trails || command.LimitPrice.IsZero || IsPrice(command.LimitPrice, in limits, out code) ? ReasonCode.None : code;
    }

    private static bool IsPrice(Price price, in CompiledLimits limits, out ReasonCode code)
    {
        code = price.Raw == 0 || (price.Raw < 0 && !limits.MayBeNegative) ? ReasonCode.InvalidPrice
            : price.Raw % limits.TickSize != 0 ? ReasonCode.PriceNotTickMultiple
            : ReasonCode.None;
        return code == ReasonCode.None;
    }

    private static decimal ToDecimal(Int128 raw) => (decimal)raw / FixedPoint.One;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReasonCode Deny(ReasonCode code, in OrderCommand command, Timestamp now, decimal limit = 0, decimal value = 0)
    {
        _lastDenial = new(code, command.Instrument, command.Strategy, command.ClientOrderId, now, limit, value);
        _lastDenials[(int)code] = _lastDenial;
        _denials[(int)code]++;
        Denied++;
        return code;
    }

    private static ReasonCode ThrowUnknownKind(CommandKind kind) =>
        throw new InvalidOperationException($"A command of kind {kind} cannot be judged; the engine routes only new orders, replaces, cancels and cancels of everything.");
}
