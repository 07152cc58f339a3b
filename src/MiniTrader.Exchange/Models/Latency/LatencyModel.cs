using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The shapes of delay that a leg can have.</summary>
public enum LatencyKind : byte
{
    Constant,
    Uniform,
    LogNormal,
    Recorded,
    Spikes,
    Custom,
}

/// <summary>
/// How long one leg takes. A value, so that a draw is one switch and no call through an interface; nanoseconds throughout.
/// <list type="bullet">
/// <item><c>1ms</c>: always that.</item>
/// <item><c>0.5ms..2ms</c>: uniform, both ends included.</item>
/// <item><c>lognormal(median=250us,sigma=0.5)</c>: median · e^(sigma·Z) with Z normal, the shape that round trips over networks are commonly
/// fitted with; rounded down to a nanosecond, at most 365 days. Its mean is median · e^(sigma²/2). The same on every machine, because
/// <see cref="PortableMath"/> is.</item>
/// <item><c>recorded(FILE)</c>: see <see cref="RecordedLatency"/>.</item>
/// <item><c>spikes(base=MODEL,chance=P,extra=MODEL)</c>: now and then an extra delay.</item>
/// <item>a <see cref="CustomLatency"/> given in code.</item>
/// </list>
/// </summary>
public readonly record struct LatencyModel
{
    /// <summary>Largest sigma: e^10 times the median is one deviation out.</summary>
    public const decimal MaxSigma = 10m;

    private readonly double _sigma;
    private readonly object? _more;

    private LatencyModel(LatencyKind kind, long low, long high, double sigma = 0, object? more = null) =>
        (Kind, LowNanoseconds, HighNanoseconds, _sigma, _more) = (kind, low, high, sigma, more);

    public LatencyKind Kind { get; }

    /// <summary>The constant, the lower end, or the median.</summary>
    public long LowNanoseconds { get; }

    /// <summary>The constant, the upper end, or the median.</summary>
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

    /// <exception cref="ArgumentOutOfRangeException">The median is not above zero or beyond 365 days, or sigma is not 0 to 10.</exception>
    public static LatencyModel LogNormal(long medianNanoseconds, decimal sigma)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(medianNanoseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(medianNanoseconds, Duration.MaxNanoseconds);
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sigma, MaxSigma);
        return new(LatencyKind.LogNormal, medianNanoseconds, medianNanoseconds, (double)sigma, sigma);
    }

    public static LatencyModel Recorded(RecordedLatency rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(LatencyKind.Recorded, 0, 0, 0, rows);
    }

    /// <summary>A delay of the user's own. Its text does not read back: such a run is repeated from code.</summary>
    public static LatencyModel Custom(CustomLatency model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(LatencyKind.Custom, 0, 0, 0, model);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; throws a <see cref="FormatException"/> that names the text.</summary>
    public static LatencyModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (ModelText.TryCall(trimmed, "lognormal", out string inside)) return ParseLogNormal(trimmed, inside);
        if (ModelText.TryCall(trimmed, "recorded", out inside)) return Recorded(RecordedLatency.Load(inside.Trim()));
        if (ModelText.TryCall(trimmed, "spikes", out inside)) return new(LatencyKind.Spikes, 0, 0, 0, LatencySpikes.Parse(inside));
        if (trimmed.Contains('(', StringComparison.Ordinal))
        {
            throw new FormatException(
                $"'{text}' is not a delay. Write 1ms, 0.5ms..2ms, lognormal(median=250us,sigma=0.5), recorded(FILE) or spikes(base=250us,chance=0.001,extra=5ms..20ms).");
        }

        int dots = trimmed.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return Constant(Duration.Parse(trimmed).Nanoseconds);
        long low = Duration.Parse(trimmed.AsSpan(0, dots)).Nanoseconds, high = Duration.Parse(trimmed.AsSpan(dots + 2)).Nanoseconds;
        return low <= high ? Uniform(low, high) : throw new FormatException($"'{text}' ends before it begins; write the shorter delay first.");
    }

    /// <summary>The delay of the next message.</summary>
    /// <param name="leg">The way that it goes.</param>
    /// <param name="at">When it leaves.</param>
    /// <param name="random">The leg's stream.</param>
    public LatencyDraw Draw(LatencyLeg leg, Timestamp at, ref SeededRandom random) => Kind switch
    {
        LatencyKind.Constant => new(LowNanoseconds),
        LatencyKind.Uniform => new(LowNanoseconds + random.NextInt64(HighNanoseconds - LowNanoseconds + 1)),
        LatencyKind.LogNormal => new((long)Math.Min(LowNanoseconds * PortableMath.Exp(_sigma * random.NextNormal()), Duration.MaxNanoseconds)),
        LatencyKind.Recorded => ((RecordedLatency)_more!).Draw(leg, at),
        LatencyKind.Spikes => ((LatencySpikes)_more!).Draw(leg, at, ref random),
        _ => Checked(((CustomLatency)_more!).Draw(leg, at, ref random)),
    };

    /// <summary>The text that <see cref="Parse"/> reads back; for a custom model its type.</summary>
    public override string ToString() => Kind switch
    {
        LatencyKind.Constant => ModelText.Write(LowNanoseconds),
        LatencyKind.Uniform => $"{ModelText.Write(LowNanoseconds)}..{ModelText.Write(HighNanoseconds)}",
        LatencyKind.LogNormal => $"lognormal(median={ModelText.Write(LowNanoseconds)},sigma={ModelText.Write((decimal)_more!)})",
        LatencyKind.Custom => $"custom({_more!.GetType().Name})",
        _ => _more!.ToString()!,
    };

    private static LatencyModel ParseLogNormal(string text, string inside)
    {
        Dictionary<string, string> pairs = ModelText.Pairs(inside, "median", "sigma");
        if (pairs.Count != 2) throw new FormatException($"'{text}' needs a median and a sigma, as in lognormal(median=250us,sigma=0.5).");
        long median = Duration.Parse(pairs["median"]).Nanoseconds;
        if (median == 0) throw new FormatException($"'{text}': the median must be above zero.");
        return LogNormal(median, ModelText.Number(pairs["sigma"], "sigma", 0, MaxSigma));
    }

    private static LatencyDraw Checked(LatencyDraw draw) => draw.Nanoseconds is >= 0 and <= Duration.MaxNanoseconds
        ? draw
        : throw new InvalidOperationException($"A custom latency answered {draw.Nanoseconds} ns; it must be 0 to 365 days.");
}
