using System.Globalization;

namespace MiniTrader.Model;

/// <summary>The dense index of an instrument in a session: 0 to count − 1. All that the hot path knows of an instrument.</summary>
public readonly record struct InstrumentId(int Index)
{
    public static InstrumentId None => new(-1);

    public bool IsNone => Index < 0;

    public override string ToString() => Index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The dense index of a strategy in a session.</summary>
public readonly record struct StrategyId(ushort Index)
{
    public override string ToString() => Index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Our name for an order, unique in a session: an ever-growing sequence number above the slot of the order table that holds
/// the order, so that a lookup is one array read and a stale name never finds a later order.
/// </summary>
public readonly record struct ClientOrderId(long Value)
{
    /// <summary>Bits of the slot: a session holds at most 2^20 orders at a time.</summary>
    public const int SlotBits = 20;

    public static ClientOrderId None => default;

    public bool IsNone => Value == 0;

    public int Slot => (int)(Value & ((1 << SlotBits) - 1));

    /// <summary>1 for the first order of the session, 2 for the second, and so on.</summary>
    public long Sequence => Value >> SlotBits;

    public static ClientOrderId Create(long sequence, int slot) => new((sequence << SlotBits) | (uint)slot);

    public override string ToString() => Sequence.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The venue's name for an order.</summary>
public readonly record struct VenueOrderId(long Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The venue's name for one execution report; processing is idempotent by it.</summary>
public readonly record struct ExecutionId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
