using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>How an instrument is named in messages.</summary>
public enum InstrumentNaming : byte
{
    /// <summary>By Symbol (55).</summary>
    Symbol,

    /// <summary>By SecurityID (48) with its source (22), and no Symbol.</summary>
    SecurityId,
}

/// <summary>How orders are told to add liquidity only.</summary>
public enum PostOnlyStyle : byte
{
    /// <summary>Not at all: such an order is refused here.</summary>
    None,

    /// <summary>ExecInst (18) = 6, participate but do not initiate.</summary>
    ParticipateDoNotInitiate,

    /// <summary>ExecInst (18) = A, no cross.</summary>
    NoCross,
}

/// <summary>How a logon proves who we are.</summary>
public enum LogonProof : byte
{
    /// <summary>Username (553) and Password (554), where the settings have them.</summary>
    Password,

    /// <summary>An Ed25519 signature in RawData (96).</summary>
    Ed25519,

    /// <summary>An HMAC-SHA256 in Base64, keyed with the Base64-decoded secret.</summary>
    Hmac,

    /// <summary>A nonce in RawData and in Password the SHA-256 of nonce and secret, both in Base64.</summary>
    NonceHash,
}

/// <summary>
/// What one broker or venue does differently, as data: which header and logon fields it wants, how it names instruments, which order types,
/// times in force and requests it knows, and what it leaves out of its reports. Immutable; <see cref="FixDialects"/> has the known ones, and
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

    /// <summary>Tag 57 of the order session, empty for none.</summary>
    public string TargetSubId { get; init; } = "";

    /// <summary>Tag 50 of the order session, empty for none.</summary>
    public string SenderSubId { get; init; } = "";

    public InstrumentNaming Naming { get; init; }

    /// <summary>Tag 22 beside a SecurityID.</summary>
    public string SecurityIdSource { get; init; } = "";

    /// <summary>The order types it takes and their letters in tag 40; any other is refused here.</summary>
    public required IReadOnlyDictionary<OrderType, char> OrderTypes { get; init; }

    /// <summary>The times in force it takes and their letters in tag 59; any other is refused here.</summary>
    public required IReadOnlyDictionary<TimeInForce, char> TimesInForce { get; init; }

    public PostOnlyStyle PostOnly { get; init; }

    /// <summary>ExecInst (18) = E, do not increase.</summary>
    public bool HasReduceOnly { get; init; }

    /// <summary>The tag that limits what is shown: 111 or 1138; zero where icebergs are refused.</summary>
    public int DisplayQuantityTag { get; init; }

    /// <summary>HandlInst (21) = 1 in orders and replaces, which FIX 4.2 demands.</summary>
    public bool SendsHandlInst { get; init; }

    /// <summary>TransactTime (60) in requests.</summary>
    public bool SendsTransactTime { get; init; } = true;

    /// <summary>OrderID (37) in cancels, replaces and status requests, once the venue has said it.</summary>
    public bool SendsOrderId { get; init; } = true;

    /// <summary>
    /// The venue answers with a ClOrdID of its own and ours in OrigClOrdID, and a request names the order by the venue's ClOrdID in OrigClOrdID.
    /// </summary>
    public bool NamesOrdersItself { get; init; }

    /// <summary>Account, side and quantity in cancels.</summary>
    public bool SendsOrderDetailsInCancel { get; init; } = true;

    /// <summary>The instrument in cancels.</summary>
    public bool NamesInstrumentInCancel { get; init; } = true;

    /// <summary>OrderCancelReplaceRequest (G); without it a replace is refused here.</summary>
    public bool HasReplace { get; init; } = true;

    /// <summary>OrderStatusRequest (H), asked for each working order after a logon where there is no mass request.</summary>
    public bool HasOrderStatus { get; init; } = true;

    /// <summary>OrderMassStatusRequest (AF), asked after each logon.</summary>
    public bool HasMassStatus { get; init; }

    /// <summary>OrderMassCancelRequest (q) for everything.</summary>
    public bool HasMassCancel { get; init; }

    /// <summary>RequestForPositions (AN), asked after each logon.</summary>
    public bool HasPositions { get; init; }

    /// <summary>FIX 4.2: fills are ExecType 1 and 2, busts and corrections ExecTransType (20) 1 and 2.</summary>
    public bool HasExecTransType { get; init; }

    /// <summary>Decimals of time stamps.</summary>
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
        if (DisplayQuantityTag is not (0 or Tags.MaxFloor or Tags.DisplayQty)) throw new ArgumentException($"FIX dialect {Name}: the display quantity is tag 111 or 1138.");
        return this;
    }
}

/// <summary>What a venue does differently in market data.</summary>
public sealed record MarketDataDialect
{
    /// <summary>Tag 57 of the market data session, where it differs from the order session's.</summary>
    public string TargetSubId { get; init; } = "";

    /// <summary>Tag 50 of the market data session.</summary>
    public string SenderSubId { get; init; } = "";

    /// <summary>MDUpdateType (265) in the request: 0 full refreshes, 1 incremental; −1 leaves it out.</summary>
    public int UpdateType { get; init; } = 1;

    /// <summary>MarketDepth (264): 0 full book, 1 best.</summary>
    public int Depth { get; init; }

    /// <summary>MDEntryTypes asked for in each request: 0 bid, 1 offer, 2 trade.</summary>
    public string EntryTypes { get; init; } = "01";

    /// <summary>Deletes and changes name an entry by MDEntryID (278) instead of by side and price.</summary>
    public bool HasEntryIds { get; init; }

    /// <summary>RptSeq (83) counts the changes of an instrument, and a gap in it asks for a new snapshot.</summary>
    public bool HasRptSeq { get; init; }
}
