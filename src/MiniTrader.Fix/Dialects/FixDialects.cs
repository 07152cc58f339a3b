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

    private static readonly RequestFields _cancelByName = RequestFields.OrderId | RequestFields.Instrument;

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
        Positions = PositionRequestStyle.Standard,
    };

    /// <summary>
    /// cTrader, "cTrader FIX engine, rules of engagement" (help.ctrader.com/fix/specification): quotes and trades are sessions told apart by TargetSubID, numbers
    /// start again with each logon, an instrument is its number, and the venue tells the time in force by type and expiry. Requests repeat nothing of
    /// their order but what they change. A fill states quantity and average price, and has neither an ExecID nor a price of its own.
    /// </summary>
    public static FixDialect CTrader { get; } = new()
    {
        Name = "ctrader",
        BeginString = "FIX.4.4",
        Session = new() { TargetCompId = "CSERVER", StartsOver = true, HasUsername = true, HasPassword = true },
        TargetSubId = "TRADE",
        OrderTypes = new Dictionary<OrderType, char> { [OrderType.Market] = '1', [OrderType.Limit] = '2', [OrderType.Stop] = '3' },
        TimesInForce = new Dictionary<TimeInForce, char> { [TimeInForce.Gtc] = '1', [TimeInForce.Ioc] = '3', [TimeInForce.Gtd] = '6' },
        TimesOfTypes = new Dictionary<OrderType, IReadOnlyList<TimeInForce>>
        {
            [OrderType.Market] = [TimeInForce.Gtc, TimeInForce.Ioc],
            [OrderType.Limit] = [TimeInForce.Gtc, TimeInForce.Gtd],
            [OrderType.Stop] = [TimeInForce.Gtc, TimeInForce.Gtd],
        },
        TypesWithoutTime = [OrderType.Market, OrderType.Limit, OrderType.Stop],
        ExpiresAtSeconds = true,
        CancelFields = RequestFields.OrderId,
        ReplaceFields = RequestFields.OrderId | RequestFields.ExpireTime,
        StatusFields = RequestFields.Side,
        HasMassStatus = true,
        Positions = PositionRequestStyle.Bare,
        MarketData = new() { TargetSubId = "QUOTE", SenderSubId = "QUOTE", HasEntryIds = true, SecurityListType = 0 },
    };

    /// <summary>
    /// LMAX Exchange, FIX trading and market data (its data dictionaries for the trading and the market data API): instruments by SecurityID with source 8,
    /// full refreshes of the book only, names of orders of at most 20 characters, only limit orders can be replaced, and market data comes from a session of
    /// its own.
    /// </summary>
    public static FixDialect Lmax { get; } = new()
    {
        Name = "lmax",
        BeginString = "FIX.4.4",
        Session = new() { HasUsername = true, HasPassword = true },
        Naming = InstrumentNaming.SecurityId,
        SecurityIdSource = "8",
        OrderNameLengthMax = 20,
        OrderTypes = _marketLimitStops,
        TimesInForce = new Dictionary<TimeInForce, char>
        {
            [TimeInForce.Day] = '0',
            [TimeInForce.Gtc] = '1',
            [TimeInForce.Ioc] = '3',
            [TimeInForce.Fok] = '4',
        },
        CancelFields = RequestFields.Account | RequestFields.Quantity | RequestFields.Instrument | RequestFields.Side | RequestFields.TransactTime,
        ReplaceFields = RequestFields.All & ~RequestFields.OrderId,
        ReplaceableTypes = [OrderType.Limit],
        StatusFields = RequestFields.Account | RequestFields.Instrument | RequestFields.Side,
        MarketData = new() { UpdateType = 0 },
    };

    /// <summary>
    /// Binance spot, "FIX API" (developers.binance.com, binance-spot-api-docs/fix-api): logon signed with Ed25519, MessageHandling 2 for messages in order, no
    /// replaces and no status requests, order names of at most 36 letters, digits, dashes and underscores. Stops have TriggerPrice and direction; orders that
    /// take at once, and post-only orders, carry no time in force.
    /// </summary>
    public static FixDialect Binance { get; } = new()
    {
        Name = "binance",
        BeginString = "FIX.4.4",
        Logon = LogonProof.Ed25519,
        LogonFields = [(25035, "2")],
        Session = new() { TargetCompId = "SPOT", SenderCompIdLengthMax = 8, StartsOver = true, HasUsername = true, HeartBtIntMin = 5, HeartBtIntMax = 60 },
        OrderNameLengthMax = 36,
        OrderTypes = new Dictionary<OrderType, char>(_marketLimitStops) { [OrderType.MarketIfTouched] = '3', [OrderType.LimitIfTouched] = '4' },
        TimesInForce = _gtcIocFok,
        TimesOfTypes = new Dictionary<OrderType, IReadOnlyList<TimeInForce>>
        {
            [OrderType.Market] = [TimeInForce.Gtc, TimeInForce.Ioc],
            [OrderType.Stop] = [TimeInForce.Gtc],
            [OrderType.MarketIfTouched] = [TimeInForce.Gtc],
        },
        TypesWithoutTime = [OrderType.Market, OrderType.Stop, OrderType.MarketIfTouched],
        Trigger = TriggerStyle.TriggerPrice,
        PostOnly = PostOnlyStyle.LimitMaker,
        DisplayQuantityTag = Tags.MaxFloor,
        SendsTransactTime = false,
        CancelFields = _cancelByName,
        HasReplace = false,
        OrderStatus = OrderStatusStyle.None,
        FilledValueTag = 25017,
        TimestampPrecision = TimestampPrecision.Microseconds,
        MarketData = new() { UpdateType = -1, Depth = 5_000, EntryTypes = "01" },
    };

    /// <summary>
    /// Coinbase Exchange, "Exchange FIX order entry messages 5.0" (docs.cdp.coinbase.com): logon signed with HMAC-SHA256 over six fields, the passphrase as
    /// Password, names of orders and requests as version 4 UUIDs, post-only as ExecInst A, and only limit orders can be replaced, in size and price.
    /// </summary>
    public static FixDialect Coinbase { get; } = new()
    {
        Name = "coinbase",
        BeginString = "FIXT.1.1",
        DefaultApplVerId = "9",
        Logon = LogonProof.Hmac,
        Session = new() { TargetCompId = "Coinbase", StartsOver = true, HasUsername = true, HasPassword = true, HeartBtIntMax = 30, IsPrecisionExact = true },
        OrderNames = OrderNaming.Uuid,
        OrderNameLengthMax = ClOrdIdText.UuidBytes,
        OrderTypes = new Dictionary<OrderType, char> { [OrderType.Market] = '1', [OrderType.Limit] = '2', [OrderType.StopLimit] = '4' },
        TimesInForce = new Dictionary<TimeInForce, char>(_gtcIocFok) { [TimeInForce.Gtd] = '6' },
        Trigger = TriggerStyle.StopPxAndDirection,
        PostOnly = PostOnlyStyle.NoCross,
        DisplayQuantityTag = Tags.DisplayQty,
        SendsTransactTime = false,
        CancelFields = _cancelByName,
        ReplaceFields = RequestFields.OrderId | RequestFields.Instrument | RequestFields.OrderType,
        ReplaceableTypes = [OrderType.Limit],
        StatusFields = RequestFields.OrderId | RequestFields.Instrument | RequestFields.Side,
        MarketData = new() { HasRptSeq = true },
    };

    /// <summary>
    /// Deribit, "FIX API" (docs.deribit.com/fix-api/production): a nonce in the logon whose hash with the secret is the Password; the venue names orders itself
    /// and puts our name into OrigClOrdID; every report is an order status, so that fills come as its sums; post-only 6A, reduce-only E; a stop is type S; what
    /// became of an order is asked by its name, closed ones too.
    /// </summary>
    public static FixDialect Deribit { get; } = new()
    {
        Name = "deribit",
        BeginString = "FIX.4.4",
        Logon = LogonProof.NonceHash,
        Session = new() { TargetCompId = "DERIBITSERVER", StartsOver = true, HasUsername = true },
        OrderNameLengthMax = ClOrdIdText.BytesMax,
        OrderTypes = new Dictionary<OrderType, char>
        {
            [OrderType.Market] = '1',
            [OrderType.Limit] = '2',
            [OrderType.Stop] = 'S',
            [OrderType.StopLimit] = '4',
            [OrderType.MarketToLimit] = 'K',
        },
        TimesInForce = new Dictionary<TimeInForce, char>(_gtcIocFok) { [TimeInForce.Day] = '0' },
        PostOnly = PostOnlyStyle.ParticipateOrReject,
        HasReduceOnly = true,
        DisplayQuantityTag = Tags.DisplayQty,
        SendsTransactTime = false,
        NamesOrdersItself = true,
        CancelFields = RequestFields.Instrument,
        ReplaceFields = RequestFields.Instrument | RequestFields.Side | RequestFields.OrderType | RequestFields.TimeInForce | RequestFields.Conditions,
        OrderStatus = OrderStatusStyle.MassOfOne,
        HasMassCancel = true,
        Positions = PositionRequestStyle.Type,
        MarketData = new() { UpdateType = 1 },
    };

    public static IReadOnlyList<FixDialect> All { get; } = [Fix42, Fix44, CTrader, Lmax, Binance, Coinbase, Deribit];

    /// <summary>The dialect of a name, or a throw that lists what there is.</summary>
    public static FixDialect Find(string name) => All.FirstOrDefault(dialect => dialect.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no FIX dialect '{name}'. There are: {string.Join(", ", All.Select(dialect => dialect.Name))}.");
}
