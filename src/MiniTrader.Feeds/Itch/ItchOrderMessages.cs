using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Feeds;

/// <summary>
/// A displayed order enters the book behind all others at its price. Type F carries four more bytes, the participant, behind these.
/// <code>
/// 0      11       19 20     24       32     36
/// +------+--------+-+------+--------+------+
/// |header|order id|s|shares|stock   |price |   s B or S
/// +------+--------+-+------+--------+------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 36)]
public struct ItchAddOrder
{
    public ItchHeader Header;
    private ulong _orderId;
    public byte Side;
    private uint _shares;
    public ItchSymbol Stock;
    private uint _price;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }

    /// <summary>The side as the model has it, none when it is neither. Sides follow no pattern, and this asks no branch to foretell them.</summary>
    public readonly OrderSide OrderSide => (OrderSide)(Unsafe.BitCast<bool, byte>(Side == 'B') + (2 * Unsafe.BitCast<bool, byte>(Side == 'S')));

    public uint Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint Price { readonly get => Wire.Order(_price); set => _price = Wire.Order(value); }
}

/// <summary>
/// An added order and the firm that stands behind it.
/// <code>
/// 0                     36          40
/// +---------------------+-----------+
/// |ItchAddOrder         |participant|
/// +---------------------+-----------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 40)]
public struct ItchAddOrderWithParticipant
{
    public ItchAddOrder Order;

    /// <summary>Four ASCII letters.</summary>
    public uint Participant;
}

/// <summary>
/// Shares of a displayed order traded at its own price.
/// <code>
/// 0      11       19     23       31
/// +------+--------+------+--------+
/// |header|order id|shares|match id|
/// +------+--------+------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 31)]
public struct ItchOrderExecuted
{
    public ItchHeader Header;
    private ulong _orderId;
    private uint _shares;
    private ulong _match;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }

    public uint Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }

    public ulong Match { readonly get => Wire.Order(_match); set => _match = Wire.Order(value); }
}

/// <summary>
/// Shares of a displayed order traded at another price than its own. Not printable: the shares are part of a cross that is reported as a whole.
/// <code>
/// 0      11       19     23       31 32     36
/// +------+--------+------+--------+-+------+
/// |header|order id|shares|match id|p|price |   p Y or N: printable
/// +------+--------+------+--------+-+------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 36)]
public struct ItchOrderExecutedWithPrice
{
    public ItchHeader Header;
    private ulong _orderId;
    private uint _shares;
    private ulong _match;
    public byte Printable;
    private uint _price;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }

    public uint Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }

    public ulong Match { readonly get => Wire.Order(_match); set => _match = Wire.Order(value); }

    /// <summary>In 1e-4 dollars.</summary>
    public uint Price { readonly get => Wire.Order(_price); set => _price = Wire.Order(value); }
}

/// <summary>
/// Shares of an order are taken back; the rest keeps its place.
/// <code>
/// 0      11       19     23
/// +------+--------+------+
/// |header|order id|shares|
/// +------+--------+------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 23)]
public struct ItchOrderCancel
{
    public ItchHeader Header;
    private ulong _orderId;
    private uint _shares;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }

    /// <summary>What is taken back, not what is left.</summary>
    public uint Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }
}

/// <summary>
/// What is left of an order is taken back.
/// <code>
/// 0      11       19
/// +------+--------+
/// |header|order id|
/// +------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 19)]
public struct ItchOrderDelete
{
    public ItchHeader Header;
    private ulong _orderId;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }
}

/// <summary>
/// An order is taken back and another of the same stock and side enters the book in its stead, behind all others at its price.
/// <code>
/// 0      11       19       27     31     35
/// +------+--------+--------+------+------+
/// |header|old id  |new id  |shares|price |
/// +------+--------+--------+------+------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 35)]
public struct ItchOrderReplace
{
    public ItchHeader Header;
    private ulong _orderId;
    private ulong _newOrderId;
    private uint _shares;
    private uint _price;

    public ulong OrderId { readonly get => Wire.Order(_orderId); set => _orderId = Wire.Order(value); }

    public ulong NewOrderId { readonly get => Wire.Order(_newOrderId); set => _newOrderId = Wire.Order(value); }

    /// <summary>Of the new order.</summary>
    public uint Shares { readonly get => Wire.Order(_shares); set => _shares = Wire.Order(value); }

    /// <summary>Of the new order, in 1e-4 dollars.</summary>
    public uint Price { readonly get => Wire.Order(_price); set => _price = Wire.Order(value); }
}
