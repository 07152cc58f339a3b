using System.Runtime.InteropServices;

namespace MiniTrader.Feeds;

/// <summary>
/// A trade against an order that was not displayed; it changes no displayed order.
/// <code>
/// 0      11       19 20     24       32     36       44
/// +------+--------+-+------+--------+------+--------+
/// |header|order id|s|shares|stock   |price |match id|   s side of the resting order; always B since 2014
/// +------+--------+-+------+--------+------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 44)]
public struct ItchTrade
{
    public ItchHeader Header;
    private ulong _orderId;
    public byte Side;
    private uint _shares;
    public ItchSymbol Stock;
    private uint _price;
    private ulong _match;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }

    public uint Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint Price { readonly get => Wire.Order(_price); set => _price = Wire.Order(value); }

    public ulong Match { readonly get => Wire.Order(_match); set => _match = Wire.Order(value); }
}

/// <summary>
/// All shares of an auction, in one print. No shares: the auction took place and nothing traded.
/// <code>
/// 0      11       19       27     31       39 40
/// +------+--------+--------+------+--------+-+
/// |header|shares  |stock   |price |match id|c|   c O opening, C closing, H after a halt or IPO, I intraday
/// +------+--------+--------+------+--------+-+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 40)]
public struct ItchCrossTrade
{
    public ItchHeader Header;
    private ulong _shares;
    public ItchSymbol Stock;
    private uint _price;
    private ulong _match;
    public byte Cross;

    public ulong Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint Price { readonly get => Wire.Order(_price); set => _price = Wire.Order(value); }

    public ulong Match { readonly get => Wire.Order(_match); set => _match = Wire.Order(value); }
}

/// <summary>
/// A trade of the same day is declared void.
/// <code>
/// 0      11       19
/// +------+--------+
/// |header|match id|
/// +------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 19)]
public struct ItchBrokenTrade
{
    public ItchHeader Header;
    private ulong _match;

    public ulong Match { readonly get => Wire.Order(_match); set => _match = Wire.Order(value); }
}

/// <summary>
/// What an auction would do if it took place now.
/// <code>
/// 0      11       19        27 28       36   40   44        48 49 50
/// +------+--------+---------+-+--------+----+----+---------+-+-+
/// |header|paired  |imbalance|d|stock   |far |near|reference|c|v|   d direction, c cross, v price variation
/// +------+--------+---------+-+--------+----+----+---------+-+-+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 50)]
public struct ItchNetOrderImbalance
{
    public ItchHeader Header;
    private ulong _paired;
    private ulong _imbalance;
    public byte Direction;
    public ItchSymbol Stock;
    private uint _farPrice;
    private uint _nearPrice;
    private uint _referencePrice;
    public byte Cross;
    public byte Variation;

    public ulong Paired { readonly get => Wire.Order(_paired); set => _paired = Wire.Order(value); }

    public ulong Imbalance { readonly get => Wire.Order(_imbalance); set => _imbalance = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint FarPrice { readonly get => Wire.Order(_farPrice); set => _farPrice = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint NearPrice { readonly get => Wire.Order(_nearPrice); set => _nearPrice = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint ReferencePrice { readonly get => Wire.Order(_referencePrice); set => _referencePrice = Wire.Order(value); }
}
