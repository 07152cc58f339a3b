using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>The known dialects, after each broker's public document. Adapt one with <c>with</c> where an account differs.</summary>
public static class FixDialects
{
    private static readonly Dictionary<OrderType, char> _marketLimitStops = new()
    {
        [OrderType.Market] = '1',
        [OrderType.Limit] = '2',
        [OrderType.Stop] = '3',
        [OrderType.StopLimit] = '4',
    };

    private static readonly Dictionary<TimeInForce, char> _allTimes = new()
    {
        [TimeInForce.Day] = '0',
        [TimeInForce.Gtc] = '1',
        [TimeInForce.AtOpen] = '2',
        [TimeInForce.Ioc] = '3',
        [TimeInForce.Fok] = '4',
        [TimeInForce.Gtd] = '6',
        [TimeInForce.AtClose] = '7',
    };

    private static readonly Dictionary<TimeInForce, char> _gtcIocFok = new() { [TimeInForce.Gtc] = '1', [TimeInForce.Ioc] = '3', [TimeInForce.Fok] = '4' };

    /// <summary>The FIX 4.2 standard: HandlInst in orders, ExecTransType in reports.</summary>
    public static FixDialect Fix42 { get; } = new()
    {
        Name = "fix42",
        BeginString = "FIX.4.2",
        OrderTypes = _marketLimitStops,
        TimesInForce = _allTimes,
        SendsHandlInst = true,
        HasExecTransType = true,
        DisplayQuantityTag = Tags.MaxFloor,
        PostOnly = PostOnlyStyle.ParticipateDoNotInitiate,
    };

    /// <summary>The FIX 4.4 standard.</summary>
    public static FixDialect Fix44 { get; } = new()
    {
        Name = "fix44",
        BeginString = "FIX.4.4",
        OrderTypes = new Dictionary<OrderType, char>(_marketLimitStops) { [OrderType.MarketIfTouched] = 'J', [OrderType.MarketToLimit] = 'K' },
        TimesInForce = _allTimes,
        DisplayQuantityTag = Tags.MaxFloor,
        PostOnly = PostOnlyStyle.ParticipateDoNotInitiate,
        HasReduceOnly = true,
        HasMassStatus = true,
        HasMassCancel = true,
        HasPositions = true,
    };

    /// <summary>
    /// cTrader, Rules of Engagement (help.ctrader.com/fix): quotes and trades are sessions told apart by TargetSubID, numbers start again with each
    /// logon, an instrument is its number, and a request names no instrument but that of the new order.
    /// </summary>
    public static FixDialect CTrader { get; } = new()
    {
        Name = "ctrader",
        BeginString = "FIX.4.4",
        TargetSubId = "TRADE",
        SenderSubId = "TRADE",
        OrderTypes = new Dictionary<OrderType, char> { [OrderType.Market] = '1', [OrderType.Limit] = '2', [OrderType.Stop] = '3' },
        TimesInForce = new Dictionary<TimeInForce, char> { [TimeInForce.Gtc] = '1', [TimeInForce.Ioc] = '3', [TimeInForce.Gtd] = '6' },
        SendsOrderDetailsInCancel = false,
        NamesInstrumentInCancel = false,
        HasMassStatus = true,
        HasPositions = true,
        MarketData = new() { TargetSubId = "QUOTE", SenderSubId = "QUOTE", HasEntryIds = true },
    };

    /// <summary>
    /// LMAX Exchange, FIX trading and market data: instruments by SecurityID with source 8, full refreshes of the book only, names of orders of at most 20
    /// characters, and market data from a session of its own.
    /// </summary>
    public static FixDialect Lmax { get; } = new()
    {
        Name = "lmax",
        BeginString = "FIX.4.4",
        Naming = InstrumentNaming.SecurityId,
        SecurityIdSource = "8",
        OrderTypes = _marketLimitStops,
        TimesInForce = new Dictionary<TimeInForce, char>
        {
            [TimeInForce.Day] = '0',
            [TimeInForce.Gtc] = '1',
            [TimeInForce.Ioc] = '3',
            [TimeInForce.Fok] = '4',
        },
        SendsOrderId = false,
        MarketData = new() { UpdateType = 0 },
    };

    /// <summary>
    /// Binance spot (developers.binance.com, FIX API): logon signed with Ed25519, MessageHandling 2 for messages in order, no replaces and no status
    /// requests, order names of at most 36 letters, digits, dashes and underscores.
    /// </summary>
    public static FixDialect Binance { get; } = new()
    {
        Name = "binance",
        BeginString = "FIX.4.4",
        Logon = LogonProof.Ed25519,
        LogonFields = [(25035, "2")],
        OrderTypes = _marketLimitStops,
        TimesInForce = _gtcIocFok,
        PostOnly = PostOnlyStyle.ParticipateDoNotInitiate,
        DisplayQuantityTag = Tags.MaxFloor,
        SendsTransactTime = false,
        SendsOrderDetailsInCancel = false,
        HasReplace = false,
        HasOrderStatus = false,
        TimestampPrecision = TimestampPrecision.Microseconds,
        MarketData = new() { UpdateType = -1, Depth = 5_000, EntryTypes = "01" },
    };

    /// <summary>
    /// Coinbase Exchange (docs.cdp.coinbase.com, FIX 5.0 SP2): logon signed with HMAC-SHA256 over six fields, the passphrase as Password, post-only
    /// as ExecInst A.
    /// </summary>
    public static FixDialect Coinbase { get; } = new()
    {
        Name = "coinbase",
        BeginString = "FIXT.1.1",
        DefaultApplVerId = "9",
        Logon = LogonProof.Hmac,
        OrderTypes = new Dictionary<OrderType, char> { [OrderType.Market] = '1', [OrderType.Limit] = '2', [OrderType.StopLimit] = '4' },
        TimesInForce = new Dictionary<TimeInForce, char>(_gtcIocFok) { [TimeInForce.Gtd] = '6' },
        PostOnly = PostOnlyStyle.NoCross,
        SendsOrderDetailsInCancel = false,
        TimestampPrecision = TimestampPrecision.Milliseconds,
        MarketData = new() { HasRptSeq = true },
    };

    /// <summary>
    /// Deribit (docs.deribit.com, FIX API): a nonce in the logon whose hash with the secret is the Password, the venue names orders itself and puts
    /// our name into OrigClOrdID, post-only 6 and reduce-only E.
    /// </summary>
    public static FixDialect Deribit { get; } = new()
    {
        Name = "deribit",
        BeginString = "FIX.4.4",
        Logon = LogonProof.NonceHash,
        OrderTypes = _marketLimitStops,
        TimesInForce = new Dictionary<TimeInForce, char>(_gtcIocFok) { [TimeInForce.Day] = '0' },
        PostOnly = PostOnlyStyle.ParticipateDoNotInitiate,
        HasReduceOnly = true,
        DisplayQuantityTag = Tags.DisplayQty,
        NamesOrdersItself = true,
        HasMassStatus = true,
        HasMassCancel = true,
        HasPositions = true,
        MarketData = new() { UpdateType = 1 },
    };

    public static IReadOnlyList<FixDialect> All { get; } = [Fix42, Fix44, CTrader, Lmax, Binance, Coinbase, Deribit];

    /// <summary>The dialect of a name, or a throw that lists what there is.</summary>
    public static FixDialect Find(string name) => All.FirstOrDefault(dialect => dialect.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no FIX dialect '{name}'. There are: {string.Join(", ", All.Select(dialect => dialect.Name))}.");
}
