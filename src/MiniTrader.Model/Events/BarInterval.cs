namespace MiniTrader.Model;

/// <summary>Unit of a bar's interval.</summary>
public enum BarUnit : byte
{
    Second,
    Minute,
    Hour,
    Day,
}

/// <summary>Which price a bar was made of.</summary>
public enum BarSource : byte
{
    Trade,
    Bid,
    Ask,
    Mid,
}

/// <summary>A bar's interval and source in 16 bits, so that it fits an event's header: source(2) unit(2) count(12).</summary>
public readonly record struct BarInterval(ushort Packed)
{
    public const int MaxCount = (1 << 12) - 1;

    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to 4095.</exception>
    public static BarInterval Create(int count, BarUnit unit, BarSource source = BarSource.Trade)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        return new((ushort)(((int)source << 14) | ((int)unit << 12) | count));
    }

    public int Count => Packed & MaxCount;

    public BarUnit Unit => (BarUnit)((Packed >> 12) & 3);

    public BarSource Source => (BarSource)(Packed >> 14);

    public long Nanoseconds => Count * (Unit switch
    {
        BarUnit.Second => Timestamp.NanosecondsPerSecond,
        BarUnit.Minute => Timestamp.NanosecondsPerMinute,
        BarUnit.Hour => Timestamp.NanosecondsPerHour,
        _ => Timestamp.NanosecondsPerDay,
    });

    public BarInterval WithSource(BarSource source) => Create(Count, Unit, source);

    /// <summary>Reads <c>1m</c>, <c>30s</c>, <c>4h</c>, <c>1d</c>; the source is trades.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BarInterval interval)
    {
        interval = default;
        if (text.Length < 2 || !int.TryParse(text[..^1], out int count) || count is < 1 or > MaxCount) return false;
        BarUnit? unit = text[^1] switch { 's' => BarUnit.Second, 'm' => BarUnit.Minute, 'h' => BarUnit.Hour, 'd' => BarUnit.Day, _ => null };
        if (unit is null) return false;
        interval = Create(count, unit.Value);
        return true;
    }

    /// <summary><c>1m</c>, <c>30s</c>; bars of bids, asks or mids carry <c>-bid</c>, <c>-ask</c>, <c>-mid</c> behind it.</summary>
    public override string ToString()
    {
        string unit = Unit switch { BarUnit.Second => "s", BarUnit.Minute => "m", BarUnit.Hour => "h", _ => "d" };
        string source = Source switch { BarSource.Bid => "-bid", BarSource.Ask => "-ask", BarSource.Mid => "-mid", _ => "" };
        return $"{Count}{unit}{source}";
    }
}
