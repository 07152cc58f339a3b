namespace MiniTrader.Feeds;

/// <summary>The message types of NASDAQ TotalView-ITCH 5.0; each code is the ASCII letter on the wire.</summary>
public enum ItchMessageType : byte
{
    None = 0,
    SystemEvent = (byte)'S',
    StockDirectory = (byte)'R',
    TradingAction = (byte)'H',
    RegShoRestriction = (byte)'Y',
    MarketParticipantPosition = (byte)'L',
    CircuitBreakerDeclineLevel = (byte)'V',
    CircuitBreakerStatus = (byte)'W',
    IpoQuotingPeriod = (byte)'K',
    PriceCollar = (byte)'J',
    OperationalHalt = (byte)'h',
    AddOrder = (byte)'A',
    AddOrderWithParticipant = (byte)'F',
    OrderExecuted = (byte)'E',
    OrderExecutedWithPrice = (byte)'C',
    OrderCancel = (byte)'X',
    OrderDelete = (byte)'D',
    OrderReplace = (byte)'U',
    Trade = (byte)'P',
    CrossTrade = (byte)'Q',
    BrokenTrade = (byte)'B',
    NetOrderImbalance = (byte)'I',
    RetailPriceImprovement = (byte)'N',
    DirectListingPrice = (byte)'O',
}

/// <summary>What is fixed about the message types.</summary>
public static class ItchMessageTypes
{
    /// <summary>Bytes of the longest message, without its two-byte length.</summary>
    public const int MaxLength = 50;

    private static readonly byte[] _lengths = MakeLengths();

    /// <summary>Bytes of a message of this type, without its two-byte length; zero for a type that the specification does not have.</summary>
    public static int LengthOf(ItchMessageType type) => _lengths[(byte)type];

    /// <summary>Lengths by type, for the decoder's loop.</summary>
    internal static ReadOnlySpan<byte> Lengths => _lengths;

    private static byte[] MakeLengths()
    {
        byte[] lengths = new byte[256];
        foreach (ItchMessageType type in Enum.GetValues<ItchMessageType>())
        {
            lengths[(byte)type] = type switch
            {
                ItchMessageType.SystemEvent => 12,
                ItchMessageType.StockDirectory => 39,
                ItchMessageType.TradingAction => 25,
                ItchMessageType.RegShoRestriction => 20,
                ItchMessageType.MarketParticipantPosition => 26,
                ItchMessageType.CircuitBreakerDeclineLevel => 35,
                ItchMessageType.CircuitBreakerStatus => 12,
                ItchMessageType.IpoQuotingPeriod => 28,
                ItchMessageType.PriceCollar => 35,
                ItchMessageType.OperationalHalt => 21,
                ItchMessageType.AddOrder => 36,
                ItchMessageType.AddOrderWithParticipant => 40,
                ItchMessageType.OrderExecuted => 31,
                ItchMessageType.OrderExecutedWithPrice => 36,
                ItchMessageType.OrderCancel => 23,
                ItchMessageType.OrderDelete => 19,
                ItchMessageType.OrderReplace => 35,
                ItchMessageType.Trade => 44,
                ItchMessageType.CrossTrade => 40,
                ItchMessageType.BrokenTrade => 19,
                ItchMessageType.NetOrderImbalance => MaxLength,
                ItchMessageType.RetailPriceImprovement => 20,
                ItchMessageType.DirectListingPrice => 48,
                _ => 0,
            };
        }

        return lengths;
    }
}
