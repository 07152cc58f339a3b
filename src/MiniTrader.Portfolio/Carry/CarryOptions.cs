using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// What holding costs and how holdings end. Immutable. Nothing is charged by default; expiries are always carried out. Each option has a
/// key, so that a command line and a stored config say the same; <c>key:SYMBOL</c> is for one instrument.
/// </summary>
public sealed record CarryOptions
{
    /// <summary>Days that a year of interest has: actual/360, the money market's convention.</summary>
    public const int DaysPerYear = 360;

    /// <summary>Yearly interest on the value of short shares, a fraction: <c>borrow</c>.</summary>
    public decimal Borrow { get; init; }

    /// <summary>Yearly interest that a long currency pair pays, negative when it is paid: <c>rollover-long</c>.</summary>
    public decimal RolloverLong { get; init; }

    /// <summary>Yearly interest that a short currency pair pays: <c>rollover-short</c>.</summary>
    public decimal RolloverShort { get; init; }

    /// <summary>Rates of single instruments by <c>key:SYMBOL</c> or <c>key:SYMBOL.VENUE</c>.</summary>
    public IReadOnlyDictionary<string, decimal> Rates { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Time of day, UTC, at which a day's interest is charged, in nanoseconds: <c>day-ends=21:00</c>. Each calendar day counts.</summary>
    public long DayEnd { get; init; }

    /// <summary>Wait for a settlement in the data instead of settling an expired instrument at the latest mark: <c>settle=data</c>.</summary>
    public bool SettleFromData { get; init; }

    /// <summary>Deliver the underlying of an option in the money instead of its value in cash: <c>exercise=physical</c>.</summary>
    public bool DeliverUnderlying { get; init; }

    /// <summary>Order the position of an expired future again in the next contract of the same underlying: <c>roll=on</c>.</summary>
    public bool Roll { get; init; }

    /// <summary>The rate of a key for an instrument.</summary>
    public decimal RateOf(string key, decimal standard, Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return Rates.TryGetValue($"{key}:{instrument.Name}", out decimal rate) || Rates.TryGetValue($"{key}:{instrument.Symbol}", out rate) ? rate : standard;
    }

    /// <summary>These options with one changed by its key.</summary>
    /// <exception cref="ArgumentException">No option has this key, or the value is not one of its; the sentence names both.</exception>
    public CarryOptions With(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        int colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && key[..colon] is "borrow" or "rollover-long" or "rollover-short")
            return this with { Rates = new SortedDictionary<string, decimal>(Rates.ToDictionary(), StringComparer.OrdinalIgnoreCase) { [key] = Rate(key, value) } };
        return key switch
        {
            "borrow" => this with { Borrow = Rate(key, value) },
            "rollover-long" => this with { RolloverLong = Rate(key, value) },
            "rollover-short" => this with { RolloverShort = Rate(key, value) },
            "day-ends" => this with { DayEnd = TimeOfDay(value) },
            "settle" => this with { SettleFromData = Word(key, value, "mark", "data") },
            "exercise" => this with { DeliverUnderlying = Word(key, value, "cash", "physical") },
            "roll" => this with { Roll = Word(key, value, "off", "on") },
            _ => throw new ArgumentException(
                $"'{key}' is nothing that holding costs. There are: borrow, rollover-long, rollover-short (each also with :SYMBOL), day-ends, settle, exercise, roll, and for margin: margin-maintenance, margin-initial."),
        };
    }

    private static decimal Rate(string key, string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal rate) && Math.Abs(rate) < 100
            ? rate
            : throw new ArgumentException($"{key} is '{value}'; it must be a yearly rate as a fraction, such as 0.03 for 3 %.");

    private static long TimeOfDay(string value) => TimeOnly.TryParse(value, CultureInfo.InvariantCulture, out TimeOnly time)
        ? time.Ticks * TimeSpan.NanosecondsPerTick
        : throw new ArgumentException($"day-ends is '{value}'; it must be a time of day in UTC, such as 21:00.");

    private static bool Word(string key, string value, string no, string yes) => value == yes || (value == no
        ? false
        : throw new ArgumentException($"{key} is '{value}'; it must be {no} or {yes}."));
}
