namespace MiniTrader.Ring;

/// <summary>The bounds that every ring keeps; a ring outside them is refused when it is built.</summary>
public static class RingLimits
{
    /// <summary>Fewest slots of a ring.</summary>
    public const int CapacityMin = 2;

    /// <summary>Most slots of a ring.</summary>
    public const int CapacityMax = 1 << 26;

    /// <summary>Most bytes of a ring's slots.</summary>
    public const long BytesMax = 1L << 32;

    /// <summary>Most consumers of a ring.</summary>
    public const int ConsumersMax = 64;
}
