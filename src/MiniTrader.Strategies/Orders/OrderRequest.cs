using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// What a strategy wants of an order, by name; everything left out has the plainest meaning. Side, instrument and quantity are
/// always needed.
/// </summary>
public struct OrderRequest
{
    public OrderRequest() => Type = null;

    public InstrumentId Instrument { get; init; }

    public OrderSide Side { get; init; }

    /// <summary>Always positive.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Left out, it follows from the prices: limit, stop, stop-limit, or market where there is neither.</summary>
    public OrderType? Type { get; init; }

    /// <summary>The worst price; of a pegged order the price that it never goes beyond.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The trigger; of a trailing stop the first one, which otherwise follows from the market.</summary>
    public Price? StopPrice { get; init; }

    /// <summary>
    /// A distance in <see cref="OffsetUnit"/>: of a trailing stop from the market, above zero; of a pegged order what is added to
    /// <see cref="Peg"/>, of either sign. Three ticks are <c>Price.Parse("3")</c>.
    /// </summary>
    public Price Offset { get; init; }

    /// <summary>How far beyond its stop price the limit of a trailing stop-limit lies, in <see cref="OffsetUnit"/>.</summary>
    public Price LimitOffset { get; init; }

    public OffsetUnit OffsetUnit { get; init; }

    /// <summary>A trailing stop begins to follow when the market has come this far in its favour.</summary>
    public Price? ActivationPrice { get; init; }

    /// <summary>What a pegged order follows.</summary>
    public PegReference Peg { get; init; }

    public TimeInForce TimeInForce { get; init; }

    public OrderFlags Flags { get; init; }

    public TriggerSource Trigger { get; init; }

    /// <summary>For good-till-date.</summary>
    public Timestamp ExpireTime { get; init; }

    /// <summary>What an iceberg shows; zero shows all.</summary>
    public Quantity DisplayQuantity { get; init; }

    /// <summary>
    /// How far beyond the best opposite price an order without a limit may trade, in <see cref="ProtectionUnit"/>; zero means no limit.
    /// </summary>
    public Price Protection { get; init; }

    public OffsetUnit ProtectionUnit { get; init; }

    public SelfTradePrevention SelfTrade { get; init; }

    /// <summary>The order that works already and whose fills release this one.</summary>
    public ClientOrderId Parent { get; init; }

    /// <summary>In a list, the place of the earlier order whose fills release this one; the first has place 0.</summary>
    public int? ParentLeg { get; init; }

    /// <summary>When its parent's fills release it.</summary>
    public ChildRelease Release { get; init; }

    /// <summary>In a list, what a fill of one order does to the others that have the same parent and the same contingency.</summary>
    public Contingency Contingency { get; init; }

    /// <summary>A mark of the user's own that comes back on every report and fill.</summary>
    public int Tag { get; init; }

    /// <summary>The type as given, or as it follows from the prices.</summary>
    internal readonly OrderType ResolvedType => Type ?? (LimitPrice, StopPrice) switch
    {
        (null, null) => OrderType.Market,
        (not null, null) => OrderType.Limit,
        (null, not null) => OrderType.Stop,
        _ => OrderType.StopLimit,
    };

    /// <exception cref="ArgumentOutOfRangeException">An enumeration has a value that does not exist; the sentence names it.</exception>
    internal readonly void Check()
    {
        const OrderFlags AllFlags = OrderFlags.PostOnly | OrderFlags.ReduceOnly | OrderFlags.Hidden | OrderFlags.PostOnlyReprice;
        if (Side > OrderSide.Sell || Type > OrderType.Pegged || TimeInForce > TimeInForce.AtClose || (Flags & ~AllFlags) != 0
            || Trigger > TriggerSource.DoubleLast || SelfTrade > SelfTradePrevention.Decrement || Peg > PegReference.BestAsk
            || OffsetUnit > OffsetUnit.BasisPoints || ProtectionUnit > OffsetUnit.BasisPoints
            || Contingency > Contingency.Ouo || Release > ChildRelease.WhenFilled)
            ThrowUndefined(in this);
    }

    /// <summary>Writes all that the request says into an empty command, except for what only a list has.</summary>
    internal readonly void WriteTo(ref OrderCommand command)
    {
        command.Side = Side;
        command.Type = ResolvedType;
        command.TimeInForce = TimeInForce;
        command.Flags = Flags;
        command.Trigger = Trigger;
        command.Tag = Tag;
        command.Quantity = Quantity;
        command.LimitPrice = command.Type == OrderType.TrailingStopLimit ? LimitOffset : LimitPrice ?? Price.Zero;
        command.StopPrice = StopPrice ?? Price.Zero;
        command.ExpireTime = ExpireTime;
        command.DisplayQuantity = DisplayQuantity;
        command.Offset = Offset;
        command.OffsetUnit = OffsetUnit;
        command.ActivationPrice = ActivationPrice ?? Price.Zero;
        command.Peg = Peg;
        command.Protection = Protection;
        command.ProtectionUnit = ProtectionUnit;
        command.SelfTrade = SelfTrade;
        command.Parent = Parent;
        command.Release = Release;
    }

    private static void ThrowUndefined(in OrderRequest request)
    {
        Enum[] words =
        [
            request.Side, request.ResolvedType, request.TimeInForce, request.Trigger, request.SelfTrade, request.Peg,
            request.OffsetUnit, request.ProtectionUnit, request.Contingency, request.Release,
        ];
        Enum wrong = words.FirstOrDefault(w => !Enum.IsDefined(w.GetType(), w)) ?? request.Flags;
        throw new ArgumentOutOfRangeException(nameof(request), $"An order has the {wrong.GetType().Name} {wrong}, which does not exist.");
    }
}
