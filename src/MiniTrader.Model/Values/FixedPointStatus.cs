namespace MiniTrader.Model;

/// <summary>What became of an attempt to read decimal text as fixed point.</summary>
public enum FixedPointStatus : byte
{
    Ok,
    NotANumber,

    /// <summary>More than nine decimals that are not zero.</summary>
    TooPrecise,

    /// <summary>Beyond the 64-bit range, about ±9.2 billion.</summary>
    TooLarge,
}
