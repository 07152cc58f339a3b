namespace MiniTrader.Fix;

/// <summary>How reading a field went. The value is set for <see cref="Ok"/> only, and truncated for a too precise time.</summary>
public enum FieldStatus : byte
{
    Ok,
    Missing,

    /// <summary>The tag is there, its value is empty.</summary>
    Empty,

    /// <summary>The text is not of the type that was asked for.</summary>
    Malformed,

    /// <summary>Digits beyond the ninth decimal that are not zero.</summary>
    TooPrecise,

    /// <summary>Outside what the type holds.</summary>
    TooLarge,
}
