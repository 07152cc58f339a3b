using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The shapes of delay that a leg can have.</summary>
public enum LatencyKind : byte
{
    Constant,
    Uniform,
}

/// <summary>
/// How long one leg takes: a constant (<c>1ms</c>) or a uniform draw (<c>0.5ms..2ms</c>, both ends included). A value, so that a
/// draw is one switch and no call through an interface. Nanoseconds.
/// </summary>
public readonly record struct LatencyModel
{
    private LatencyModel(LatencyKind kind, long low, long high) => (Kind, LowNanoseconds, HighNanoseconds) = (kind, low, high);

    public LatencyKind Kind { get; }

    public long LowNanoseconds { get; }

    public long HighNanoseconds { get; }

    /// <exception cref="ArgumentOutOfRangeException">The delay is negative or beyond 365 days.</exception>
    public static LatencyModel Constant(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanoseconds, Duration.MaxNanoseconds);
        return new(LatencyKind.Constant, nanoseconds, nanoseconds);
    }

    /// <exception cref="ArgumentOutOfRangeException">The lower end is negative or above the upper, or one is beyond 365 days.</exception>
    public static LatencyModel Uniform(long lowNanoseconds, long highNanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowNanoseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(highNanoseconds, lowNanoseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highNanoseconds, Duration.MaxNanoseconds);
        return new(LatencyKind.Uniform, lowNanoseconds, highNanoseconds);
    }

    /// <summary>Reads <c>1ms</c> or <c>0.5ms..2ms</c>; throws a <see cref="FormatException"/> that names the text.</summary>
    public static LatencyModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return Constant(Duration.Parse(text).Nanoseconds);
        long low = Duration.Parse(text.AsSpan(0, dots)).Nanoseconds, high = Duration.Parse(text.AsSpan(dots + 2)).Nanoseconds;
        return low <= high ? Uniform(low, high) : throw new FormatException($"'{text}' ends before it begins; write the shorter delay first.");
    }

    /// <summary>The delay of the next message.</summary>
    internal long Draw(ref SeededRandom random) => Kind switch
    {
        LatencyKind.Uniform => LowNanoseconds + random.NextInt64(HighNanoseconds - LowNanoseconds + 1),
        _ => LowNanoseconds,
    };

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Kind == LatencyKind.Uniform
        ? $"{new Duration(LowNanoseconds)}..{new Duration(HighNanoseconds)}"
        : new Duration(LowNanoseconds).ToString();
}
