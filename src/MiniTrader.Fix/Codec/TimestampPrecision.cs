namespace MiniTrader.Fix;

/// <summary>How many decimals a time stamp is written with; what is finer is cut off.</summary>
public enum TimestampPrecision : byte
{
    Seconds = 0,
    Milliseconds = 3,
    Microseconds = 6,
    Nanoseconds = 9,
}
