using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// What one broker or venue does differently, as data: which header and logon fields it wants, how it names instruments and wants orders named, which
/// order types, times in force and requests it knows, and what it leaves out of its reports. Immutable; <see cref="FixDialects"/> has the known ones, and
/// <c>with</c> adapts them.
/// </summary>
public sealed record FixDialect
{
    public required string Name { get; init; }

    /// <summary>Such as <c>FIX.4.4</c> or <c>FIXT.1.1</c>.</summary>
    public required string BeginString { get; init; }

    /// <summary>Tag 1137 of a FIXT logon.</summary>
    public string DefaultApplVerId { get; init; } = "";

    public LogonProof Logon { get; init; } = LogonProof.Password;

    /// <summary>Further logon fields with constant values, such as Binance's 25035.</summary>
    public IReadOnlyList<(int Tag, string Value)> LogonFields { get; init; } = [];

    /// <summary>What the settings of a session must say.</summary>
    public SessionDemands Session { get; init; } = SessionDemands.Nothing;

    /// <summary>Tag 57 of the order session, empty for none.</summary>
    public string TargetSubId { get; init; } = "";

    /// <summary>Tag 50 of the order session, empty for any.</summary>
    public string SenderSubId { get; init; } = "";

    public InstrumentNaming Naming { get; init; }

    /// <summary>Tag 22 beside a SecurityID.</summary>
    public string SecurityIdSource { get; init; } = "";

    /// <summary>The form of our names in tag 11.</summary>
    public OrderNaming OrderNames { get; init; }

    /// <summary>The longest name that tag 11 takes; an order or request whose name would be longer is refused here.</summary>
    public int OrderNameLengthMax { get; init; } = ClOrdIdText.BytesMax;

    /// <summary>The order types it takes and their letters in tag 40; any other is refused here.</summary>
    public required IReadOnlyDictionary<OrderType, char> OrderTypes { get; init; }

    /// <summary>The times in force it takes and their letters in tag 59; any other is refused here.</summary>
    public required IReadOnlyDictionary<TimeInForce, char> TimesInForce { get; init; }

    /// <summary>
    /// The times in force of order types that do not take all of them; any other is refused here. A market order "until cancelled" belongs to those of
    /// a venue whose market orders never rest, because it says no more than that the order has no end of its own.
    /// </summary>
    public IReadOnlyDictionary<OrderType, IReadOnlyList<TimeInForce>> TimesOfTypes { get; init; } = new Dictionary<OrderType, IReadOnlyList<TimeInForce>>();

    /// <summary>Order types whose messages carry no TimeInForce (59).</summary>
    public IReadOnlyList<OrderType> TypesWithoutTime { get; init; } = [];

    public TriggerStyle Trigger { get; init; }

    public PostOnlyStyle PostOnly { get; init; }

    /// <summary>ExecInst (18) = E, do not increase.</summary>
    public bool HasReduceOnly { get; init; }

    /// <summary>The tag that limits what is shown: 111 or 1138; zero where icebergs are refused.</summary>
    public int DisplayQuantityTag { get; init; }

    /// <summary>HandlInst (21) = 1 in orders and replaces, which FIX 4.2 demands.</summary>
    public bool SendsHandlInst { get; init; }

    /// <summary>TransactTime (60) in new orders.</summary>
    public bool SendsTransactTime { get; init; } = true;

    /// <summary>ExpireTime (126) in whole seconds.</summary>
    public bool ExpiresAtSeconds { get; init; }

    /// <summary>
    /// The venue answers with a ClOrdID of its own and ours in OrigClOrdID, and a request names the order by the venue's ClOrdID in OrigClOrdID. Requests
    /// have no names of their own then.
    /// </summary>
    public bool NamesOrdersItself { get; init; }

    /// <summary>What a cancel repeats.</summary>
    public RequestFields CancelFields { get; init; } =
        RequestFields.Account | RequestFields.OrderId | RequestFields.Quantity | RequestFields.Instrument | RequestFields.Side | RequestFields.TransactTime;

    /// <summary>What a replace repeats; quantity and prices are always said.</summary>
    public RequestFields ReplaceFields { get; init; } = RequestFields.All;

    /// <summary>What a status request repeats.</summary>
    public RequestFields StatusFields { get; init; } = RequestFields.Account | RequestFields.OrderId | RequestFields.Instrument | RequestFields.Side;

    /// <summary>OrderCancelReplaceRequest (G); without it a replace is refused here.</summary>
    public bool HasReplace { get; init; } = true;

    /// <summary>The order types that can be replaced; empty for all.</summary>
    public IReadOnlyList<OrderType> ReplaceableTypes { get; init; } = [];

    /// <summary>What is asked for each working order after a logon where there is no mass request, and for each that its answer left out.</summary>
    public OrderStatusStyle OrderStatus { get; init; } = OrderStatusStyle.Request;

    /// <summary>OrderMassStatusRequest (AF) for everything, asked after each logon.</summary>
    public bool HasMassStatus { get; init; }

    /// <summary>OrderMassCancelRequest (q) for everything.</summary>
    public bool HasMassCancel { get; init; }

    /// <summary>RequestForPositions (AN), asked after each logon.</summary>
    public PositionRequestStyle Positions { get; init; }

    /// <summary>FIX 4.2: fills are ExecType 1 and 2, busts and corrections ExecTransType (20) 1 and 2.</summary>
    public bool HasExecTransType { get; init; }

    /// <summary>The tag that says what all fills of an order are worth, where there is no AvgPx (6); zero for none.</summary>
    public int FilledValueTag { get; init; }

    /// <summary>Decimals of time stamps; a session's may be coarser.</summary>
    public TimestampPrecision TimestampPrecision { get; init; } = TimestampPrecision.Milliseconds;

    public MarketDataDialect MarketData { get; init; } = new();

    /// <summary>Throws an <see cref="ArgumentException"/> that names the dialect and what does not go together.</summary>
    public FixDialect Validated()
    {
        if ((BeginString == "FIXT.1.1") != (DefaultApplVerId.Length > 0))
            throw new ArgumentException($"FIX dialect {Name}: DefaultApplVerId belongs to FIXT.1.1, and FIXT.1.1 needs it.");
        if (Naming == InstrumentNaming.SecurityId && SecurityIdSource.Length == 0) throw new ArgumentException($"FIX dialect {Name}: a SecurityID needs its source.");
        if (!OrderTypes.ContainsKey(OrderType.Limit) && !OrderTypes.ContainsKey(OrderType.Market))
            throw new ArgumentException($"FIX dialect {Name} takes neither market nor limit orders.");
        if (TimesInForce.Count == 0) throw new ArgumentException($"FIX dialect {Name} takes no time in force.");
        foreach ((OrderType type, IReadOnlyList<TimeInForce> times) in TimesOfTypes)
        {
            if (times.FirstOrDefault(time => !TimesInForce.ContainsKey(time), TimeInForce.Gtc) is var unknown and not TimeInForce.Gtc)
                throw new ArgumentException($"FIX dialect {Name}: {type} orders take {unknown}, which has no letter.");
        }

        if (DisplayQuantityTag is not (0 or Tags.MaxFloor or Tags.DisplayQty)) throw new ArgumentException($"FIX dialect {Name}: the display quantity is tag 111 or 1138.");
        if (OrderNames == OrderNaming.Uuid && OrderNameLengthMax < ClOrdIdText.UuidBytes) throw new ArgumentException($"FIX dialect {Name}: a UUID has {ClOrdIdText.UuidBytes} characters.");
        return this;
    }

    /// <summary>
    /// Throws a <see cref="FixSettingsException"/> for the first thing in a session's settings that this broker does not take. Call it with what the settings file
    /// says, before anything connects.
    /// </summary>
    public void Check(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Session.WrongIn(settings, this) is { } wrong) throw new FixSettingsException($"The FIX session {settings.Id} cannot work with {Name}: {wrong}.");
    }
}
