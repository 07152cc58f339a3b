namespace MiniTrader.Risk;

/// <summary>The names of the limits in text and in configuration files.</summary>
public static class LimitKeys
{
    public const string MaxOrderQuantity = "max-order-quantity";
    public const string MaxOrderNotional = "max-order-notional";
    public const string CollarBasisPoints = "collar-bps";
    public const string CollarTicks = "collar-ticks";
    public const string MaxPosition = "max-position";
    public const string MaxOpenOrders = "max-open-orders";
    public const string MaxMessagesPerSecond = "max-messages-per-second";
    public const string MaxDailyLoss = "max-daily-loss";
    public const string DailyLossAction = "daily-loss-action";
    public const string DayStartsAt = "day-starts-at";
    public const string CashAccount = "cash-account";

    /// <summary>The value that switches a limit off.</summary>
    public const string Off = "off";

    internal static readonly string[] OfInstruments =
        [MaxOrderQuantity, MaxOrderNotional, CollarBasisPoints, CollarTicks, MaxPosition, MaxOpenOrders];

    internal static readonly string[] OfSessions = [MaxMessagesPerSecond, MaxDailyLoss, DailyLossAction, DayStartsAt, CashAccount];
}
