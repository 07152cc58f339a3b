using System.Runtime.InteropServices;

namespace MiniTrader.Feeds;

/// <summary>
/// A step of the market's day.
/// <code>
/// 0      11 12
/// +------+-+
/// |header|e|   e O messages start, S system hours, Q market hours, M market closes, E system closes, C messages end
/// +------+-+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 12)]
public struct ItchSystemEvent
{
    public ItchHeader Header;
    public byte Event;
}

/// <summary>
/// Names a stock for the day; sent before all others that carry its locate.
/// <code>
/// 0      11       19 20 21      25 26 27    29 30 31 32 33 34       38 39
/// +------+--------+-+--+--------+--+--+-----+--+--+--+--+--+--------+--+
/// |header|stock   |m|f |roundlot|o |c |sub  |a |s |i |t |e |leverage|n |
/// +------+--------+-+--+--------+--+--+-----+--+--+--+--+--+--------+--+
/// m market category, f financial status, o round lots only, c issue class, sub issue subtype, a authenticity,
/// s short sale threshold, i IPO, t price band tier, e ETP, n inverse
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 39)]
public struct ItchStockDirectory
{
    public ItchHeader Header;
    public ItchSymbol Stock;
    public byte MarketCategory;
    public byte FinancialStatus;
    private uint _roundLot;
    public byte RoundLotsOnly;
    public byte IssueClass;
    private ushort _issueSubType;
    public byte Authenticity;
    public byte ShortSaleThreshold;
    public byte IpoFlag;
    public byte PriceBandTier;
    public byte EtpFlag;
    private uint _etpLeverage;
    public byte Inverse;

    public uint RoundLot { readonly get => Wire.Order(_roundLot); set => _roundLot = Wire.Order(value); }

    /// <summary>Two ASCII letters, the first in the high byte.</summary>
    public ushort IssueSubType { readonly get => Wire.Order(_issueSubType); set => _issueSubType = Wire.Order(value); }

    public uint EtpLeverage { readonly get => Wire.Order(_etpLeverage); set => _etpLeverage = Wire.Order(value); }
}

/// <summary>
/// A stock's trading stops or goes on.
/// <code>
/// 0      11       19 20 21    25
/// +------+--------+-+-+------+
/// |header|stock   |s|0|reason|   s H halted, P paused, Q quotes only, T trading
/// +------+--------+-+-+------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 25)]
public struct ItchTradingAction
{
    public ItchHeader Header;
    public ItchSymbol Stock;
    public byte State;
    public byte Reserved;
    private uint _reason;

    /// <summary>Four ASCII letters, the first in the high byte.</summary>
    public uint Reason { readonly get => Wire.Order(_reason); set => _reason = Wire.Order(value); }
}
